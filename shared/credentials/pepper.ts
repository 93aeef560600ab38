import { type CurrentSecret, FIRST_VERSION, type SecretVersion } from './secret-versions';

/** A stored hash, and the pepper that it was made with. */
export interface PepperedHash {
  readonly hash: string;
  /** The version of the pepper. Absent for the first one. */
  readonly pepperId?: number;
}

/** Hashes with the latest pepper. */
export const withPepper = (
  { issuing: { id, text } }: Pick<CurrentSecret, 'issuing'>,
  hashWith: (pepper: string) => string,
): PepperedHash => ({ hash: hashWith(text), ...(id !== FIRST_VERSION && { pepperId: id }) });

/** Returns the pepper of a stored hash. Returns undefined if an operator has dropped it. */
export const pepperOf = (
  { pepperId = FIRST_VERSION }: Pick<PepperedHash, 'pepperId'>,
  { accepted }: Pick<CurrentSecret, 'accepted'>,
): SecretVersion | undefined => accepted.find(({ id }) => id === pepperId);

/**
 * Returns whether a stored hash was made with a pepper before the latest one. If the clock of another
 * function is ahead, a hash can have a pepper that this function does not use yet. Such a hash stays.
 */
export const isFormer = (
  { pepperId = FIRST_VERSION }: Pick<PepperedHash, 'pepperId'>,
  { issuing }: Pick<CurrentSecret, 'issuing'>,
): boolean => pepperId < issuing.id;
