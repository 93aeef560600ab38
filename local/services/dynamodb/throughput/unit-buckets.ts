/** The capacity units of a second that a partition serves at most, whatever the table's own capacity is. */
const PARTITION_UNITS = { read: 3_000, write: 1_000 } as const;

export type Side = keyof typeof PARTITION_UNITS;

interface Bucket {
  units: number;
  at: number;
}

/** The number of buckets above which full ones are dropped. */
const MAX_BUCKETS = 10_000;

/**
 * The units that partition keys may still consume, by key and side. A bucket holds the units of one second. A
 * request is admitted while its bucket is not empty, and pays afterward, because its cost is known only then:
 * a bucket may owe units.
 */
export class UnitBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly now: () => number = Date.now) {}

  isEmpty(side: Side, key: string): boolean {
    return this.bucket(side, key).units <= 0;
  }

  take(side: Side, key: string, units: number): void {
    if (units > 0) this.bucket(side, key).units -= units;
  }

  private bucket(side: Side, key: string): Bucket {
    const id = `${side} ${key}`;
    const rate = PARTITION_UNITS[side];
    const now = this.now();
    let bucket = this.buckets.get(id);
    if (!bucket) {
      if (this.buckets.size >= MAX_BUCKETS) this.dropFull(now);
      this.buckets.set(id, (bucket = { units: rate, at: now }));
    }
    bucket.units = Math.min(rate, bucket.units + ((now - bucket.at) / 1_000) * rate);
    bucket.at = now;
    return bucket;
  }

  private dropFull(now: number): void {
    for (const [id, { units, at }] of this.buckets) {
      const rate = PARTITION_UNITS[id.startsWith('read') ? 'read' : 'write'];
      if (units + ((now - at) / 1_000) * rate >= rate) this.buckets.delete(id);
    }
  }
}
