import { timeOfId } from '../../../id';
import type { SeatCounts } from '../../../store/domains/counts';
import type { QueuedLicense } from '../../../store/licenses/seat-queue';
import { draftFinding, type FindingDraft } from '../finding';
import { dayOf } from '../wording';

const ALMOST_FULL = 0.9;

/** Reports a domain that has few or no free seats. `oldest` holds the licenses that have waited longest. */
export function seatFindings(counts: SeatCounts, oldest: readonly QueuedLicense[]): FindingDraft[] {
  return [...usageFindings(counts), ...(counts.pendingLicenses > 0 ? [pendingFinding(counts, oldest)] : [])];
}

function usageFindings({ seats, seatPolicy, activeLicenses }: SeatCounts): FindingDraft[] {
  if (seats === undefined || activeLicenses < seats * ALMOST_FULL) return [];
  const facts = { active: activeLicenses, seats, policy: seatPolicy };
  if (activeLicenses < seats) return [draftFinding('seats-almost-gone', 'warning', facts)];
  return [draftFinding('seats-gone', seatPolicy === 'wait' ? 'warning' : 'error', facts)];
}

function pendingFinding({ pendingLicenses }: SeatCounts, oldest: readonly QueuedLicense[]): FindingDraft {
  const [first] = oldest;
  const sinceOf = ({ changeId }: QueuedLicense): string => timeOfId(changeId).toISOString();
  return draftFinding(
    'licenses-pending',
    'warning',
    { waiting: pendingLicenses, ...(first && { since: dayOf(sinceOf(first)) }) },
    oldest.map((license) => ({ userId: license.userId, since: sinceOf(license) })),
  );
}
