import { once } from 'node:events';
import { rateKey } from '../../../shared/store/table/keys';
import { RateCounter } from '../../../shared/store/limits/rate-counter';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { startEngineProxy } from '../../support/store/engine-proxy';
import { readItem, newDomainId } from '../../support/store/records';

const MINUTE = Date.parse('2026-03-01T12:00:00.000Z');
const LIMIT = { perMinute: 30, perTenSeconds: 12, bulkOperationsPerRequest: 10 };

let table: Table;
let counter: RateCounter;
let domainId: string;

beforeAll(async () => {
  table = await systemTable();
  counter = new RateCounter(table);
});
beforeEach(() => {
  domainId = newDomainId();
});

const count = (ms = 0) => counter.count(domainId, LIMIT, new Date(MINUTE + ms));
const countTimes = async (number: number, ms = 0) => {
  for (let at = 0; at < number; at++) await count(ms);
};

describe('RateCounter', () => {
  it('returns the use of both windows', async () => {
    await countTimes(3);
    expect(await count(10_000)).toEqual({ allowed: true, inMinute: 4, inTenSeconds: 1 });
  });

  it('is exact with 40 concurrent callers', async () => {
    const uses = await Promise.all(Array.from({ length: 40 }, () => count()));
    const allowed = uses.filter((use) => use.allowed);
    expect(allowed).toHaveLength(LIMIT.perTenSeconds);
    expect(allowed.map(({ inMinute }) => inMinute).sort((a, b) => a - b)).toEqual(
      Array.from({ length: LIMIT.perTenSeconds }, (_, at) => at + 1),
    );
  });

  it('does not count refused requests', async () => {
    await countTimes(LIMIT.perTenSeconds);
    const refused = { allowed: false, inMinute: 12, inTenSeconds: 12 };
    expect(await count()).toEqual(refused);
    expect(await count()).toEqual(refused);
    expect(await count(10_000)).toEqual({ allowed: true, inMinute: 13, inTenSeconds: 1 });
  });

  it('counts several requests, all of them or none', async () => {
    const several = (requests: number) => counter.count(domainId, LIMIT, new Date(MINUTE), requests);
    expect(await several(11)).toEqual({ allowed: true, inMinute: 11, inTenSeconds: 11 });
    expect(await several(2)).toEqual({ allowed: false, inMinute: 11, inTenSeconds: 11 });
    expect(await several(1)).toEqual({ allowed: true, inMinute: 12, inTenSeconds: 12 });
  });

  it('starts the next ten seconds to the millisecond', async () => {
    await countTimes(LIMIT.perTenSeconds, 9_999);
    expect((await count(9_999)).allowed).toBe(false);
    expect(await count(10_000)).toMatchObject({ allowed: true, inTenSeconds: 1 });
  });

  it('refuses requests in a full minute, and starts the next minute to the millisecond', async () => {
    await countTimes(12);
    await countTimes(12, 20_000);
    await countTimes(6, 50_000);
    expect(await count(59_999)).toEqual({ allowed: false, inMinute: 30, inTenSeconds: 6 });
    expect(await count(60_000)).toEqual({ allowed: true, inMinute: 1, inTenSeconds: 1 });
  });

  it('counts each domain separately', async () => {
    await countTimes(LIMIT.perTenSeconds);
    expect((await counter.count(newDomainId(), LIMIT, new Date(MINUTE))).allowed).toBe(true);
  });

  it('stores an item that expires when its minute is more than an hour old', async () => {
    await count(59_999);
    const item = await readItem(table, rateKey(domainId, MINUTE / 60_000));
    expect(item).toMatchObject({ total: 1, slot5: 1 });
    expect(item?.ttl).toBe(MINUTE / 1000 + 60 + 65 * 60);
  });

  it('aborts the request if the table does not respond', async () => {
    const front = await startEngineProxy();
    const ended = new AbortController();
    const never = () => once(ended.signal, 'abort').then(() => undefined);
    front.injectFaults('UpdateItem', { kind: 'after', act: never });
    await expect(new RateCounter(front.table).count(domainId, LIMIT, new Date(MINUTE))).rejects.toThrow();
    ended.abort();
    await front.close();
  });
});
