import { setTimeout as sleep } from 'node:timers/promises';
import type { InvocationTarget } from '../lambda/invocation-target';
import { FunctionError, InvocationThrottled } from '../lambda/function-error';
import { REGION } from '../../cloud/template/account';
import type { FailureCondition, FailureReport } from './failure-report';
import { failedItems } from './item-failures';
import type { MappingSettings } from './mapping-settings';
import { type Shard, sequenceNumber, type StreamRecord } from './record';

const FIRST_RETRY_MS = 200;
const MAX_RETRY_MS = 10_000;

export interface BatchHandlers {
  /** Called when all records up to this one are delivered or discarded. */
  checkpoint(record: StreamRecord): void;
  /** Called when a batch is discarded. */
  discard(report: FailureReport): void;
  /**
   * Receives how old the last record of a batch is, in milliseconds, before each invocation. @default nobody
   */
  aged?(ageMs: number): void;
}

interface Attempt {
  readonly records: readonly StreamRecord[];
  readonly failures: number;
  /** The invocations in a row that Lambda throttled. They do not count as failures. */
  readonly throttles?: number;
}

/** The cloud stops in the middle of a batch. The next start delivers the remaining records again. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Delivers batches in order, with retries, bisection and partial batch responses, until each record is done.
 */
export class BatchProcessor {
  constructor(
    private readonly settings: MappingSettings,
    private readonly lambda: InvocationTarget,
    private readonly handlers: BatchHandlers,
    private readonly signal: AbortSignal,
    private readonly firstRetryMs = FIRST_RETRY_MS,
  ) {}

  async process(records: readonly StreamRecord[], shard: Shard): Promise<void> {
    const work: Attempt[] = [{ records, failures: 0 }];
    for (let attempt = work.shift(); attempt; attempt = work.shift()) {
      work.unshift(...(await this.deliver(attempt, shard)));
    }
  }

  /** Invokes the function once. Returns the attempts that remain. */
  private async deliver({ records, failures, throttles = 0 }: Attempt, shard: Shard): Promise<Attempt[]> {
    if (records.length === 0) return [];
    if (this.isTooOld(records)) return this.discard({ records, failures }, shard, 'RecordAgeExceeded');
    await this.pauseBeforeRetry(failures + throttles);
    const firstFailed = await this.invoke(records, shard);
    if (firstFailed === 'throttled') return [{ records, failures, throttles: throttles + 1 }];
    // A failure while the cloud stops is not the fault of the records, because it also stops the functions.
    if (firstFailed !== undefined && this.signal.aborted) throw new Interrupted();
    const done = records.slice(0, firstFailed ?? records.length);
    const last = done.at(-1);
    if (last) this.handlers.checkpoint(last);
    if (firstFailed === undefined) return [];
    const rest = records.slice(firstFailed);
    if (done.length > 0) return [{ records: rest, failures: 1 }];
    // A split does not count as a retry.
    if (this.settings.bisects && rest.length > 1 && !this.reported)
      return halves(rest).map((half) => ({ records: half, failures }));
    const { maximumRetries } = this.settings;
    if (maximumRetries >= 0 && failures >= maximumRetries) {
      return this.discard({ records: rest, failures: failures + 1 }, shard, 'RetryAttemptsExhausted');
    }
    return [{ records: rest, failures: failures + 1 }];
  }

  /**
   * True if the last failure was a partial batch response, which identifies its record and needs no
   * bisection.
   */
  private reported = false;

  /**
   * Invokes the function. Returns the index of the first failed record, `undefined` if none failed, or
   * `throttled` if Lambda did not invoke the function.
   */
  private async invoke(
    records: readonly StreamRecord[],
    { streamArn }: Shard,
  ): Promise<number | 'throttled' | undefined> {
    this.reported = false;
    const event = {
      Records: records.map((record) => ({ ...record, awsRegion: REGION, eventSourceARN: streamArn })),
    };
    let result: unknown;
    const newest = records.at(-1)?.dynamodb.ApproximateCreationDateTime ?? 0;
    this.handlers.aged?.(Math.max(0, Date.now() - newest * 1_000));
    try {
      result = await this.lambda.invoke(event);
    } catch (error) {
      if (error instanceof FunctionError) return 0;
      if (error instanceof InvocationThrottled) return 'throttled';
      throw error;
    }
    if (!this.settings.reportsItemFailures) return undefined;
    const failed = failedItems(result, records.map(sequenceNumber));
    if (failed === 'all') return 0;
    this.reported = failed.length > 0;
    return this.reported ? Math.min(...failed) : undefined;
  }

  private discard(attempt: Attempt, shard: Shard, condition: FailureCondition): Attempt[] {
    const { records, failures } = attempt;
    const { arn: functionArn, version } = this.lambda;
    this.handlers.discard({ records, shard, condition, invocations: failures, functionArn, version });
    const last = records.at(-1);
    if (last) this.handlers.checkpoint(last);
    return [];
  }

  private isTooOld(records: readonly StreamRecord[]): boolean {
    const { maximumAgeSeconds } = this.settings;
    const oldest = records[0]?.dynamodb.ApproximateCreationDateTime ?? 0;
    return maximumAgeSeconds >= 0 && Date.now() / 1000 - oldest > maximumAgeSeconds;
  }

  private async pauseBeforeRetry(failures: number): Promise<void> {
    if (failures === 0) return;
    const pause = Math.min(this.firstRetryMs * 2 ** (failures - 1), MAX_RETRY_MS);
    await sleep(pause, undefined, { signal: this.signal }).catch(() => {
      throw new Interrupted();
    });
  }
}

function halves<T>(items: readonly T[]): (readonly T[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
