import { ScimError } from '../../scim/error';
import type { SeatCounts } from '../../store/domains/counts';
import { isSeatFree } from '../../store/licenses/seats';
import type { UserChange, UserStore } from '../../store/users/user-store';
import type { SeatResolution } from './user-change';

/**
 * How the license of a user stands, after a `LicenseConflict` of the change that was tried. Throws 403 where it is to be active,
 * no seat is free and the domain lets nobody wait; 503 where there is no time to try again.
 */
export async function resolveSeat(
  store: Pick<UserStore, 'seats' | 'readQueuedChangeId'>,
  { license, audit }: UserChange,
  isLate: boolean,
): Promise<SeatResolution> {
  if (isLate) {
    throw ScimError.unavailable(
      'Seats of the domain are given and freed by many requests at once. Send the request again.',
      1,
    );
  }
  if (license?.status === 'inactive')
    return { queuedChangeId: await store.readQueuedChangeId(audit.resourceId) };
  const counts = await store.seats();
  if (isSeatFree(counts)) return {};
  if (counts.seatPolicy === 'wait') return { queued: true };
  throw ScimError.forbidden(noSeatDetail(counts));
}

function noSeatDetail({ seats = 0, pendingLicenses }: SeatCounts): string {
  const taken =
    pendingLicenses === 0 ? 'none of them is free' : 'those that become free go to users who wait already';
  return (
    `This domain has ${seats} ${seats === 1 ? 'seat' : 'seats'} for active users, and ${taken}. ` +
    'Deactivate or delete users who need no license any more, or ask the operator of this service for more seats; then send the ' +
    'request again. Users with "active": false need no seat.'
  );
}
