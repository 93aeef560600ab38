import { newId } from '../../../shared/id';
import { AuditLog, type AuditFilter } from '../../../shared/store/audit/audit-log';
import { subjectWithId } from '../../../shared/store/audit/audit-subject';
import { auditKey, auditPartition } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import { adminClient } from '../../support/system/admin-client';
import { putItems } from '../../support/seed/seed-items';
import { createDomainClient, takeCapacity } from '../../support/system/system';

const EVENTS = 1_200;
/** The size of one event, roughly. */
const BYTES = 850;
const START = Date.parse('2026-01-01T00:00:00Z');

let domainId: string;
let log: AuditLog;
let ids: string[];

/** Returns a UUIDv7 with this time. */
const idAt = (milliseconds: number): string => {
  const digits = milliseconds.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}${newId().slice(13)}`;
};

beforeAll(async () => {
  const table = await systemTable();
  ({ domainId } = await createDomainClient());
  log = new AuditLog(table, domainId);
  ids = Array.from({ length: EVENTS }, (_, index) => idAt(START + index * 60_000));
  await putItems(
    table,
    ids.map((id, index) => ({
      ...auditKey(domainId, id),
      at: new Date(START + index * 60_000).toISOString(),
      action: index % 2 === 0 ? 'user.updated' : 'group.updated',
      resourceId: 'r',
      actor: { kind: 'scimKey', keyId: 'k' },
      changes: [{ attribute: 'displayName', before: 'x'.repeat(300), after: 'y'.repeat(300) }],
    })),
  );
});

const pageOf = (filter: AuditFilter, limit: number, after?: string) =>
  log.page(filter, limit, new Date(), after);

const newest = (count: number) => ids.slice(-count).reverse();

describe('a page of the audit log', () => {
  it('has the newest events, and the next page continues after them', async () => {
    // The events that the domain wrote itself are newer.
    const filter = { to: new Date(START + EVENTS * 60_000).toISOString() };
    const first = await pageOf(filter, 25);
    expect(first.events.map(({ id }) => id)).toEqual(newest(25));
    expect(first.next).toBe(newest(25).at(-1));
    const second = await pageOf(filter, 25, first.next);
    expect(second.events.map(({ id }) => id)).toEqual(newest(50).slice(25));
  });

  it('has no next page at the end', async () => {
    const page = await pageOf({}, 25, ids[3]);
    expect(page.events.map(({ id }) => id)).toEqual([ids[2], ids[1], ids[0]]);
    expect(page.next).toBeUndefined();
  });

  it('between two times has the events of that time', async () => {
    const at = (minute: number) => new Date(START + minute * 60_000).toISOString();
    const { events } = await pageOf({ from: at(100), to: at(103) }, 25);
    expect(events.map(({ id }) => id)).toEqual([ids[102], ids[101], ids[100]]);
    expect((await pageOf({ from: at(103), to: at(100) }, 25)).events).toEqual([]);
  });

  it('with a filter can have fewer events, and paging ends when all events were read', async () => {
    const found: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await pageOf({ resource: subjectWithId('nobody') }, 25, after);
      found.push(...page.events.map(({ id }) => id));
      after = page.next;
      pages++;
    } while (after !== undefined);
    expect({ found, pages }).toEqual({ found: [], pages: 2 });
  });

  it('has no expired event that DynamoDB has not deleted yet', async () => {
    const resource = subjectWithId(newId());
    const table = await systemTable();
    const ttl = Math.floor(START / 1000);
    const event = {
      action: 'user.updated',
      resourceId: resource.name,
      actor: { kind: 'scimKey', keyId: 'k' },
    };
    await putItems(table, [
      { ...auditKey(domainId, newId()), ...event, at: new Date(START).toISOString(), ttl },
    ]);
    expect((await pageOf({ resource }, 25)).events).toEqual([]);
    const before = new Date(START - 1);
    expect((await log.page({ resource }, 25, before)).events).toHaveLength(1);
  });

  it.each([
    ['all', {}],
    ['those of a resource', { resource: subjectWithId('r') }],
  ])('continues after more expired events than it reads, to %s that have not expired', async (_, filter) => {
    const ofOtherDomain = newId();
    const event = {
      ...{ action: 'user.updated', resourceId: 'r', actor: { kind: 'scimKey', keyId: 'k' } },
      at: new Date(START).toISOString(),
    };
    // The engine must not delete them.
    const expiry = Math.floor(Date.now() / 1000) + 86_400;
    // The deployment kept the oldest events for longer.
    const kept = [idAt(START), idAt(START + 1)];
    const middle = Array.from({ length: 1_100 }, (__, index) => idAt(START + 60_000 + index));
    const newest = idAt(START + 120_000);
    await putItems(await systemTable(), [
      ...kept.map((id) => ({ ...auditKey(ofOtherDomain, id), ...event, ttl: expiry + 60 })),
      ...middle.map((id) => ({ ...auditKey(ofOtherDomain, id), ...event, ttl: expiry })),
      { ...auditKey(ofOtherDomain, newest), ...event, ttl: expiry + 60 },
    ]);
    const other = new AuditLog(await systemTable(), ofOtherDomain);
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await other.page(filter, 25, new Date((expiry + 1) * 1000), after);
      expect(page.next).not.toBe(after ?? '');
      found.push(...page.events.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(found).toEqual([newest, ...kept.reverse()]);
  });

  it('accepts any position, even outside the range', async () => {
    const to = new Date(START).toISOString();
    expect((await pageOf({ to }, 25, ids[500])).events).toEqual([]);
    const from = new Date(START + 600 * 60_000).toISOString();
    expect((await pageOf({ from }, 25, ids[500])).events).toEqual([]);
  });
});

describe('the cost of a page', () => {
  const admin = adminClient();

  /** The read units that an API request uses in the partition of the log. */
  async function unitsOf(query: string): Promise<number> {
    await takeCapacity(domainId);
    const { status } = await admin('GET', `/domains/${domainId}/audit-events${query}`);
    expect(status).toBe(200);
    const records = await takeCapacity(domainId);
    const logReads = records.filter(({ partitionKeys }) => partitionKeys.includes(auditPartition(domainId)));
    return logReads.reduce((sum, { read }) => sum + read, 0);
  }

  /** The read units of a strongly consistent read of `count` events of this test. */
  const unitsFor = (count: number) => Math.ceil((count * BYTES) / 4096) + 1;

  it('is that of its events, and of one more', async () => {
    expect(await unitsOf('?limit=100')).toBeLessThanOrEqual(unitsFor(101));
  });

  it('is at most that of a thousand events with a filter that matches nothing', async () => {
    const units = await unitsOf('?actor=nobody');
    expect(units).toBeGreaterThan(unitsFor(800));
    expect(units).toBeLessThanOrEqual(unitsFor(1_000));
  });

  it('is at most one unit for a resource that is younger than all events', async () => {
    expect(await unitsOf(`?resource=${newId()}`)).toBeLessThanOrEqual(1);
  });
});
