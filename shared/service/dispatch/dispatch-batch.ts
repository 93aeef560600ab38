import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { GroupedMessage } from '../../queue/message-queue';

/** The work that a stream record causes. The work of a domain is done one after the other. */
export interface Work {
  readonly domainId: string;
}

/** Work, and the records that cause it. */
export interface RecordedWork {
  /**
   * The first record that causes the work. If the work is not accepted, all records from this one are
   * delivered again.
   */
  readonly first: DynamoDBRecord;
  /** The last record that causes the work. It identifies the message. */
  readonly last: DynamoDBRecord;
  readonly work: Work;
}

/** A kind of work, with the queue of its function. */
export interface DispatchRoute {
  readonly kind: string;
  /** Returns the work of this kind that a batch of records causes, in the order of their records. */
  readonly workIn: (
    records: readonly DynamoDBRecord[],
  ) => readonly RecordedWork[] | Promise<readonly RecordedWork[]>;
  /** Sends messages in their order. Returns the positions of those that were not accepted. */
  readonly send: (messages: readonly GroupedMessage<Work>[]) => Promise<readonly number[]>;
}

export interface DispatchOptions {
  readonly routes: readonly DispatchRoute[];
  /** Called with the number of messages of each kind. */
  readonly onSent: (kind: string, count: number) => void;
  /** Called for each kind whose messages were not all accepted. */
  readonly onError: (kind: string, error: unknown) => void;
}

/** Returns a function that finds the work of each record on its own. */
export const perRecord =
  (workIn: (record: DynamoDBRecord) => Work | undefined) =>
  (records: readonly DynamoDBRecord[]): readonly RecordedWork[] =>
    records.flatMap((record) => {
      const work = workIn(record);
      return work ? [{ first: record, last: record, work }] : [];
    });

/**
 * Sends the work of a batch of stream records to the queues of their kinds, in groups by domain. Returns the
 * records whose messages were not accepted. Lambda delivers the batch again from the first of them. A message
 * that is sent twice within five minutes is delivered once, and a later one repeats work that is done.
 */
export async function dispatchBatch(
  records: readonly DynamoDBRecord[],
  { routes, onSent, onError }: DispatchOptions,
): Promise<DynamoDBBatchResponse> {
  const failed = new Set<DynamoDBRecord>();
  for (const { kind, workIn, send } of routes) {
    let found: readonly RecordedWork[] | undefined;
    try {
      found = await workIn(records);
      if (found.length === 0) continue;
      const refused = await send(found.map((each) => messageOf(kind, each)));
      for (const at of refused) if (found[at]) failed.add(found[at].first);
      if (refused.length > 0)
        onError(kind, new Error(`The queue did not accept ${refused.length} messages.`));
      onSent(kind, found.length - refused.length);
    } catch (error) {
      // Without the work, no record is known to be without any.
      for (const record of found?.map(({ first }) => first) ?? records) failed.add(record);
      onError(kind, error);
    }
  }
  return {
    batchItemFailures: records
      .filter((record) => failed.has(record))
      .map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
  };
}

/**
 * The id is that of the last record. Lambda may deliver a record again with more records behind it, and their
 * message must not count as the same one.
 */
const messageOf = (kind: string, { last, work }: RecordedWork): GroupedMessage<Work> => ({
  groupId: work.domainId,
  deduplicationId: `${kind}-${last.eventID ?? last.dynamodb?.SequenceNumber ?? ''}`,
  body: work,
});
