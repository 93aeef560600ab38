import type { AttributeValue } from 'aws-lambda';

/** An item as the table's stream shows it. */
export type StreamImage = Readonly<Record<string, AttributeValue>>;
