import { additionsKey } from '../table/keys';
import { optionalNumber, type Item } from '../table/read-item';
import type { Write } from '../table/write';

/**
 * The numbers of connections, credentials, and setup links that were added to a domain since a version began
 * to count them. They only grow, so a write can refuse additions that its reader has not seen. Revocations do
 * not change them.
 */
export interface Additions {
  readonly connections: number;
  readonly credentials: number;
  readonly setupLinks: number;
}

/** Reads the additions of a domain. A domain of version 0.1.0 has no item. */
export const readAdditions = (item: Item | undefined): Additions => ({
  connections: (item && optionalNumber(item, 'connections')) ?? 0,
  credentials: (item && optionalNumber(item, 'credentials')) ?? 0,
  setupLinks: (item && optionalNumber(item, 'setupLinks')) ?? 0,
});

/**
 * Returns the write that counts one addition. Its condition fails if `room` or more were added since `before`
 * was read. So additions at the same time meet no condition as long as there is room for all of them.
 */
export const additionWrite = (
  domainId: string,
  kind: keyof Additions,
  before: Additions,
  room: number,
): Write => ({
  update: additionsKey(domainId),
  add: { [kind]: 1 },
  condition: {
    expression: `attribute_not_exists(#${kind}) OR #${kind} < :end`,
    values: { end: before[kind] + room },
  },
});
