import { TokenCounter, TOKENS_PER_MINUTE } from '../../../shared/store/limits/token-counter';
import { readRateUsage } from '../../../shared/store/limits/rate-usage';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { newDomainId } from '../../support/store/records';

const NOW = new Date('2026-03-01T12:00:20.000Z');

let table: Table;
beforeAll(async () => {
  table = await systemTable();
});

it('counts the tokens of a client in a minute, concurrent ones too, and starts again in the next', async () => {
  const counter = new TokenCounter(table);
  const domainId = newDomainId();
  const count = (connectionId: string, now = NOW) => counter.count(domainId, connectionId, now);
  const results = await Promise.all(Array.from({ length: TOKENS_PER_MINUTE + 5 }, () => count('a')));
  expect(results.filter(({ allowed }) => allowed)).toHaveLength(TOKENS_PER_MINUTE);
  expect(await count('a')).toEqual({ allowed: false, retryAfterSeconds: 40 });
  expect((await count('b')).allowed).toBe(true);
  expect((await count('a', new Date('2026-03-01T12:01:00.000Z'))).allowed).toBe(true);
});

it('does not count as a use of the rate limit of SCIM', async () => {
  const domainId = newDomainId();
  await new TokenCounter(table).count(domainId, 'a', NOW);
  expect(await readRateUsage(table, domainId, NOW)).toEqual([]);
});
