import { ScimError } from '../../scim/error';
import type { CountsSnapshot } from '../../store/domains/counts';
import type { CountsConflict } from '../../store/domains/counts-write';
import { lastIdOf, type LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseConflict } from '../../store/licenses/license-write';
import { chooseFreeSeat, chooseReturn, type SeatChoice } from '../../store/licenses/seats';
import type { UserChange, UserStore } from '../../store/users/user-store';

/**
 * The knowledge from failed writes about the license and the seats. It is empty at first, because nothing is
 * read for it.
 */
export interface SeatResolution {
  /** True if no seat is free, so the activation is queued. */
  readonly queued?: boolean;
  /** The change that put the license into the queue, if it is queued. */
  readonly queuedChangeId?: string;
  /**
   * The id of the last change or resend request of the license, if it is active. That of the next one sorts
   * after it.
   */
  readonly lastId?: string;
  /** True if the license is inactive although the user is active: a mapping gives the user none. */
  readonly isEnded?: boolean;
  /** The shards of the counts that have the seat. */
  readonly choice?: SeatChoice;
}

/**
 * Returns what a failed write of `change` has shown: whether the license is queued, or where a seat is free.
 * Throws 403 if no seat is free and the domain does not let users wait, and 503 if `isLate`.
 */
export async function resolveSeat(
  store: Pick<UserStore, 'readLicense'>,
  { license, audit }: UserChange,
  conflict: LicenseConflict | CountsConflict,
  isLate: boolean,
): Promise<SeatResolution> {
  if (isLate) {
    throw ScimError.unavailable(
      "Many requests are taking and freeing the domain's seats at the same time. Send the request again.",
      1,
    );
  }
  const snapshot = 'snapshot' in conflict ? conflict.snapshot : undefined;
  if (!snapshot) return resolutionOf(await store.readLicense(audit.resourceId));
  if (license?.status === 'inactive') return { choice: chooseReturn(snapshot) };
  const choice = chooseFreeSeat(snapshot);
  if (choice) return { choice };
  if (snapshot.seatPolicy === 'wait') return { queued: true };
  throw ScimError.forbidden(noSeatDetail(snapshot));
}

const resolutionOf = (stored: LicenseRecord | undefined): SeatResolution =>
  stored?.status === 'pending'
    ? { queuedChangeId: stored.changeId }
    : stored?.status === 'inactive'
      ? { isEnded: true }
      : { lastId: stored && lastIdOf(stored) };

/** Returns the error of an activation for which no seat is free. */
export const noSeatDetail = ({ seats = 0 }: Pick<CountsSnapshot, 'seats'>): string =>
  `This domain has ${seats} ${seats === 1 ? 'seat' : 'seats'} for active users, and none of them is free. ` +
  'Deactivate or delete users who no longer need a license, or ask the operator of this service for more seats. Then ' +
  'send the request again. Users with "active": false need no seat.';
