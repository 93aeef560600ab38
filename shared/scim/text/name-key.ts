import { foldName } from './fold';

/** Returns the key by which a userName or displayName is compared, claimed, and sorted. */
export const nameKeyOf = foldName;

/**
 * Returns the key that previous versions gave a name: its lowercase form. Resources that they wrote keep this
 * key until their claim moves.
 */
export const legacyNameKeyOf = (name: string): string => name.toLowerCase();

/**
 * Returns the keys under which a name may be claimed, the current one first. For most names, both are the
 * same.
 */
export const nameKeysOf = (name: string): string[] => [...new Set([nameKeyOf(name), legacyNameKeyOf(name)])];

/**
 * Returns whether two spellings had one key in previous versions, too. Then the claim of a resource may stay.
 */
export const isSameName = (one: string, other: string): boolean =>
  nameKeyOf(one) === nameKeyOf(other) && legacyNameKeyOf(one) === legacyNameKeyOf(other);
