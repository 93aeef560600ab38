import { once } from 'node:events';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { newId } from '../../../shared/id';
import { countRequests } from '../../../shared/store/requests/request-counts';
import { RequestLog, type RequestFilter } from '../../../shared/store/requests/request-log';
import { recordAttributes, type RequestRecord } from '../../../shared/store/requests/request-record';
import { requestKey } from '../../../shared/store/table/keys';
import { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { putItems } from '../../support/seed/seed-items';
import { startEngineProxy } from '../../support/store/engine-proxy';
import { newDomainId, readItem } from '../../support/store/records';

const NOW = new Date('2026-03-08T12:00:30.000Z');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The machine of a test may be busy. */
const PATIENCE_MS = 30_000;

let table: Table;
let log: RequestLog;
let domainId: string;

beforeAll(async () => {
  table = await systemTable();
  log = new RequestLog(table, PATIENCE_MS);
});
beforeEach(() => {
  domainId = newDomainId();
});

/** Returns a record of a request this many milliseconds before `NOW`. */
const recordOf = (ago: number, record: Partial<RequestRecord> = {}): RequestRecord => ({
  id: newId(new Date(NOW.getTime() - ago)),
  outcome: 'accepted',
  method: 'GET',
  path: '/Users',
  status: 200,
  keyId: 'key-1',
  connectionId: 'key-1',
  others: 0,
  ...record,
});

const refused = (ago: number, status: number, record: Partial<RequestRecord> = {}) =>
  recordOf(ago, { outcome: 'refused', status, ...record });

async function write(...records: RequestRecord[]): Promise<RequestRecord[]> {
  await Promise.all(records.map((record) => log.record(domainId, record)));
  return records;
}

const idsOf = (records: readonly RequestRecord[]) => records.map(({ id }) => id);

/** Returns the table, and the write units of each item that is put into it. */
function meteredTable(): { metered: Table; units: (number | undefined)[] } {
  const units: (number | undefined)[] = [];
  const client = Object.create(table.client, {
    send: {
      value: async ({ input }: PutItemCommand, options: object) => {
        const command = new PutItemCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' });
        const response = await table.client.send(command, options);
        units.push(response.ConsumedCapacity?.CapacityUnits);
        return response;
      },
    },
  }) as Table['client'];
  return { metered: new Table(table.name, client), units };
}

/** Reads all pages. */
async function readAll(filter: RequestFilter, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const { requests, next } = await log.page(domainId, filter, limit, NOW, after);
    pages.push(idsOf(requests));
    after = next;
  } while (after !== undefined);
  return pages;
}

describe('a record of a request', () => {
  it('is returned as it was written', async () => {
    const [record] = await write(
      refused(1_000, 409, {
        method: 'POST',
        query: 'attributes=userName',
        scimType: 'uniqueness',
        reason: 'The userName is taken.',
        milliseconds: 12,
        keyName: 'Okta',
        client: 'okta',
        userAgent: 'Okta/1',
        requestId: 'request-1',
        operations: { total: 3, failed: 1 },
        others: 2,
      }),
    );
    expect((await log.page(domainId, {}, 25, NOW)).requests).toEqual([record]);
  });

  it('costs one write unit, however long its texts are', async () => {
    const long = 'ä'.repeat(2_000);
    const { metered, units } = meteredTable();
    await new RequestLog(metered, PATIENCE_MS).record(
      domainId,
      refused(0, 400, {
        method: long,
        path: long,
        query: long,
        scimType: long,
        reason: long,
        milliseconds: 123_456,
        keyId: newId(),
        keyName: long,
        connectionId: newId(),
        client: long,
        userAgent: long,
        requestId: newId(),
        operations: { total: 500, failed: 499 },
        others: 123_456,
      }),
    );
    expect(units).toEqual([1]);
    const { requests } = await log.page(domainId, {}, 1, NOW);
    expect(requests[0]?.reason).toMatch(/^ä+…$/);
  });

  it('has the connection of its key if an earlier version wrote it, or if the key is its own connection', async () => {
    const [own, other] = await write(recordOf(1_000), recordOf(2_000, { connectionId: 'connection-1' }));
    const item = await readItem(table, requestKey(domainId, 'accepted', own?.id ?? ''));
    expect(item).not.toHaveProperty('connectionId');
    expect((await log.page(domainId, {}, 25, NOW)).requests).toEqual([own, other]);
  });

  it('expires seven days after the request', async () => {
    const [record] = await write(recordOf(0));
    const item = await readItem(table, requestKey(domainId, 'accepted', record?.id ?? ''));
    expect(item?.ttl).toBe(Math.ceil((NOW.getTime() + 7 * DAY_MS) / 1_000));
  });

  it('is given up if the table does not respond in time', async () => {
    const front = await startEngineProxy();
    const ended = new AbortController();
    front.injectFaults('PutItem', {
      kind: 'after',
      act: () => once(ended.signal, 'abort').then(() => undefined),
    });
    await expect(new RequestLog(front.table, 50).record(domainId, recordOf(0))).rejects.toThrow();
    ended.abort();
    await front.close();
  });
});

describe('a page of requests', () => {
  it('merges accepted and refused requests, newest first, and each is on one page', async () => {
    const records = Array.from({ length: 23 }, (_, at) =>
      at % 3 === 0 ? refused(at * 1_000, 400) : recordOf(at * 1_000),
    );
    await write(...records);
    expect(await readAll({}, 5)).toEqual([
      idsOf(records.slice(0, 5)),
      idsOf(records.slice(5, 10)),
      idsOf(records.slice(10, 15)),
      idsOf(records.slice(15, 20)),
      idsOf(records.slice(20)),
    ]);
    expect((await readAll({ outcome: 'refused' }, 3)).flat()).toEqual(
      idsOf(records.filter(({ outcome }) => outcome === 'refused')),
    );
  });

  it('has the requests of a status or a class of statuses, even if many others are between them', async () => {
    const rare = [refused(1_000, 409), refused(9_000_000, 409)];
    const others = Array.from({ length: 1_200 }, (_, at) => refused(2_000 + at * 10, 400));
    await write(...rare, recordOf(500));
    await putItems(
      table,
      others.map((each) => ({ ...requestKey(domainId, 'refused', each.id), ...recordAttributes(each) })),
    );
    expect((await readAll({ status: 409 }, 25)).flat()).toEqual(idsOf(rare));
    expect((await readAll({ status: 2 }, 25)).flat()).toHaveLength(1);
    expect((await readAll({ status: 4 }, 100)).flat()).toHaveLength(1_202);
  });

  it('has the requests between two times', async () => {
    const records = await write(recordOf(1_000), refused(2_000, 400), recordOf(3_000));
    const at = (ago: number) => new Date(NOW.getTime() - ago).toISOString();
    expect((await readAll({ from: at(2_000), to: at(1_000) }, 25)).flat()).toEqual(
      idsOf(records.slice(1, 2)),
    );
    expect(await readAll({ from: at(1_000), to: at(2_000) }, 25)).toEqual([[]]);
  });

  it('has the requests of one connection, even if many others are between them', async () => {
    const rare = [
      recordOf(1_000, { connectionId: 'rare' }),
      refused(9_000_000, 409, { connectionId: 'rare' }),
    ];
    const others = Array.from({ length: 600 }, (_, at) => refused(2_000 + at * 10, 400));
    await write(...rare);
    await putItems(
      table,
      others.map((each) => ({ ...requestKey(domainId, 'refused', each.id), ...recordAttributes(each) })),
    );
    expect((await readAll({ connectionId: 'rare' }, 25)).flat()).toEqual(idsOf(rare));
    expect((await readAll({ connectionId: 'rare', status: 4 }, 25)).flat()).toEqual(idsOf(rare.slice(1)));
    expect((await readAll({ connectionId: 'key-1' }, 100)).flat()).toHaveLength(600);
    expect(await readAll({ connectionId: 'nobody', outcome: 'accepted' }, 25)).toEqual([[]]);
  });

  it('has no expired requests, although the table still has them', async () => {
    const [kept] = await write(
      recordOf(7 * DAY_MS - 1_000),
      recordOf(7 * DAY_MS + 1_000),
      refused(8 * DAY_MS, 400),
    );
    expect((await readAll({}, 25)).flat()).toEqual([kept?.id]);
    expect((await readAll({ from: '2020-01-01T00:00:00Z' }, 25)).flat()).toEqual([kept?.id]);
  });

  it('has no requests of another domain', async () => {
    await log.record(newDomainId(), refused(0, 400));
    expect(await readAll({}, 25)).toEqual([[]]);
  });
});

describe('the counts of requests', () => {
  const count = (intervalMs: number, intervals: number) =>
    countRequests(table, domainId, { intervalMs, intervals }, NOW);

  it('has each interval of the period, and counts the requests that are not recorded', async () => {
    await write(
      recordOf(0, { others: 4 }),
      refused(10_000, 409),
      refused(MINUTE_MS, 400, { others: 1 }),
      // The period begins at 11:57.
      recordOf(3 * MINUTE_MS + 30_000),
      recordOf(3 * MINUTE_MS + 31_000),
    );
    expect(await count(MINUTE_MS, 4)).toEqual({
      intervals: [
        { start: '2026-03-08T11:57:00.000Z', requests: 1, refused: 0 },
        { start: '2026-03-08T11:58:00.000Z', requests: 0, refused: 0 },
        { start: '2026-03-08T11:59:00.000Z', requests: 2, refused: 2 },
        { start: '2026-03-08T12:00:00.000Z', requests: 6, refused: 1 },
      ],
      statuses: new Map([
        [200, 6],
        [409, 1],
        [400, 2],
      ]),
      isComplete: true,
    });
  });

  it('can be those of one connection', async () => {
    await write(
      recordOf(0, { connectionId: 'okta', others: 2 }),
      refused(0, 400, { connectionId: 'script' }),
    );
    const period = { intervalMs: MINUTE_MS, intervals: 1 };
    const { intervals, statuses } = await countRequests(table, domainId, period, NOW, 'okta');
    expect(intervals).toMatchObject([{ requests: 3, refused: 0 }]);
    expect(statuses).toEqual(new Map([[200, 3]]));
  });

  it('has no expired requests', async () => {
    await write(recordOf(7 * DAY_MS + 1_000), recordOf(7 * DAY_MS - 1_000));
    const { intervals } = await count(4 * 60 * MINUTE_MS, 48);
    expect(intervals.reduce((sum, { requests }) => sum + requests, 0)).toBe(1);
  });
});
