/*
 * What the table needs besides its keys and indexes. The template says so, and so does the CLI, because DynamoDB restores
 * a table without them.
 */

/** The contents of a record of the stream. */
export const STREAM_VIEW = 'NEW_AND_OLD_IMAGES';

/** The attribute with the time (epoch seconds) at which DynamoDB deletes an item. */
export const TTL_ATTRIBUTE = 'ttl';
