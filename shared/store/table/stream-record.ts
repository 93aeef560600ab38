import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from 'aws-lambda';
import { readable } from './item-version';
import type { Item } from './read-item';

/** An item as the stream of the table shows it, before or after a change. */
export type StreamImage = Readonly<Record<string, AttributeValue>>;

/** Returns the item of an image, as a read of the table would return it. Throws a 503 if it is newer than this code. */
export const itemOfImage = (image: StreamImage): Item =>
  readable(unmarshall(image as Parameters<typeof unmarshall>[0]));
