import { createHash } from 'node:crypto';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { fromAttributeValues } from './attribute-value';
import { readable } from './item-version';
import type { Item } from './read-item';

/** An item as the stream of the table shows it, before or after a change. */
export type StreamImage = Readonly<Record<string, AttributeValue>>;

/**
 * Returns the item of an image, as a read of the table would return it. Throws a 503 if it is newer than this
 * code.
 */
export const itemOfImage = (image: StreamImage): Item =>
  readable(fromAttributeValues(image as Parameters<typeof fromAttributeValues>[0]));

/** Returns the name of the table of a stream; undefined if the ARN is not that of a stream. */
const tableOfStream = (streamArn: string): string | undefined =>
  /:table\/([^/]+)\/stream\//.exec(streamArn)?.[1];

/**
 * Returns whether a stream is known to be that of another table. While a restored table takes the place of
 * another one, functions still get records and messages of the former.
 */
export function isOfOtherTable(streamArn: string | undefined, tableName: string): boolean {
  const table = streamArn === undefined ? undefined : tableOfStream(streamArn);
  return table !== undefined && table !== tableName;
}

/**
 * Throws if records are those of another table than the one that this function uses. Lambda delivers them
 * again, to a version of the function that uses their table.
 */
export function assertRecordsOf(tableName: string, records: readonly DynamoDBRecord[]): void {
  if (records.some(({ eventSourceARN }) => isOfOtherTable(eventSourceARN, tableName)))
    throw new Error(`The records are not of the table ${tableName}.`);
}

/** Returns a short name of a stream. The sequence numbers of two streams cannot be compared. */
export const streamTag = (streamArn: string): string =>
  createHash('sha256').update(streamArn).digest('hex').slice(0, 8);
