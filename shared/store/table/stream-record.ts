import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';

/** An item as the table's stream shows it. */
export type StreamImage = Readonly<Record<string, AttributeValue>>;

/** By which a batch names a record that failed. Without it, none could be named: the whole batch has to fail. */
export function sequenceNumber({ dynamodb }: DynamoDBRecord): string {
  if (!dynamodb?.SequenceNumber) throw new Error('A stream record has no sequence number.');
  return dynamodb.SequenceNumber;
}
