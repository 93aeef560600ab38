import type { ItemKey } from './keys';

/** The state of a domain's lookups by address, and the users that every such lookup examines. */
export const addressIndexPartition = (d: string): string => `${d}#EMAIL`;
export const addressIndexKey = (d: string, sk: string): ItemKey => ({ pk: addressIndexPartition(d), sk });
/** Exists once the items of all users exist. No user has this id. */
export const ADDRESS_INDEX_COMPLETE = '#COMPLETE';
/** Its creation asks the sweep to create the items of all users. */
export const ADDRESS_INDEX_REQUEST = '#REQUEST';
/** Holds how far that has come. */
export const ADDRESS_INDEX_PROGRESS = '#PROGRESS';

/** Returns the domain for which this key requests that its addresses are indexed. */
export function addressIndexRequestAt({ pk, sk }: ItemKey): string | undefined {
  return sk === ADDRESS_INDEX_REQUEST ? /^([^#]+)#EMAIL$/.exec(pk)?.[1] : undefined;
}

/** The users who have an address that is not their userName. Addresses are folded as names are. */
export const addressPartition = (d: string, nameKey: string): string =>
  `${addressIndexPartition(d)}#${nameKey}`;
export const addressKey = (d: string, nameKey: string, userId: string): ItemKey => ({
  pk: addressPartition(d, nameKey),
  sk: userId,
});
