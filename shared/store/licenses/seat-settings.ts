import type { SeatPolicy } from '../domains/counts';
import { countsKey } from '../table/keys';
import type { Write } from '../table/write';

/** The seat settings of an administrator. Absent settings do not change. */
export interface SeatSettings {
  /** The largest number of active licenses; null for no limit. */
  readonly seats?: number | null;
  readonly seatPolicy?: SeatPolicy;
}

/**
 * Returns the write that sets the seats of a domain. It always changes the item, so that the stream starts a
 * promotion and free seats go to the queue. It also creates the counts with which conditions compare the
 * seats.
 */
export const seatSettingsWrite = (
  domainId: string,
  { seats, seatPolicy }: SeatSettings,
  at: string,
): Write => ({
  update: countsKey(domainId),
  set: { wokenAt: at, seats: seats ?? undefined, seatPolicy },
  setIfAbsent: { activeLicenses: 0, pendingLicenses: 0 },
  remove: seats === null ? ['seats'] : [],
});
