import { sizeOf } from '../../bench/contention/command';
import { measureLoad } from '../../bench/contention/measure';
import { ROWS } from '../../bench/contention/rows';
import { deployment, session, useSdkEnvironment } from '../support/system/system';

const HOLD_MS = 20;
const SECONDS = 5;
/**
 * On a busy machine, requests take long, and would meet so many others that any number of tries is possible.
 * With at most this many at the same time, the load becomes slower instead. Then a try meets at most three
 * others on one of 32 shards, however long they take: 9% are canceled at most.
 */
const MAX_IN_FLIGHT = 4;
/**
 * Ten times as many tries in addition to the commits as expected on a quiet machine, and five times the 9%.
 */
const MAX_TRIES = 1.5;
/** A shard gets 1/32 of the transactions on average. An item that each of them used would get all. */
const MAX_SHARE = 0.25;

test.each(['creations, seats to spare', 'mixed'])('25 requests per second: %s', async (name) => {
  useSdkEnvironment();
  const row = ROWS.find((each) => each.name === name);
  if (!row) throw new Error(`There is no row "${name}".`);
  const system = { session: session(), deployment: await deployment() };
  const size = { ...sizeOf(25, SECONDS), maxInFlight: MAX_IN_FLIGHT };
  const figures = await measureLoad(system, row, size, { holdMs: HOLD_MS, refuses: true });
  expect(figures).toMatchObject({ serverErrors: 0, clientErrors: 0 });
  expect(figures.triesPerCommit).toBeLessThanOrEqual(MAX_TRIES);
  expect(figures.busiestShare).toBeLessThanOrEqual(MAX_SHARE);
  expect(figures.busiestShare).toBeGreaterThan(0);
});
