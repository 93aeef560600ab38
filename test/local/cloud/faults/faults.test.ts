import { type CallSite, type FaultKind, TRANSPORT_FAULTS } from '../../../../local/cloud/faults/fault';
import { type FaultRule, Faults } from '../../../../local/cloud/faults/faults';

const CALLS = 2_000;
const site = (own: Partial<CallSite> = {}): CallSite => ({
  function: 'App-Users',
  operation: 'dynamodb:PutItem',
  about: 'the key',
  text: () => 'domain-1',
  ...own,
});

/** Returns the kinds of the faults of many calls, `undefined` for calls without a fault. */
function fates(rule: FaultRule, own: Partial<CallSite> = {}, kinds: readonly FaultKind[] = TRANSPORT_FAULTS) {
  const faults = new Faults();
  faults.add(rule);
  return Array.from({ length: CALLS }, () => faults.take(site(own), kinds)?.kind);
}

const count = (kinds: readonly unknown[]): number => kinds.filter((kind) => kind !== undefined).length;

describe('Faults', () => {
  it('injects nothing by default', () => {
    expect(new Faults().take(site(), TRANSPORT_FAULTS)).toBeUndefined();
  });

  it('affects about this share of the calls, with every kind that they can have', () => {
    const kinds = fates({ share: 0.2, seed: 7 });
    expect(count(kinds)).toBeGreaterThan(0.15 * CALLS);
    expect(count(kinds)).toBeLessThan(0.25 * CALLS);
    expect(new Set(kinds.filter(Boolean))).toEqual(new Set(TRANSPORT_FAULTS));
    expect(count(fates({ share: 1, seed: 7 }))).toBe(CALLS);
    expect(count(fates({ share: 0, seed: 7 }))).toBe(0);
  });

  it('gives the calls of a function to an operation the same fates with the same seed', () => {
    const first = fates({ share: 0.1, seed: 7 });
    expect(fates({ share: 0.1, seed: 7 })).toEqual(first);
    expect(fates({ share: 0.1, seed: 8 })).not.toEqual(first);
    expect(fates({ share: 0.1, seed: 7 }, { function: 'App-Groups' })).not.toEqual(first);
  });

  it('affects only the calls that a rule describes', () => {
    const rule = { share: 1, seed: 1, of: 'main-1', operation: 'PutItem', function: 'users' };
    expect(count(fates(rule))).toBe(CALLS);
    expect(count(fates(rule, { text: () => 'domain-2' }))).toBe(0);
    expect(count(fates(rule, { operation: 'dynamodb:GetItem' }))).toBe(0);
    expect(count(fates(rule, { function: 'App-Groups' }))).toBe(0);
  });

  it('injects only the kinds of a rule that a call can have', () => {
    const rule: FaultRule = { share: 1, seed: 1, kinds: ['hang', 'unprocessed'] };
    expect(new Set(fates(rule))).toEqual(new Set(['hang']));
    expect(count(fates(rule, {}, ['duplicate']))).toBe(0);
  });

  it('ends a rule after its number of faults, and records the faults', () => {
    const faults = new Faults();
    faults.add({ share: 1, seed: 1, kinds: ['internal'], times: 2 });
    const taken = Array.from({ length: 4 }, () => faults.take(site(), TRANSPORT_FAULTS)?.kind);
    expect(taken).toEqual(['internal', 'internal', undefined, undefined]);
    expect(faults.rules()).toEqual([]);
    const fault = {
      kind: 'internal',
      operation: 'dynamodb:PutItem',
      function: 'App-Users',
      about: 'the key',
    };
    expect(faults.summary()).toMatchObject({ calls: 4, injected: [fault, fault] });
  });

  it('forgets everything when it is cleared', () => {
    const faults = new Faults();
    faults.add({ share: 1, seed: 1 });
    faults.take(site(), TRANSPORT_FAULTS);
    faults.clear();
    expect(faults.take(site(), TRANSPORT_FAULTS)).toBeUndefined();
    expect(faults.summary()).toEqual({ calls: 0, injected: [] });
  });
});
