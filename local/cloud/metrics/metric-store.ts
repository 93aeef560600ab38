/** The identity of a metric. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  /** Metrics with different dimensions are different metrics. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A value of a metric at a time. */
export interface MetricDatum extends MetricId {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly value: number;
  /** The number of times that the value occurred. @default 1 */
  readonly count?: number;
  readonly unit?: string;
}

/** The values of a metric in one second. */
export interface Sample {
  /** The start of the second, in milliseconds since the epoch. */
  readonly timestamp: number;
  /** Value → how often it occurred. */
  readonly values: ReadonlyMap<number, number>;
}

interface Stored extends MetricId {
  unit: string | undefined;
  readonly seconds: Map<number, Map<number, number>>;
  /** The samples of all seconds, oldest first, until another second is added or removed. */
  ordered?: readonly Sample[] | undefined;
}

/** A metric with its values, as JSON. */
export interface ExportedMetric extends MetricId {
  readonly unit?: string;
  readonly samples: readonly (readonly [timestamp: number, values: readonly (readonly [number, number])[]])[];
}

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** The metrics of CloudWatch. Keeps the values of each second for a day. */
export class MetricStore {
  private readonly metrics = new Map<string, Stored>();
  private latest = 0;
  private prunedAt = 0;

  constructor(private readonly retentionMs = DAY_MS) {}

  put(datum: MetricDatum): void {
    if (!Number.isFinite(datum.value)) return;
    this.add(datum, new Map([[datum.value, datum.count ?? 1]]));
  }

  /** Returns all metrics. */
  list(): MetricId[] {
    return [...this.metrics.values()].map(({ namespace, name, dimensions }) => ({
      namespace,
      name,
      dimensions,
    }));
  }

  unitOf(id: MetricId): string | undefined {
    return this.metrics.get(keyOf(id))?.unit;
  }

  /** Returns the samples of a metric from `start` (included) to `end` (excluded), oldest first. */
  samples(id: MetricId, start = 0, end = Infinity): Sample[] {
    const stored = this.metrics.get(keyOf(id));
    if (!stored) return [];
    stored.ordered ??= [...stored.seconds]
      .map(([timestamp, values]) => ({ timestamp, values }))
      .sort((a, b) => a.timestamp - b.timestamp);
    return stored.ordered.slice(indexFrom(stored.ordered, start), indexFrom(stored.ordered, end));
  }

  /** Returns a copy whose timestamps are mapped, for example to a clock that runs faster. */
  withTimes(map: (timestamp: number) => number): MetricStore {
    const copy = new MetricStore(Infinity);
    for (const { seconds, ...id } of this.metrics.values())
      for (const [timestamp, values] of seconds) copy.add({ ...id, timestamp: map(timestamp) }, values);
    return copy;
  }

  /** Returns the metrics of a name. @default all metrics */
  export(ofName?: string): ExportedMetric[] {
    return [...this.metrics.values()]
      .filter(({ name }) => ofName === undefined || name === ofName)
      .map(({ namespace, name, dimensions, seconds, unit }) => ({
        ...{ namespace, name, dimensions },
        ...(unit !== undefined && { unit }),
        samples: [...seconds].map(([timestamp, values]) => [timestamp, [...values]] as const),
      }));
  }

  static import(metrics: readonly ExportedMetric[]): MetricStore {
    const store = new MetricStore(Infinity);
    for (const { samples, ...id } of metrics)
      for (const [timestamp, values] of samples) store.add({ ...id, timestamp }, new Map(values));
    return store;
  }

  private add(datum: Omit<MetricDatum, 'value'>, values: ReadonlyMap<number, number>): void {
    const { namespace, name, dimensions, timestamp, unit } = datum;
    const key = keyOf(datum);
    const stored: Stored = this.metrics.get(key) ?? { namespace, name, dimensions, unit, seconds: new Map() };
    stored.unit ??= unit;
    this.metrics.set(key, stored);
    const second = Math.floor(timestamp / SECOND_MS) * SECOND_MS;
    let counts = stored.seconds.get(second);
    if (!counts) {
      counts = new Map();
      stored.seconds.set(second, counts);
      stored.ordered = undefined;
    }
    for (const [value, count] of values) counts.set(value, (counts.get(value) ?? 0) + count);
    this.latest = Math.max(this.latest, second);
    this.prune();
  }

  private prune(): void {
    const end = this.latest - this.retentionMs;
    if (end <= 0 || this.latest - this.prunedAt < this.retentionMs / 24) return;
    this.prunedAt = this.latest;
    for (const stored of this.metrics.values()) {
      for (const timestamp of stored.seconds.keys()) if (timestamp < end) stored.seconds.delete(timestamp);
      stored.ordered = undefined;
    }
  }
}

/** Returns the index of the first sample at or after a time. */
function indexFrom(samples: readonly Sample[], time: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.timestamp ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const keyOf = ({ namespace, name, dimensions }: MetricId): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
