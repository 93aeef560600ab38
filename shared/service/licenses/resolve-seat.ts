import { ScimError } from '../../scim/error';
import { domainDeleted, type SeatCounts } from '../../store/domains/counts';
import { isSeatFree } from '../../store/licenses/seats';
import type { UserChange, UserStore } from '../../store/users/user-store';

/**
 * The knowledge from a failed write about the license and the seats. It is empty at first, because nothing is
 * read for it.
 */
export interface SeatResolution {
  /** True if no seat is free, so the activation is queued. */
  readonly queued?: boolean;
  /** The change that put the license into the queue, if it is queued. */
  readonly queuedChangeId?: string;
}

/**
 * Reads whether a seat is free, or whether the license is queued, after a `LicenseConflict` of `change`.
 * Throws 403 if the domain is deleted, or if no seat is free and the domain does not let users wait, and 503 if
 * `isLate`.
 */
export async function resolveSeat(
  store: Pick<UserStore, 'seats' | 'readQueuedChangeId'>,
  { license, audit }: UserChange,
  isLate: boolean,
): Promise<SeatResolution> {
  if (isLate) {
    throw ScimError.unavailable(
      "Many requests are taking and freeing the domain's seats at the same time. Send the request again.",
      1,
    );
  }
  if (license?.status === 'inactive')
    return { queuedChangeId: await store.readQueuedChangeId(audit.resourceId) };
  const counts = await store.seats();
  // The tombstone of a deleted domain has no seats.
  if (counts.deletedAt !== undefined) throw domainDeleted();
  if (isSeatFree(counts)) return {};
  if (counts.seatPolicy === 'wait') return { queued: true };
  throw ScimError.forbidden(noSeatDetail(counts));
}

function noSeatDetail({ seats = 0, pendingLicenses }: SeatCounts): string {
  const taken =
    pendingLicenses === 0 ? 'none of them is free' : 'free seats go first to users who are already waiting';
  return (
    `This domain has ${seats} ${seats === 1 ? 'seat' : 'seats'} for active users, and ${taken}. ` +
    'Deactivate or delete users who no longer need a license, or ask the operator of this service for ' +
    'more seats. Then send ' +
    'the request again. Users with "active": false need no seat.'
  );
}
