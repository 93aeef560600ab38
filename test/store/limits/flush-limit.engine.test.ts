import { FLUSH_BURST, FLUSH_INTERVAL_MS, FlushLimit } from '../../../shared/store/limits/flush-limit';
import { systemTable } from '../../support/consistency/domain-data';
import { newDomainId } from '../../support/store/records';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

let limit: FlushLimit;
let domainId: string;
beforeAll(async () => {
  limit = new FlushLimit(await systemTable());
});
beforeEach(() => {
  domainId = newDomainId();
});

const take = (ms = 0) => limit.take(domainId, false, NOW + ms);
const takeTimes = async (times: number, ms = 0): Promise<number[]> => {
  const waits: number[] = [];
  for (let at = 0; at < times; at += 1) waits.push(await take(ms));
  return waits;
};

const SECONDS = FLUSH_INTERVAL_MS / 1_000;

it('allows a burst, and then one flush in each interval', async () => {
  expect(await takeTimes(FLUSH_BURST)).toEqual(Array(FLUSH_BURST).fill(0));
  expect(await takeTimes(2)).toEqual([SECONDS, SECONDS]);
  expect(await take(FLUSH_INTERVAL_MS - 1)).toBe(1);
  expect(await takeTimes(2, FLUSH_INTERVAL_MS)).toEqual([0, SECONDS]);
  expect(await takeTimes(2, 3.5 * FLUSH_INTERVAL_MS)).toEqual([0, 0]);
  expect(await take(3.5 * FLUSH_INTERVAL_MS)).toBe(SECONDS / 2);
});

it('allows a whole burst again after a rest', async () => {
  await takeTimes(FLUSH_BURST);
  const rest = FLUSH_BURST * FLUSH_INTERVAL_MS;
  expect(await takeTimes(FLUSH_BURST + 1, rest)).toEqual([...Array<number>(FLUSH_BURST).fill(0), SECONDS]);
});

it('is exact with many callers at the same time, and has a count for each domain', async () => {
  const other = newDomainId();
  const waits = await Promise.all(Array.from({ length: 40 }, () => take()));
  const taken = waits.filter((seconds) => seconds === 0).length;
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThanOrEqual(FLUSH_BURST);
  // Callers that lost to others five times took nothing.
  expect((await takeTimes(FLUSH_BURST)).filter((seconds) => seconds === 0)).toHaveLength(FLUSH_BURST - taken);
  expect(await limit.take(other, false, NOW)).toBe(0);
});

it('counts the flushes by setup links apart, so that they keep no owner from revoking', async () => {
  const takeByLink = () => limit.take(domainId, true, NOW);
  for (let at = 0; at < FLUSH_BURST; at++) expect(await takeByLink()).toBe(0);
  expect(await takeByLink()).toBe(SECONDS);
  expect(await take()).toBe(0);
});
