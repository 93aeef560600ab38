import { countsWrite, type Counts, type CountsCondition, type SeatCounts } from '../domains/counts';
import { pendingKey } from '../table/keys';
import { LicenseConflict } from './license-write';
import type { LicenseChange } from './license-write';
import type { Write } from '../table/transaction';

const licenseConflict = () => new LicenseConflict();

/** Nobody overtakes those who wait. */
const SEAT_IS_FREE: CountsCondition = {
  expression:
    'attribute_not_exists(seats) OR (activeLicenses < seats AND ' +
    '(attribute_not_exists(pendingLicenses) OR pendingLicenses = :none))',
  values: { ':none': 0 },
  conditionError: licenseConflict,
};

const MUST_QUEUE: CountsCondition = {
  expression:
    'seatPolicy = :wait AND attribute_exists(seats) AND (activeLicenses >= seats OR pendingLicenses > :none)',
  values: { ':wait': 'wait', ':none': 0 },
  conditionError: licenseConflict,
};

const HAS_ROOM: CountsCondition = {
  expression: 'attribute_not_exists(seats) OR activeLicenses < seats',
  conditionError: licenseConflict,
};

/** Whether another license may be active. */
export const hasRoom = ({ seats, activeLicenses }: SeatCounts): boolean =>
  seats === undefined || activeLicenses < seats;

/** Whether a license that is to be active now finds a seat: one that is left over by those who wait. */
export const isSeatFree = (counts: SeatCounts): boolean =>
  counts.seats === undefined || (hasRoom(counts) && counts.pendingLicenses === 0);

/**
 * The writes by which the counts, and the queue of those who wait for a seat, follow a change of a license; `users` is what it
 * adds to the number of users. Refused with `LicenseConflict` where the seats are not as the change presumes.
 */
export function seatWrites(
  domainId: string,
  userId: string,
  license: LicenseChange | undefined,
  users = 0,
): Write[] {
  const counts: Partial<Counts> = { users, ...(license && countsDelta(license)) };
  const counted = Object.values(counts).some((by) => by !== 0);
  return [
    ...(counted ? [countsWrite(domainId, counts, license && conditionOf(license))] : []),
    ...(license ? queueWrites(domainId, userId, license) : []),
  ];
}

function countsDelta(license: LicenseChange): Partial<Counts> {
  const wasWaiting = license.queuedChangeId !== undefined;
  const pendingLicenses = license.status === 'pending' ? 1 : wasWaiting ? -1 : 0;
  if (license.status === 'active') return { pendingLicenses, activeLicenses: 1 };
  const wasActive = license.status === 'inactive' && license.changeId !== undefined && !wasWaiting;
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
  if (status === 'pending') return [{ Put: { Item: { ...pendingKey(domainId, changeId), userId } } }];
  return queuedChangeId === undefined ? [] : [{ Delete: { Key: pendingKey(domainId, queuedChangeId) } }];
}
