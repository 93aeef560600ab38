import { createHmac } from 'node:crypto';

/**
 * Returns the share of a caller, from 0 to `count` - 1; always the same for the same caller and salt.
 * Outsiders must not know the salt. With it, they could find a caller in the share of somebody else, and use
 * up that allowance.
 */
export const shareOf = (caller: string, salt: string, count: number): number =>
  createHmac('sha256', salt).update(caller).digest().readUInt32BE() % count;
