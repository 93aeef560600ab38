import { sizeOf } from '../../bench/contention/command';
import { measureLoad } from '../../bench/contention/measure';
import { ROWS } from '../../bench/contention/rows';
import { deployment, session, useSdkEnvironment } from '../support/system/system';

const HOLD_MS = 20;
const SECONDS = 5;

test.each(['creations, seats to spare', 'mixed'])('25 requests per second: %s', async (name) => {
  useSdkEnvironment();
  const row = ROWS.find((each) => each.name === name);
  if (!row) throw new Error(`There is no row "${name}".`);
  const system = { session: session(), deployment: await deployment() };
  const figures = await measureLoad(system, row, sizeOf(25, SECONDS), { holdMs: HOLD_MS, refuses: true });
  expect(figures.serverErrors).toBe(0);
  expect(figures.triesPerCommit).toBeLessThanOrEqual(row.maxTries);
});
