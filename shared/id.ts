import { v7 } from 'uuid';

/** A new UUIDv7: ids sort by the time of their creation. */
export const newId = (): string => v7();

/** When a UUIDv7 was made, to the millisecond: its first 48 bits (RFC 9562 §5.7). */
export const timeOfId = (id: string): Date => new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
