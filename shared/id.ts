import { v7 } from 'uuid';

/** A new UUIDv7: ids sort by the time of their creation. */
export const newId = (): string => v7();
