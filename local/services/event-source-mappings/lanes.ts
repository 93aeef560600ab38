import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamRecord } from './record';

/** The records that a mapping reads ahead of the slowest lane. */
const MAX_PENDING = 10_000;
const POLL_MS = 50;

interface Pending {
  readonly record: StreamRecord;
  isDone: boolean;
}

export interface LaneParts {
  /** The number of batches of a shard that the function processes at the same time. */
  readonly count: number;
  readonly batchSize: number;
  /** The time for which a lane waits for a batch to fill. */
  readonly windowMs: number;
  readonly passes: (record: StreamRecord) => boolean;
  /** Delivers a batch of one lane until each record is done. Calls `done` for the last one that is. */
  readonly process: (batch: readonly StreamRecord[], done: (last: StreamRecord) => void) => Promise<void>;
  /** Called when all records up to this one are done. */
  readonly checkpoint: (record: StreamRecord) => void;
  readonly isStopping: () => boolean;
}

/**
 * The lanes of a shard. As in AWS (`ParallelizationFactor`), the partition key of an item decides on its
 * lane. A lane processes one batch after the other, so the records of a partition key stay in order, and a
 * slow lane does not hold up the others.
 */
export class Lanes {
  private readonly lanes: Pending[][];
  private readonly running = new Map<number, Promise<void>>();
  private pending: Pending[] = [];
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly parts: LaneParts) {
    this.lanes = Array.from({ length: parts.count }, () => []);
  }

  get isFull(): boolean {
    return this.pending.length >= MAX_PENDING;
  }

  /** Adds records in the order of the shard. Throws the error of a lane that has failed. */
  async add(records: readonly StreamRecord[]): Promise<void> {
    if (this.failure) await this.settle();
    for (const record of records) {
      const pending = { record, isDone: !this.parts.passes(record) };
      this.pending.push(pending);
      if (!pending.isDone) this.lanes[laneOf(partitionKey(record), this.parts.count)]?.push(pending);
    }
    this.advance();
    for (const [at, lane] of this.lanes.entries())
      if (lane.length > 0 && !this.running.has(at)) this.running.set(at, this.run(at, lane));
  }

  /** Waits until all records are done. Throws the error of a lane that has failed. */
  async settle(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
    if (this.failure) throw this.failure.error;
  }

  private async run(at: number, lane: Pending[]): Promise<void> {
    const { batchSize, windowMs, process, isStopping } = this.parts;
    // A run that ended at once would be removed from `running` before `add` has put it there.
    await Promise.resolve();
    try {
      while (lane.length > 0 && !this.failure && !isStopping()) {
        const end = Date.now() + windowMs;
        while (lane.length < batchSize && Date.now() < end && !isStopping()) await sleep(POLL_MS);
        const batch = lane.splice(0, batchSize);
        await process(
          batch.map(({ record }) => record),
          (last) => this.finish(batch, last),
        );
        this.finish(batch, batch.at(-1)?.record);
      }
    } catch (error) {
      this.failure ??= { error };
    } finally {
      this.running.delete(at);
    }
  }

  private finish(batch: readonly Pending[], last: StreamRecord | undefined): void {
    const end = batch.findIndex(({ record }) => record === last);
    for (const pending of batch.slice(0, end + 1)) pending.isDone = true;
    this.advance();
  }

  private advance(): void {
    const open = this.pending.findIndex(({ isDone }) => !isDone);
    const done = open < 0 ? this.pending : this.pending.slice(0, open);
    const last = done.at(-1);
    if (!last) return;
    this.pending = this.pending.slice(done.length);
    this.parts.checkpoint(last.record);
  }
}

/** Returns the lane of a partition key among `count` lanes. */
export const laneOf = (key: string, count: number): number =>
  createHash('md5').update(key).digest().readUInt32BE(0) % count;

/** The local tables have one partition key, the first key of a record. */
const partitionKey = ({ dynamodb: { Keys } }: StreamRecord): string =>
  JSON.stringify(Keys.pk ?? Object.values(Keys)[0] ?? null);
