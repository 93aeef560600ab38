import { type ExportedMetric, MetricStore } from '../../../local/cloud/metrics/metric-store';
import { type AlarmRun, runAlarms } from '../../../local/services/cloudwatch/alarms/alarm-run';
import type { Alarms } from '../../../local/services/cloudwatch/alarms/from-template';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-01-01T00:00:00Z');

/** The metrics of some seconds of a real run, which a timeline puts into a simulated minute. */
export type Segment = readonly ExportedMetric[];

/** Returns what was added to the metrics between two exports. */
export function difference(before: Segment, after: Segment): Segment {
  const known = new Map(before.map((metric) => [identityOf(metric), metric]));
  return after.map((metric) => {
    const earlier = new Map(
      known.get(identityOf(metric))?.samples.map(([at, values]) => [at, new Map(values)]),
    );
    const samples = metric.samples.map(([at, values]) => {
      const counted = values.map(
        ([value, count]) => [value, count - (earlier.get(at)?.get(value) ?? 0)] as const,
      );
      return [at, counted.filter(([, count]) => count > 0)] as const;
    });
    return { ...metric, samples: samples.filter(([, values]) => values.length > 0) };
  });
}

const identityOf = ({ namespace, name, dimensions }: ExportedMetric) =>
  JSON.stringify([namespace, name, dimensions]);

export interface MinutesOptions {
  /** The number of times that the load of the segment happens in each minute. @default 1 */
  readonly load?: number;
  /** Multiplies ages and durations, because the minutes of a segment last seconds only. @default 1 */
  readonly slowness?: number;
}

/** A simulated span of time: minutes with the metrics of real runs. */
export class Timeline {
  private readonly store = new MetricStore(Infinity);
  private minutes = 0;

  /** Adds minutes that are all like the segment. */
  add(minutes: number, segment: Segment, { load = 1, slowness = 1 }: MinutesOptions = {}): this {
    for (let at = 0; at < minutes; at++) {
      const timestamp = START + (this.minutes + at) * MINUTE_MS;
      for (const { namespace, name, dimensions, samples } of segment)
        for (const [value, count] of samples.flatMap(([, values]) => values)) {
          const slowed = value * (/Age|Latency|Duration/.test(name) ? slowness : 1);
          this.store.put({ namespace, name, dimensions, timestamp, value: slowed, count: count * load });
        }
    }
    this.minutes += minutes;
    return this;
  }

  /** Takes the alarms through the timeline, from its 16th minute on. Metrics arrive `delayMs` late. */
  run(alarms: Alarms, delayMs: number): AlarmRun {
    const range = { start: START + 15 * MINUTE_MS, end: START + this.minutes * MINUTE_MS };
    return runAlarms(alarms, this.store, range, { delayMs });
  }
}

/** Returns the alarms that went off in a run, and the notifications, without the prefix of the names. */
export function summaryOf({ changes, notifications, states }: AlarmRun) {
  const short = (name: string) => name.replace(/^scim-/, '');
  return {
    alarms: [...new Set(changes.filter(({ to }) => to === 'ALARM').map(({ alarm }) => short(alarm)))].sort(),
    notifications: notifications.map(({ alarm, state }) => `${short(alarm)} ${state}`),
    left: [...states].filter(([, state]) => state === 'ALARM').map(([alarm]) => short(alarm)),
  };
}
