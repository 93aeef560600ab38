/*
 * The features that the table needs besides its keys and indexes. The template sets them, and the CLI sets
 * them again, because DynamoDB restores a table without them.
 */

/** The contents of a record of the stream. */
export const STREAM_VIEW = 'NEW_AND_OLD_IMAGES';

/** The attribute with the time (epoch seconds) at which DynamoDB deletes an item. */
export const TTL_ATTRIBUTE = 'ttl';
