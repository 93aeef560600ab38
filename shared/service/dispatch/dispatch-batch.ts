import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { GroupedMessage } from '../../queue/message-queue';

/** The work that a stream record causes. The work of a domain is done one after the other. */
export interface Work {
  readonly domainId: string;
}

/** A kind of work, with the queue of its function. */
export interface DispatchRoute {
  readonly kind: string;
  /** Returns the work of this kind that a record causes; undefined if there is none. */
  readonly workIn: (record: DynamoDBRecord) => Work | undefined;
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

/**
 * Sends the work of a batch of stream records to the queues of their kinds, in groups by domain. Returns the records
 * whose messages were not accepted. Lambda delivers the batch again from the first of them. A message that is sent
 * twice within five minutes is delivered once, and a later one repeats work that is done.
 */
export async function dispatchBatch(
  records: readonly DynamoDBRecord[],
  { routes, onSent, onError }: DispatchOptions,
): Promise<DynamoDBBatchResponse> {
  const failed = new Set<DynamoDBRecord>();
  for (const { kind, workIn, send } of routes) {
    const found = records.flatMap((record) => {
      const body = workIn(record);
      return body ? { record, message: messageOf(record, kind, body) } : [];
    });
    if (found.length === 0) continue;
    try {
      const refused = await send(found.map(({ message }) => message));
      for (const at of refused) if (found[at]) failed.add(found[at].record);
      if (refused.length > 0)
        onError(kind, new Error(`The queue did not accept ${refused.length} messages.`));
      onSent(kind, found.length - refused.length);
    } catch (error) {
      for (const { record } of found) failed.add(record);
      onError(kind, error);
    }
  }
  return {
    batchItemFailures: records
      .filter((record) => failed.has(record))
      .map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
  };
}

const messageOf = (record: DynamoDBRecord, kind: string, body: Work): GroupedMessage<Work> => ({
  groupId: body.domainId,
  deduplicationId: `${kind}-${record.eventID ?? record.dynamodb?.SequenceNumber ?? ''}`,
  body,
});
