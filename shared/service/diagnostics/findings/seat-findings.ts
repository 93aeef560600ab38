import { timeOfId } from '../../../id';
import type { SeatCounts } from '../../../store/domains/counts';
import type { QueuedLicense } from '../../../store/licenses/seat-queue';
import type { FindingDraft } from '../finding';
import { pluralize, dayOf } from '../wording';

const ALMOST_FULL = 0.9;

/** Reports a domain that has few or no free seats. `oldest` holds the licenses that have waited longest. */
export function seatFindings(counts: SeatCounts, oldest: readonly QueuedLicense[]): FindingDraft[] {
  return [...usageFindings(counts), ...(counts.pendingLicenses > 0 ? [pendingFinding(counts, oldest)] : [])];
}

const FREE_SEATS_ACTION =
  'License administrator: deactivate users who no longer need a license, or ask the operator for more seats.';

function usageFindings({ seats, seatPolicy, activeLicenses }: SeatCounts): FindingDraft[] {
  if (seats === undefined || activeLicenses < seats * ALMOST_FULL) return [];
  const verb = activeLicenses === 1 ? 'is' : 'are';
  const taken = `${activeLicenses} of ${pluralize(seats, 'seat')} ${verb} taken`;
  if (activeLicenses < seats) {
    const left = seats - activeLicenses;
    const next = seatPolicy === 'wait' ? 'new users must wait' : 'new users are refused';
    return [
      {
        code: 'seats-almost-gone',
        severity: 'warning',
        found: `${taken}, and ${left} ${left === 1 ? 'is' : 'are'} left. After that, ${next}.`,
        action: FREE_SEATS_ACTION,
      },
    ];
  }
  const consequence =
    seatPolicy === 'wait' ? 'New users get no license until a seat is free.' : 'New users are refused.';
  return [
    {
      code: 'seats-gone',
      severity: seatPolicy === 'wait' ? 'warning' : 'error',
      found: `${taken}. ${consequence}`,
      action: FREE_SEATS_ACTION,
    },
  ];
}

function pendingFinding({ pendingLicenses }: SeatCounts, oldest: readonly QueuedLicense[]): FindingDraft {
  const [first] = oldest;
  const since = first ? `, the first since ${dayOf(timeOfId(first.changeId).toISOString())}` : '';
  const waiting = pluralize(pendingLicenses, 'user is waiting', 'users are waiting');
  return {
    code: 'licenses-pending',
    severity: 'warning',
    found: `${waiting} for a seat${since}. They have no license, and no email was sent to them.`,
    action: `${FREE_SEATS_ACTION} Free seats go automatically to the users who have waited longest.`,
    details: oldest.map(({ userId, changeId }) => ({ userId, since: timeOfId(changeId).toISOString() })),
  };
}
