import { createHash } from 'node:crypto';
import { optionalNumber, type Item } from '../table/read-item';

const PREFIX = 'c';
const LENGTH = 5;

/**
 * Returns the attribute in which an item of the rate counter holds the requests of a connection. It is a
 * short hash of the id, so that the item stays within one write unit, however many connections send requests
 * in the same minute.
 */
export function usageAttribute(connectionId: string): string {
  const hash = createHash('sha256').update(connectionId).digest('hex').slice(0, 12);
  return PREFIX + Number(`0x${hash}`).toString(36).padStart(LENGTH, '0').slice(-LENGTH);
}

/** Returns the requests of those connections that an item counts. Those of other connections are left out. */
export const usageOf = (item: Item, connectionIds: readonly string[]): ReadonlyMap<string, number> =>
  new Map(
    connectionIds.flatMap((connectionId) => {
      const requests = optionalNumber(item, usageAttribute(connectionId));
      return requests === undefined ? [] : [[connectionId, requests]];
    }),
  );
