/*
 * What the table needs besides its keys and indexes. The template says so, and so does the CLI, because DynamoDB restores
 * a table without them.
 */

/** What a record of the stream contains. */
export const STREAM_VIEW = 'NEW_AND_OLD_IMAGES';

/** The attribute with the time (epoch seconds) at which DynamoDB deletes an item. */
export const TTL_ATTRIBUTE = 'ttl';
