import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Choices } from '../choices';
import type { InvocationEnd } from './functions';

/** The records of one partition key, which are delivered in their order. */
interface Lane {
  readonly records: DynamoDBRecord[];
  /** The position of the first record that was not processed. */
  done: number;
  isBusy: boolean;
}

export interface StreamReaderOptions {
  readonly name: string;
  readonly accepts: (record: DynamoDBRecord) => boolean;
  readonly invoke: (event: object, onEnd: (end: InvocationEnd) => void) => void;
  readonly choices: Choices;
  /** The number of batches that are delivered a second time although they were processed. */
  readonly repeats: number;
  /** The records on which the reader gives up. @default none */
  readonly abandoned?: AbandonedRecords;
}

/** The records that Lambda abandons after many failures, and reports to a queue. */
export interface AbandonedRecords {
  readonly max: number;
  readonly isAllowed: (record: DynamoDBRecord) => boolean;
  /** Receives Lambda's message about the record. */
  readonly onAbandoned: (message: object) => void;
}

const MAX_BATCH = 10;
/** The percentage of failures after which a record is abandoned. */
const ABANDONED_PERCENT = 40;

/**
 * An event source mapping: it delivers the records of the stream to a function, those of a partition in their
 * order.
 */
export class StreamReader {
  private readonly lanes = new Map<string, Lane>();
  private repeatsLeft: number;
  private abandonedLeft: number;

  constructor(private readonly options: StreamReaderOptions) {
    this.repeatsLeft = options.repeats;
    this.abandonedLeft = options.abandoned?.max ?? 0;
  }

  add(record: DynamoDBRecord): void {
    if (!this.options.accepts(record)) return;
    const pk = record.dynamodb?.Keys?.pk?.S ?? '';
    const lane = this.lanes.get(pk) ?? { records: [], done: 0, isBusy: false };
    this.lanes.set(pk, lane);
    lane.records.push(record);
  }

  /** Returns the deliveries that are possible now. */
  deliveries(): { readonly label: string; readonly run: () => void }[] {
    const ready = [...this.lanes].filter(([, { done, records, isBusy }]) => done < records.length && !isBusy);
    return ready.map(([pk, lane]) => ({
      label: `${this.options.name} reads ${pk}`,
      run: () => this.deliver(lane),
    }));
  }

  /** Returns the repetitions of earlier deliveries that are possible now. */
  repetitions(): { readonly label: string; readonly run: () => void }[] {
    const read = this.repeatsLeft > 0 ? [...this.lanes].filter(([, { done }]) => done > 0) : [];
    return read.map(([pk, lane]) => ({
      label: `${this.options.name} repeats ${pk}`,
      run: () => this.repeat(lane),
    }));
  }

  private deliver(lane: Lane): void {
    const { choices, invoke } = this.options;
    const available = Math.min(MAX_BATCH, lane.records.length - lane.done);
    const batch = lane.records.slice(lane.done, lane.done + available - choices.below(available));
    lane.isBusy = true;
    invoke({ Records: batch }, (end) => {
      lane.isBusy = false;
      const done = processed(batch, end);
      lane.done += done;
      if (done < batch.length) this.mayAbandon(lane);
    });
  }

  /** Lambda gives up on a record that has failed too often, and continues with the next one. */
  private mayAbandon(lane: Lane): void {
    const { abandoned, choices } = this.options;
    const record = lane.records[lane.done];
    if (!abandoned || !record || this.abandonedLeft === 0 || !abandoned.isAllowed(record)) return;
    if (!choices.chance(ABANDONED_PERCENT)) return;
    this.abandonedLeft--;
    lane.done++;
    const at = new Date((record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1_000).toISOString();
    abandoned.onAbandoned({
      DDBStreamBatchInfo: { approximateArrivalOfFirstRecord: at, approximateArrivalOfLastRecord: at },
    });
  }

  /** Lambda delivers records at least once: a batch may be delivered again next to later ones. */
  private repeat(lane: Lane): void {
    const { choices, invoke } = this.options;
    this.repeatsLeft--;
    const from = choices.below(lane.done);
    const batch = lane.records.slice(from, lane.done - choices.below(lane.done - from));
    invoke({ Records: batch }, () => undefined);
  }
}

/** Returns the number of records at the beginning of a batch that need not be delivered again. */
function processed(batch: readonly DynamoDBRecord[], end: InvocationEnd): number {
  if (end.kind !== 'returned') return 0;
  const { batchItemFailures = [] } = (end.result ?? {}) as Partial<DynamoDBBatchResponse>;
  const failed = batchItemFailures.map(({ itemIdentifier }) =>
    batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier),
  );
  return Math.min(batch.length, ...failed);
}
