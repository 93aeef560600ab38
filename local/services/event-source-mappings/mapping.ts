import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../../cloud/faults/faults';
import type { EngineCall } from '../dynamodb/engine/call';
import type { JsonFile } from '../../host/json-file';
import type { InvocationTarget } from '../lambda/invocation-target';
import { BatchProcessor, Interrupted } from './batch-processor';
import { type FailureReport, failureMessage } from './failure-report';
import { compileFilters } from './filter';
import { Lanes } from './lanes';
import type { MappingSettings } from './mapping-settings';
import { type Shard, sequenceNumber, type StreamRecord } from './record';
import { listShards, ShardReader } from './shard-reader';

const POLL_MS = 100;
/** The interval at which new shards are looked up. DynamoDB Local closes a shard after some hours. */
const SHARD_CHECK_MS = 30_000;
const RECORDS_PER_READ = 1000;
const STOP_GRACE_MS = 3000;
/** The delay of a batch with an injected fault, in milliseconds. */
const MAX_LATE_MS = 2_000;
/** The number of batches that an injected fault can repeat. */
const REPLAYED_BATCHES = 3;

/** Shard id → sequence number of the last record that is delivered or discarded. */
export type Checkpoints = Record<string, string>;

export interface MappingParts {
  readonly settings: MappingSettings;
  readonly lambda: InvocationTarget;
  readonly call: EngineCall;
  /** The ARN of the stream in the engine. */
  readonly engineStreamArn: string;
  /** True if this run created the table. Then the mapping must read the stream from its beginning. */
  readonly isNewStream: boolean;
  readonly checkpoints: JsonFile<Checkpoints>;
  /** Sends the report of a discarded batch to a queue. */
  readonly sendFailure: (queueArn: string, message: object) => void;
  readonly log: (line: string) => void;
  /** Receives the age of each batch, in milliseconds. @default nobody */
  readonly aged?: (ageMs: number) => void;
  /** @default each batch arrives once */
  readonly faults?: Faults;
}

/**
 * An event source mapping of a stream. It reads the stream shard by shard, filters records, batches those of
 * each lane, and invokes the function.
 */
export class Mapping {
  private readonly abort = new AbortController();
  private readonly passes: (event: unknown) => boolean;
  private readonly checkpoints: Checkpoints;
  private shardId = '';
  /** The last batches, which an injected fault may repeat. */
  private recent: readonly (readonly StreamRecord[])[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly parts: MappingParts) {
    this.passes = compileFilters(parts.settings.patterns);
    this.checkpoints = (parts.isNewStream ? undefined : parts.checkpoints.read()) ?? {};
  }

  start(): void {
    // Each lane may wait for the signal.
    setMaxListeners(0, this.abort.signal);
    this.running = this.run();
  }

  /** Waits for the current batch, but not for long. The next start delivers an interrupted batch again. */
  async stop(): Promise<void> {
    this.abort.abort();
    await Promise.race([this.running, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
  }

  private get stopping(): boolean {
    return this.abort.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        for (const shardId of await this.shards()) await this.drain(shardId);
      } catch (error) {
        if (this.stopping || error instanceof Interrupted) return;
        this.parts.log(`The event source mapping of ${this.parts.lambda.name} retries: ${String(error)}`);
        await this.pause(1000);
      }
    }
  }

  private shards(): Promise<string[]> {
    return listShards(this.parts.call, this.parts.engineStreamArn);
  }

  /** Reads a shard until it is closed and empty, or until it is time to look for new shards. */
  private async drain(shardId: string): Promise<void> {
    const { call, engineStreamArn, settings, isNewStream } = this.parts;
    this.shardId = shardId;
    const start = isNewStream ? 'TRIM_HORIZON' : settings.startingPosition;
    const reader = new ShardReader(call, engineStreamArn, shardId, this.checkpoints[shardId], start);
    const lanes = this.openLanes({ id: shardId, streamArn: settings.streamArn });
    const checkAt = Date.now() + SHARD_CHECK_MS;
    while (!this.stopping) {
      const records = lanes.isFull ? [] : await reader.read(RECORDS_PER_READ);
      await lanes.add(records);
      if (records.length > 0) continue;
      if (reader.isClosed || Date.now() > checkAt) break;
      await this.pause(POLL_MS);
    }
    await lanes.settle();
  }

  private openLanes(shard: Shard): Lanes {
    const { settings } = this.parts;
    return new Lanes({
      count: settings.parallelizationFactor,
      batchSize: settings.batchSize,
      windowMs: settings.windowMs,
      passes: this.passes,
      process: (batch, checkpoint) => this.deliver(batch, shard, checkpoint),
      checkpoint: (record) => this.checkpoint(record),
      isStopping: () => this.stopping,
    });
  }

  /**
   * Lambda delivers a batch at least once, so an injected fault can repeat it, alone or with those before it.
   */
  private async deliver(
    batch: readonly StreamRecord[],
    shard: Shard,
    checkpoint: (record: StreamRecord) => void,
  ): Promise<void> {
    const { faults, lambda, settings } = this.parts;
    const process = (records: readonly StreamRecord[], onDone: (record: StreamRecord) => void) => {
      const discard = (report: FailureReport) => this.discard(report);
      const handlers = { checkpoint: onDone, discard, aged: this.parts.aged };
      return new BatchProcessor(settings, lambda, handlers, this.abort.signal).process(records, shard);
    };
    const text = () => JSON.stringify(batch);
    const site = { function: lambda.name, operation: 'lambda:DeliverBatch', text };
    const fault = faults?.take(site, ['duplicate', 'late', 'replay']);
    if (fault?.kind === 'late') await this.pause(fault.roll * MAX_LATE_MS);
    this.recent = [...this.recent, batch].slice(-REPLAYED_BATCHES);
    await process(batch, checkpoint);
    const repeated = { duplicate: [batch], replay: this.recent, late: [] };
    // A repetition moves no checkpoint.
    for (const each of fault ? repeated[fault.kind] : []) await process(each, () => undefined);
  }

  private checkpoint(record: StreamRecord): void {
    this.checkpoints[this.shardId] = sequenceNumber(record);
    this.parts.checkpoints.write(this.checkpoints);
  }

  private discard(report: FailureReport): void {
    const { failureQueueArn } = this.parts.settings;
    this.parts.log(`${report.functionArn} discarded ${report.records.length} records: ${report.condition}`);
    if (failureQueueArn) this.parts.sendFailure(failureQueueArn, failureMessage(report));
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.abort.signal }).catch(() => {});
  }
}
