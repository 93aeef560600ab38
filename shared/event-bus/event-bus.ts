/** An entry of a request to an event bus. */
export interface BusEntry {
  readonly source: string;
  readonly detailType: string;
  /** A JSON object. */
  readonly detail: string;
  readonly resources: readonly string[];
  readonly time: Date;
}

/** The result of an entry. Without an error code, the bus has accepted it. */
export interface EntryResult {
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/**
 * Sends up to `MAX_ENTRIES` entries of at most `MAX_BYTES` in all. Returns a result for each of them in their
 * order.
 */
export type PutEvents = (entries: readonly BusEntry[]) => Promise<EntryResult[]>;

/** EventBridge's limits on the number of entries of a request, and on their sizes in all. */
export const MAX_ENTRIES = 10;
export const MAX_BYTES = 262_144;

/** A time counts as 14 bytes, however long it is. */
const TIME_BYTES = 14;

/** Returns the size of an entry as EventBridge counts it. */
export const sizeOf = ({ source, detailType, detail, resources }: Omit<BusEntry, 'time'>): number =>
  [source, detailType, detail, ...resources].reduce((sum, text) => sum + Buffer.byteLength(text), TIME_BYTES);
