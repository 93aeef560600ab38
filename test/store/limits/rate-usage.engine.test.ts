import { RateCounter } from '../../../shared/store/limits/rate-counter';
import { readRateUsage } from '../../../shared/store/limits/rate-usage';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { newDomainId } from '../../support/store/records';

const NOW = Date.parse('2026-03-01T12:30:15.000Z');
const LIMIT = { perMinute: 100, perTenSeconds: 20, bulkOperationsPerRequest: 10 };

let table: Table;
beforeAll(async () => {
  table = await systemTable();
});

describe('readRateUsage', () => {
  it('returns the minutes of the last hour, newest first, with their ten-second windows', async () => {
    const domainId = newDomainId();
    const counter = new RateCounter(table);
    for (const secondsAgo of [0, 1, 6, 60, 59 * 60, 60 * 60]) {
      await counter.count(domainId, LIMIT, new Date(NOW - secondsAgo * 1_000), 2);
    }
    expect(await readRateUsage(table, domainId, new Date(NOW))).toEqual([
      { minute: '2026-03-01T12:30:00.000Z', requests: 6, inTenSeconds: [2, 4, 0, 0, 0, 0] },
      { minute: '2026-03-01T12:29:00.000Z', requests: 2, inTenSeconds: [0, 2, 0, 0, 0, 0] },
      { minute: '2026-03-01T11:31:00.000Z', requests: 2, inTenSeconds: [0, 2, 0, 0, 0, 0] },
    ]);
  });

  it('returns nothing for a domain whose requests were not counted', async () => {
    expect(await readRateUsage(table, newDomainId(), new Date(NOW))).toEqual([]);
  });
});
