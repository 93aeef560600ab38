import type { Running } from './running';
import { type ExportedMetric, MetricStore } from '../../local/cloud/metrics/metric-store';

const MINUTE_MS = 60_000;
/** Minutes before the run in which nothing happened. Without them, the outbox would seem not to run. */
const QUIET_MINUTES = 30;

/** A full hour at which the simulated clock starts. */
export const SIMULATED_START = Date.UTC(2026, 0, 15, 9);

/** The start of a run, and the length of a minute of its simulated clock. */
type Clock = Pick<Running, 'startedAt' | 'secondsPerMinute'>;

const elapsed = ({ startedAt, secondsPerMinute }: Clock, at: number): number =>
  ((at - startedAt) * 60) / secondsPerMinute;

/** Returns the time of the simulated clock, rounded down to a minute. */
export const simulatedTime = (clock: Clock, now: number): number =>
  SIMULATED_START + Math.floor(elapsed(clock, now) / MINUTE_MS) * MINUTE_MS;

/**
 * Returns the metrics of a run at the times of the simulated clock. `slowness` multiplies ages and durations.
 */
export function simulatedMetrics(
  metrics: readonly ExportedMetric[],
  clock: Clock,
  slowness = 1,
): MetricStore {
  const store = new MetricStore(Infinity);
  for (const { samples, ...id } of metrics)
    for (const [at, values] of samples) {
      const timestamp = SIMULATED_START + elapsed(clock, at);
      for (const [value, count] of values)
        store.put({
          ...id,
          timestamp,
          count,
          value: value * (/Age|Duration|Latency/.test(id.name) ? slowness : 1),
        });
    }
  for (const id of store.list().filter(({ name }) => name === 'OutboxAge'))
    for (let minute = 1; minute <= QUIET_MINUTES; minute++)
      store.put({ ...id, timestamp: SIMULATED_START - minute * MINUTE_MS, value: 0 });
  return store;
}
