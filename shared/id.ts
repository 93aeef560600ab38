import { v7 } from 'uuid';

/**
 * Returns a new UUIDv7. UUIDv7s sort by the time of their creation, or by `time` if it is given.
 */
export const newId = (time?: Date): string => v7(time && { msecs: time.getTime() });

/** Returns the time at which a UUIDv7 was created, to the millisecond: its first 48 bits (RFC 9562 §5.7). */
export const timeOfId = (id: string): Date => new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16));

/** Returns a new UUIDv7 that sorts after `id`, even if the clock that made `id` was ahead of this one. */
export function newIdAfter(id: string | undefined): string {
  const created = newId();
  return id === undefined || id < created ? created : newId(new Date(timeOfId(id).getTime() + 1));
}

/** Returns the prefix of the UUIDv7s of this millisecond, which sorts before them: their first 48 bits. */
export function idPrefixOfTime(milliseconds: number): string {
  const digits = Math.max(0, milliseconds).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}`;
}

/** The position of the version in a UUID. */
const VERSION_AT = 14;

/**
 * Returns a new id of the credential of a connection test: a UUIDv8 (RFC 9562 §5.8) with the time and the
 * random bits of a UUIDv7. The version tells where the credential is stored, so that no token needs a second
 * read.
 */
export function newSimulationId(): string {
  const id = newId();
  return `${id.slice(0, VERSION_AT)}8${id.slice(VERSION_AT + 1)}`;
}

/** Returns whether an id is that of the credential of a connection test. */
export const isSimulationId = (id: string): boolean => id[VERSION_AT] === '8';
