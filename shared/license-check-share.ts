import { createHash } from 'node:crypto';

/**
 * Into how many shares the addresses of callers fall. Each share is an API key on the usage plan of the check, so that a
 * flood from one address uses up what its share may ask, and leaves the others alone.
 */
export const SHARE_COUNT = 16;

/** The same share for the same address, always: from 0 to `SHARES` - 1. */
export const shareOf = (address: string): number =>
  createHash('sha256').update(address).digest().readUInt32BE() % SHARE_COUNT;

/**
 * The value of a share's API key, 20 characters or more as API Gateway wants it. No credential: the API takes it from its
 * authorizer only, never from a client.
 */
export const usageKeyOf = (share: number): string => `license-check-share-${share}`;
