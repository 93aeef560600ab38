import { v7 } from 'uuid';

/** Returns a new UUIDv7. UUIDv7s sort by the time of their creation. */
export const newId = (): string => v7();

/** Returns the time at which a UUIDv7 was created, to the millisecond: its first 48 bits (RFC 9562 §5.7). */
export const timeOfId = (id: string): Date => new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
