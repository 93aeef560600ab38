import fc from 'fast-check';
import {
  desiredMembership,
  fullMembership,
  isNoChange,
  NO_MEMBERSHIP_CHANGE,
  type MembershipChange,
} from '../../../shared/scim/patch/membership';

const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 });
const change: fc.Arbitrary<MembershipChange> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('add' as const, 'remove' as const, 'replace' as const),
    values: ids.map((values) => values.map((value) => ({ value }))),
  }),
  fc.record({ kind: fc.constant('removeAll' as const) }),
);

/** Applies the steps to a plain set, one after the other. */
function applySequentially(before: readonly string[], changes: readonly MembershipChange[]): Set<string> {
  let members = new Set(before);
  for (const step of changes) {
    if (step.kind === 'replace' || step.kind === 'removeAll') members = new Set();
    if (step.kind === 'removeAll') continue;
    for (const { value } of step.values) {
      if (step.kind === 'remove') members.delete(value);
      else members.add(value);
    }
  }
  return members;
}

/** Applies the desired membership to a plain set, in one step. */
function applyDesired(before: readonly string[], changes: readonly MembershipChange[]): Set<string> {
  const { replaces, added, removed } = desiredMembership(changes);
  const kept = replaces ? [] : before.filter((id) => !removed.has(id));
  return new Set([...kept, ...added.keys()]);
}

describe('desiredMembership', () => {
  it('has the same effect as its steps, one after the other', () => {
    fc.assert(
      fc.property(ids, fc.array(change, { maxLength: 8 }), (before, changes) => {
        expect(applyDesired(before, changes)).toEqual(applySequentially(before, changes));
      }),
      { numRuns: 1000 },
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(ids, fc.array(change, { maxLength: 5 }), (before, changes) => {
        const after = applyDesired(before, changes);
        expect(applyDesired([...after], changes)).toEqual(after);
      }),
    );
  });

  it('never both adds and removes an id', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
        const { added, removed } = desiredMembership(changes);
        for (const id of added.keys()) expect(removed.has(id)).toBe(false);
      }),
    );
  });

  it('keeps the last display that was sent with an id', () => {
    const { added } = desiredMembership([
      {
        kind: 'add',
        values: [
          { value: 'a', display: 'Ada' },
          { value: 'b', display: 'Bob' },
        ],
      },
      { kind: 'add', values: [{ value: 'a' }, { value: 'b', display: 'Robert' }] },
    ]);
    expect([...added]).toEqual([
      ['a', 'Ada'],
      ['b', 'Robert'],
    ]);
  });
});

it('treats no steps as no change, and an empty full list as a change', () => {
  expect(isNoChange(desiredMembership([]))).toBe(true);
  expect(isNoChange(NO_MEMBERSHIP_CHANGE)).toBe(true);
  expect(isNoChange(fullMembership([]))).toBe(false);
  expect(isNoChange(desiredMembership([{ kind: 'remove', values: [{ value: 'a' }] }]))).toBe(false);
});
