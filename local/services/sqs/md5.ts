import { createHash } from 'node:crypto';

/** Returns the hash of a message's body, which the SDK compares with the one that it computes. */
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
