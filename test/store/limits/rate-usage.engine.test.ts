import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { newId } from '../../../shared/id';
import { RateCounter } from '../../../shared/store/limits/rate-counter';
import { readRateUsage } from '../../../shared/store/limits/rate-usage';
import { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { newDomainId } from '../../support/store/records';

const NOW = Date.parse('2026-03-01T12:30:15.000Z');
const LIMIT = { perMinute: 100, perTenSeconds: 20, bulkOperationsPerRequest: 10 };

let table: Table;
beforeAll(async () => {
  table = await systemTable();
});

/** Returns the table, and the write units of each update. */
function meteredTable(): { metered: Table; units: (number | undefined)[] } {
  const units: (number | undefined)[] = [];
  const client = Object.create(table.client, {
    send: {
      value: async ({ input }: UpdateItemCommand, options: object) => {
        const command = new UpdateItemCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' });
        const response = await table.client.send(command, options);
        units.push(response.ConsumedCapacity?.CapacityUnits);
        return response;
      },
    },
  }) as Table['client'];
  return { metered: new Table(table.name, client), units };
}

describe('readRateUsage', () => {
  it('returns the minutes of the last hour, newest first, with their ten-second windows', async () => {
    const domainId = newDomainId();
    const counter = new RateCounter(table);
    for (const secondsAgo of [0, 1, 6, 60, 59 * 60, 60 * 60]) {
      await counter.count(domainId, LIMIT, new Date(NOW - secondsAgo * 1_000), 2);
    }
    const connections = new Map();
    expect(await readRateUsage(table, domainId, new Date(NOW))).toEqual([
      { minute: '2026-03-01T12:30:00.000Z', requests: 6, inTenSeconds: [2, 4, 0, 0, 0, 0], connections },
      { minute: '2026-03-01T12:29:00.000Z', requests: 2, inTenSeconds: [0, 2, 0, 0, 0, 0], connections },
      { minute: '2026-03-01T11:31:00.000Z', requests: 2, inTenSeconds: [0, 2, 0, 0, 0, 0], connections },
    ]);
  });

  it('returns the requests of each connection', async () => {
    const domainId = newDomainId();
    const counter = new RateCounter(table);
    const [okta, script, idle] = [newId(), newId(), newId()];
    for (const [connectionId, requests] of [
      [okta, 2],
      [script, 5],
      [okta, 1],
    ] as const)
      await counter.count(domainId, LIMIT, new Date(NOW), requests, connectionId);
    const [minute] = await readRateUsage(table, domainId, new Date(NOW), [okta, script, idle]);
    expect(minute?.requests).toBe(8);
    expect(minute?.connections).toEqual(
      new Map([
        [okta, 3],
        [script, 5],
      ]),
    );
  });

  it('costs one write unit for each request, with as many connections as a domain can have', async () => {
    const domainId = newDomainId();
    const { metered, units } = meteredTable();
    const counter = new RateCounter(metered);
    const limit = { ...LIMIT, perMinute: 1_000_000, perTenSeconds: 1_000_000 };
    for (let connection = 0; connection < 100; connection++)
      await counter.count(domainId, limit, new Date(NOW), 999, newId());
    expect(units).toEqual(Array.from({ length: 100 }, () => 1));
  });

  it('returns nothing for a domain whose requests were not counted', async () => {
    expect(await readRateUsage(table, newDomainId(), new Date(NOW))).toEqual([]);
  });
});
