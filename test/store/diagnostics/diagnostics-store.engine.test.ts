import { DiagnosticsStore } from '../../../shared/store/diagnostics/diagnostics-store';
import { diagnosticKey, diagnosticPartition } from '../../../shared/store/table/keys';
import type { Refusal } from '../../../shared/store/diagnostics/diagnostic';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { HANG_LIMIT_MS } from '../../support/jest/timeouts';
import { putItems } from '../../support/seed/seed-items';
import { startEngineProxy } from '../../support/store/engine-proxy';
import { queryItems, newDomainId } from '../../support/store/records';

const NOW = new Date('2026-03-01T12:30:00.000Z');
const hoursBefore = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const seconds = (time: Date): number => Math.floor(time.getTime() / 1_000);

let table: Table;
let store: DiagnosticsStore;
let domainId: string;
beforeAll(async () => {
  table = await systemTable();
  store = new DiagnosticsStore(table, HANG_LIMIT_MS);
});
beforeEach(() => {
  domainId = newDomainId();
});

const REFUSAL: Refusal = {
  method: 'PATCH',
  route: '/Users/{id}',
  status: 400,
  scimType: 'invalidPath',
  userAgent: 'Okta SCIM Client 1.0.0',
  detail: 'The path "a b" cannot be read.',
};

describe('refused requests', () => {
  it('of one kind and hour are counted together, with the detail of the last one', async () => {
    await store.recordRefusal(domainId, REFUSAL, 1, NOW);
    const later = new Date(NOW.getTime() + 60_000);
    await store.recordRefusal(domainId, { ...REFUSAL, detail: 'Another one.' }, 2, later);
    const { entries, more } = await store.refusals(domainId, later);
    expect(more).toBe(false);
    expect(entries).toEqual([{ ...REFUSAL, detail: 'Another one.', count: 3, lastAt: later.toISOString() }]);
  });

  it('of another kind or hour are counted separately', async () => {
    await Promise.all([
      store.recordRefusal(domainId, REFUSAL, 1, NOW),
      store.recordRefusal(domainId, REFUSAL, 1, hoursBefore(2)),
      store.recordRefusal(domainId, { ...REFUSAL, status: 409, scimType: 'uniqueness' }, 1, NOW),
      store.recordRefusal(domainId, { ...REFUSAL, userAgent: undefined }, 1, NOW),
      store.recordRefusal(domainId, { ...REFUSAL, method: 'PUT' }, 1, NOW),
    ]);
    expect((await store.refusals(domainId, NOW)).entries).toHaveLength(5);
  });

  it('are counted exactly if many are concurrent', async () => {
    await Promise.all(Array.from({ length: 40 }, () => store.recordRefusal(domainId, REFUSAL, 1, NOW)));
    expect((await store.refusals(domainId, NOW)).entries).toMatchObject([{ count: 40 }]);
  });

  it('are reported for a day', async () => {
    await store.recordRefusal(domainId, REFUSAL, 1, hoursBefore(24));
    await store.recordRefusal(
      domainId,
      { ...REFUSAL, status: 409 },
      1,
      new Date(hoursBefore(24).getTime() - 1),
    );
    expect((await store.refusals(domainId, NOW)).entries).toMatchObject([{ status: 400 }]);
  });

  it('cost one write unit, whatever clients send', async () => {
    const long = '\u{1f600}'.repeat(1_000);
    await store.recordRefusal(domainId, { ...REFUSAL, userAgent: long, detail: `a${long}` }, 1, NOW);
    const [item] = await queryItems(table, diagnosticPartition(domainId));
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(1_024);
    expect((await store.refusals(domainId, NOW)).entries[0]?.detail).toMatch(/^a(\u{1f600})+…$/u);
  });

  it('expire after a day', async () => {
    await store.recordRefusal(domainId, REFUSAL, 1, NOW);
    const [item] = await queryItems(table, diagnosticPartition(domainId));
    expect(item?.ttl).toBeGreaterThan(seconds(NOW) + 25 * 3_600 - 1);
    expect(item?.ttl).toBeLessThanOrEqual(seconds(NOW) + 26 * 3_600);
  });
});

describe('unknown filter attributes', () => {
  const LOGIN = { resourceTypes: ['User', 'Group'], attribute: 'login', userAgent: 'Okta' };

  it('have one entry for each list and name, for a week', async () => {
    await store.recordUnknownFilterAttribute(domainId, LOGIN, hoursBefore(1));
    await store.recordUnknownFilterAttribute(domainId, LOGIN, NOW);
    await store.recordUnknownFilterAttribute(
      domainId,
      { ...LOGIN, attribute: 'old' },
      hoursBefore(7 * 24 + 1),
    );
    await store.recordUnknownFilterAttribute(domainId, { ...LOGIN, attribute: 'x'.repeat(8_000) }, NOW);
    const { entries } = await store.unknownFilterAttributes(domainId, NOW);
    expect(entries).toHaveLength(2);
    expect(entries).toContainEqual({ ...LOGIN, lastAt: NOW.toISOString() });
  });
});

describe('ignored attributes', () => {
  const BADGE = { resourceType: 'User', attribute: 'badge', userAgent: 'Okta' };

  it('have one entry for each type and name', async () => {
    await store.recordIgnored(domainId, BADGE, hoursBefore(1));
    await store.recordIgnored(domainId, BADGE, NOW);
    await store.recordIgnored(domainId, { ...BADGE, resourceType: 'Group' }, NOW);
    const { entries } = await store.ignored(domainId, NOW);
    expect(entries).toHaveLength(2);
    expect(entries).toContainEqual(expect.objectContaining({ ...BADGE, lastAt: NOW.toISOString() }));
  });

  it('are reported for a week after they were last sent', async () => {
    await store.recordIgnored(domainId, BADGE, hoursBefore(7 * 24 + 1));
    expect((await store.ignored(domainId, NOW)).entries).toEqual([]);
    await store.recordIgnored(domainId, BADGE, hoursBefore(7 * 24));
    expect((await store.ignored(domainId, NOW)).entries).toHaveLength(1);
  });

  it('can have any name', async () => {
    for (const attribute of ['\ud800 half', 'x'.repeat(5_000), '#$'])
      await store.recordIgnored(domainId, { ...BADGE, attribute }, NOW);
    expect((await store.ignored(domainId, NOW)).entries).toHaveLength(3);
  });

  it('are read up to a limit, and the page says that there are more', async () => {
    const names = Array.from({ length: 101 }, (_, at) => `badge${at}`);
    const items = names.map((attribute) => ({
      ...diagnosticKey(domainId, `ignored#User#${attribute}`),
      resourceType: 'User',
      attribute,
      lastAt: NOW.toISOString(),
    }));
    await putItems(table, items);
    const { entries, more } = await store.ignored(domainId, NOW);
    expect([entries.length, more]).toEqual([100, true]);
  });
});

it('unknown members are counted for each resource, with one of the ids', async () => {
  const unknown = { attribute: 'members', resourceId: 'group-1' } as const;
  await store.recordUnknownMembers(domainId, { ...unknown, count: 2, example: '42' }, NOW);
  await store.recordUnknownMembers(domainId, { ...unknown, count: 1, example: '43' }, NOW);
  await store.recordUnknownMembers(
    domainId,
    { ...unknown, resourceId: 'group-2', count: 1, example: '44' },
    NOW,
  );
  const { entries } = await store.unknownMembers(domainId, NOW);
  expect(entries).toHaveLength(2);
  expect(entries).toContainEqual(expect.objectContaining({ resourceId: 'group-1', count: 3, example: '43' }));
});

describe('the diagnostics of a connection', () => {
  const BADGE = { resourceType: 'User', attribute: 'badge' };
  const LOGIN = { resourceTypes: ['User'], attribute: 'login' };
  const MEMBERS = { attribute: 'members', resourceId: 'group-1', count: 1, example: '42' } as const;

  const record = async (connectionId: string | undefined) => {
    await store.recordRefusal(domainId, { ...REFUSAL, connectionId }, 1, NOW);
    await store.recordIgnored(domainId, { ...BADGE, connectionId }, NOW);
    await store.recordUnknownFilterAttribute(domainId, { ...LOGIN, connectionId }, NOW);
    await store.recordUnknownMembers(domainId, { ...MEMBERS, connectionId }, NOW);
  };
  /** Returns the connections of the entries of each kind. */
  const read = async (connectionId?: string) => {
    const pages = await Promise.all([
      store.refusals(domainId, NOW, connectionId),
      store.ignored(domainId, NOW, connectionId),
      store.unknownFilterAttributes(domainId, NOW, connectionId),
      store.unknownMembers(domainId, NOW, connectionId),
    ]);
    return pages.map(({ entries }) => entries.map((entry) => entry.connectionId ?? 'none').sort());
  };
  const inEachKind = (...connections: string[]) => Array.from({ length: 4 }, () => connections);

  it('are its own, and the domain has those of all', async () => {
    await record('okta');
    await record('script');
    expect(await read('okta')).toEqual(inEachKind('okta'));
    expect(await read('script')).toEqual(inEachKind('script'));
    expect(await read('idle')).toEqual(inEachKind());
    expect(await read()).toEqual(inEachKind('okta', 'script'));
  });

  it('include those that an earlier version recorded, because they may be of any connection', async () => {
    await record(undefined);
    await record('okta');
    expect(await read('okta')).toEqual(inEachKind('none', 'okta'));
    expect(await read('script')).toEqual(inEachKind('none'));
  });

  it('are found among many of another connection', async () => {
    const items = Array.from({ length: 250 }, (_, at) => ({
      ...diagnosticKey(domainId, `ignored#User#x${at}#script`),
      resourceType: 'User',
      attribute: `x${at}`,
      connectionId: 'script',
      lastAt: NOW.toISOString(),
    }));
    await putItems(table, items);
    await store.recordIgnored(domainId, { ...BADGE, connectionId: 'okta' }, NOW);
    expect(await store.ignored(domainId, NOW, 'okta')).toMatchObject({
      entries: [{ attribute: 'badge', connectionId: 'okta' }],
      more: false,
    });
  });
});

it('an undeliverable address is reported as it was last recorded', async () => {
  const address = { userId: 'user-1', email: 'ada@exa%mple.com' };
  await store.recordUndeliverable(domainId, { ...address, mailId: 'mail-1', detail: 'No.' }, NOW);
  await store.recordUndeliverable(domainId, address, NOW);
  expect((await store.undeliverable(domainId)).entries).toEqual([{ ...address, lastAt: NOW.toISOString() }]);
});

it('licenses without an address leave the undeliverable addresses readable', async () => {
  const address = { userId: 'user-1', email: 'ada@exa%mple.com' };
  await store.recordUndeliverable(domainId, address, NOW);
  await store.recordUndeliverable(domainId, { userId: 'user-2' }, NOW);
  await store.recordUndeliverable(domainId, { userId: 'user-3' }, NOW);
  expect(await store.undeliverable(domainId, 2)).toMatchObject({ entries: [address], more: false });
  const missing = await store.missingAddresses(domainId, 1);
  expect(missing).toMatchObject({ entries: [{ userId: 'user-3' }], more: true });
  const rest = await store.missingAddresses(domainId, 5, missing.next);
  expect(rest).toMatchObject({ entries: [{ userId: 'user-2' }], more: false });
});

it('kinds of diagnostics, and domains, do not mix', async () => {
  await store.recordRefusal(domainId, REFUSAL, 1, NOW);
  await store.recordIgnored(domainId, { resourceType: 'User', attribute: 'badge' }, NOW);
  for (const other of [domainId, newDomainId()]) {
    const counts = await Promise.all([
      store.refusals(other, NOW),
      store.ignored(other, NOW),
      store.unknownMembers(other, NOW),
      store.undeliverable(other),
    ]);
    expect(counts.map(({ entries }) => entries.length)).toEqual(
      other === domainId ? [1, 1, 0, 0] : [0, 0, 0, 0],
    );
  }
});

it('a write is aborted if the table does not respond', async () => {
  const front = await startEngineProxy();
  const ended = new AbortController();
  const never = () => new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()));
  front.injectFaults('UpdateItem', { kind: 'after', act: never });
  const hasty = new DiagnosticsStore(front.table, 100);
  await expect(hasty.recordRefusal(domainId, REFUSAL, 1, NOW)).rejects.toThrow();
  ended.abort();
  await front.close();
});
