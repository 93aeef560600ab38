import { countsWrite, type Counts, type CountsCondition, type SeatCounts } from '../domains/counts';
import { pendingKey } from '../table/keys';
import type { Write } from '../table/write';
import { LicenseConflict, type LicenseChange } from './license-write';

const licenseConflict = () => new LicenseConflict();

/** A new activation does not overtake queued licenses. */
const SEAT_IS_FREE: CountsCondition = {
  expression:
    'attribute_not_exists(seats) OR (activeLicenses < seats AND ' +
    '(attribute_not_exists(pendingLicenses) OR pendingLicenses = :none))',
  values: { none: 0 },
  conditionError: licenseConflict,
};

const MUST_QUEUE: CountsCondition = {
  expression:
    'seatPolicy = :wait AND attribute_exists(seats) AND (activeLicenses >= seats OR pendingLicenses > :none)',
  values: { wait: 'wait', none: 0 },
  conditionError: licenseConflict,
};

const HAS_ROOM: CountsCondition = {
  expression: 'attribute_not_exists(seats) OR activeLicenses < seats',
  conditionError: licenseConflict,
};

/** Returns whether the number of seats allows another active license. */
export const hasRoom = ({ seats, activeLicenses }: SeatCounts): boolean =>
  seats === undefined || activeLicenses < seats;

/** Returns whether a new activation gets a seat: one that no queued license is waiting for. */
export const isSeatFree = (counts: SeatCounts): boolean =>
  counts.seats === undefined || (hasRoom(counts) && counts.pendingLicenses === 0);

/**
 * Returns the writes that update the counts and the queue for a change of a license. `users` is added to the
 * number of users. The writes fail with `LicenseConflict` if the seats are not as the change assumes.
 */
export function seatWrites(
  domainId: string,
  userId: string,
  license: LicenseChange | undefined,
  users = 0,
): Write[] {
  const counts: Partial<Counts> = { users, ...(license && countsDelta(license)) };
  const counted = Object.values(counts).some((delta) => delta !== 0);
  return [
    ...(counted ? [countsWrite(domainId, counts, license && conditionOf(license))] : []),
    ...(license ? queueWrites(domainId, userId, license) : []),
  ];
}

function countsDelta(license: LicenseChange): Partial<Counts> {
  const wasQueued = license.queuedChangeId !== undefined;
  const pendingLicenses = license.status === 'pending' ? 1 : wasQueued ? -1 : 0;
  if (license.status === 'active') return { pendingLicenses, activeLicenses: 1 };
  const wasActive = license.status === 'inactive' && license.changeId !== undefined && !wasQueued;
  return { pendingLicenses, activeLicenses: wasActive ? -1 : 0 };
}

function conditionOf({ status, queuedChangeId }: LicenseChange): CountsCondition | undefined {
  if (status === 'pending') return MUST_QUEUE;
  if (status === 'active') return queuedChangeId === undefined ? SEAT_IS_FREE : HAS_ROOM;
  return undefined;
}

function queueWrites(
  domainId: string,
  userId: string,
  { status, changeId, queuedChangeId }: LicenseChange,
): Write[] {
  if (status === 'pending') return [{ put: { ...pendingKey(domainId, changeId), userId } }];
  return queuedChangeId === undefined ? [] : [{ delete: pendingKey(domainId, queuedChangeId) }];
}
