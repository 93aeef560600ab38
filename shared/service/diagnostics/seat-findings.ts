import { timeOfId } from '../../id';
import type { SeatCounts } from '../../store/domains/counts';
import type { QueuedLicense } from '../../store/licenses/seat-queue';
import type { FindingDraft } from './finding';
import { pluralize, dayOf } from './wording';

const ALMOST_FULL = 0.9;

/** What is to be said of a domain's seats; `oldest` are those that wait longest for one. */
export function seatFindings(counts: SeatCounts, oldest: readonly QueuedLicense[]): FindingDraft[] {
  return [...usageFindings(counts), ...(counts.pendingLicenses > 0 ? [pendingFinding(counts, oldest)] : [])];
}

const FREE_SEATS_ACTION =
  'License administrator: deactivate users who need no license any more, or ask the operator for more seats.';

function usageFindings({ seats, seatPolicy, activeLicenses }: SeatCounts): FindingDraft[] {
  if (seats === undefined || activeLicenses < seats * ALMOST_FULL) return [];
  const taken = `${activeLicenses} of ${pluralize(seats, 'seat')} ${activeLicenses === 1 ? 'is' : 'are'} taken`;
  if (activeLicenses < seats) {
    const left = seats - activeLicenses;
    const next = seatPolicy === 'wait' ? 'new users have to wait' : 'new users are refused';
    return [
      {
        code: 'seats-almost-gone',
        severity: 'warning',
        found: `${taken}, ${left} ${left === 1 ? 'is' : 'are'} left; then ${next}.`,
        action: FREE_SEATS_ACTION,
      },
    ];
  }
  return [
    {
      code: 'seats-gone',
      severity: seatPolicy === 'wait' ? 'warning' : 'error',
      found: `${taken}. ${seatPolicy === 'wait' ? 'New users get no license before one is free.' : 'New users are refused.'}`,
      action: FREE_SEATS_ACTION,
    },
  ];
}

function pendingFinding({ pendingLicenses }: SeatCounts, oldest: readonly QueuedLicense[]): FindingDraft {
  const [first] = oldest;
  const since = first ? `, the first since ${dayOf(timeOfId(first.changeId).toISOString())}` : '';
  const wait = pluralize(pendingLicenses, 'user waits', 'users wait');
  return {
    code: 'licenses-pending',
    severity: 'warning',
    found: `${wait} for a seat${since}. They have no license, and no mail was sent to them.`,
    action: `${FREE_SEATS_ACTION} Who waits longest comes first, without further ado.`,
    details: oldest.map(({ userId, changeId }) => ({ userId, since: timeOfId(changeId).toISOString() })),
  };
}
