import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineCall } from '../dynamodb/engine/call';
import type { JsonFile } from '../../host/json-file';
import type { LambdaFunction } from '../lambda/function';
import type { Queues } from '../sqs/queues';
import { BatchProcessor, Interrupted } from './batch-processor';
import { type FailureReport, failureMessage } from './failure-report';
import { compileFilters } from './filter';
import type { MappingSettings } from './mapping-settings';
import { type Shard, sequenceNumber, type StreamRecord } from './record';
import { listShards, ShardReader } from './shard-reader';

const POLL_MS = 100;
/** How often new shards are looked for: DynamoDB Local closes one after some hours. */
const SHARD_CHECK_MS = 30_000;
const RECORDS_PER_READ = 1000;
const STOP_GRACE_MS = 3000;

/** Shard id → sequence number of the last record that is done. */
export type Checkpoints = Record<string, string>;

export interface MappingParts {
  readonly settings: MappingSettings;
  readonly lambda: LambdaFunction;
  readonly call: EngineCall;
  /** By which the engine knows the stream. */
  readonly engineStreamArn: string;
  /** Whether the table was just made, so that nothing of its stream may be skipped. */
  readonly isNewStream: boolean;
  readonly checkpoints: JsonFile<Checkpoints>;
  readonly queues: Queues;
  readonly log: (line: string) => void;
}

/** An event source mapping: reads a stream, filters, batches, and delivers to the function, shard after shard. */
export class Mapping {
  private readonly abort = new AbortController();
  private readonly passes: (event: unknown) => boolean;
  private readonly processor: BatchProcessor;
  private readonly checkpoints: Checkpoints;
  private shardId = '';
  private running: Promise<void> | undefined;

  constructor(private readonly parts: MappingParts) {
    const { settings, lambda } = parts;
    this.passes = compileFilters(settings.patterns);
    this.checkpoints = (parts.isNewStream ? undefined : parts.checkpoints.read()) ?? {};
    this.processor = new BatchProcessor(
      settings,
      lambda,
      { checkpoint: (record) => this.checkpoint(record), giveUp: (report) => this.giveUp(report) },
      this.abort.signal,
    );
  }

  start(): void {
    this.running = this.run();
  }

  /** Returns when the batch in hand is done; one that takes too long is put back when its function is stopped. */
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
        this.parts.log(`The mapping for ${this.parts.lambda.name} tries again: ${String(error)}`);
        await this.pause(1000);
      }
    }
  }

  private shards(): Promise<string[]> {
    return listShards(this.parts.call, this.parts.engineStreamArn);
  }

  /** Reads a shard until it is closed and empty, or it is time to look for others. */
  private async drain(shardId: string): Promise<void> {
    const { call, engineStreamArn, settings, isNewStream } = this.parts;
    this.shardId = shardId;
    const shard: Shard = { id: shardId, streamArn: settings.streamArn };
    const start = isNewStream ? 'TRIM_HORIZON' : settings.startingPosition;
    const reader = new ShardReader(call, engineStreamArn, shardId, this.checkpoints[shardId], start);
    const checkAt = Date.now() + SHARD_CHECK_MS;
    while (!this.stopping) {
      const records = await this.gather(reader);
      if (records.length > 0) await this.deliver(records, shard);
      else if (reader.isClosed || Date.now() > checkAt) return;
      else await this.pause(POLL_MS);
    }
  }

  /** What has come, and, if the mapping has a batching window, what comes within it until a batch is full. */
  private async gather(reader: ShardReader): Promise<StreamRecord[]> {
    const { batchSize, windowMs } = this.parts.settings;
    const records = await reader.read(RECORDS_PER_READ);
    const end = Date.now() + windowMs;
    let wanted = this.countWanted(records);
    while (wanted > 0 && wanted < batchSize && Date.now() < end && !reader.isClosed && !this.stopping) {
      await this.pause(POLL_MS);
      const more = await reader.read(RECORDS_PER_READ);
      records.push(...more);
      wanted += this.countWanted(more);
    }
    return records;
  }

  private countWanted(records: readonly StreamRecord[]): number {
    return records.filter((record) => this.passes(record)).length;
  }

  private async deliver(records: readonly StreamRecord[], shard: Shard): Promise<void> {
    const { batchSize } = this.parts.settings;
    const wanted = records.filter((record) => this.passes(record));
    for (let first = 0; first < wanted.length; first += batchSize) {
      if (this.stopping) throw new Interrupted();
      await this.processor.process(wanted.slice(first, first + batchSize), shard);
    }
    const last = records.at(-1);
    if (last) this.checkpoint(last);
  }

  private checkpoint(record: StreamRecord): void {
    this.checkpoints[this.shardId] = sequenceNumber(record);
    this.parts.checkpoints.write(this.checkpoints);
  }

  private giveUp(report: FailureReport): void {
    const { failureQueueArn } = this.parts.settings;
    this.parts.log(`${report.functionArn} gave up ${report.records.length} records: ${report.condition}`);
    if (failureQueueArn) this.parts.queues.send(failureQueueArn, failureMessage(report));
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.abort.signal }).catch(() => {});
  }
}
