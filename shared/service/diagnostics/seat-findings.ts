import { timeOfId } from '../../id';
import type { SeatCounts } from '../../store/domains/counts';
import type { Waiting } from '../../store/licenses/seat-queue';
import type { Found } from './finding';
import { counted, dayOf } from './wording';

const ALMOST = 0.9;

/** What is to be said of a domain's seats; `oldest` are those that wait longest for one. */
export function seatFindings(counts: SeatCounts, oldest: readonly Waiting[]): Found[] {
  return [...usage(counts), ...(counts.pendingLicenses > 0 ? [pending(counts, oldest)] : [])];
}

const MAKE_ROOM =
  'License administrator: deactivate users who need no license any more, or ask the operator for more seats.';

function usage({ seats, seatPolicy, activeLicenses }: SeatCounts): Found[] {
  if (seats === undefined || activeLicenses < seats * ALMOST) return [];
  const taken = `${activeLicenses} of ${counted(seats, 'seat')} ${activeLicenses === 1 ? 'is' : 'are'} taken`;
  if (activeLicenses < seats) {
    const left = seats - activeLicenses;
    const next = seatPolicy === 'wait' ? 'new users have to wait' : 'new users are refused';
    return [
      {
        code: 'seats-almost-gone',
        severity: 'warning',
        found: `${taken}, ${left} ${left === 1 ? 'is' : 'are'} left; then ${next}.`,
        action: MAKE_ROOM,
      },
    ];
  }
  return [
    {
      code: 'seats-gone',
      severity: seatPolicy === 'wait' ? 'warning' : 'error',
      found: `${taken}. ${seatPolicy === 'wait' ? 'New users get no license before one is free.' : 'New users are refused.'}`,
      action: MAKE_ROOM,
    },
  ];
}

function pending({ pendingLicenses }: SeatCounts, oldest: readonly Waiting[]): Found {
  const [first] = oldest;
  const since = first ? `, the first since ${dayOf(timeOfId(first.changeId).toISOString())}` : '';
  const wait = counted(pendingLicenses, 'user waits', 'users wait');
  return {
    code: 'licenses-pending',
    severity: 'warning',
    found: `${wait} for a seat${since}. They have no license, and no mail was sent to them.`,
    action: `${MAKE_ROOM} Who waits longest comes first, without further ado.`,
    details: oldest.map(({ userId, changeId }) => ({ userId, since: timeOfId(changeId).toISOString() })),
  };
}
