import { newIdAfter } from '../../id';
import type { LicenseOutcome } from '../../store/audit/audit';
import type { KeyGrace } from '../../store/licenses/key-grace';
import { lastIdOf, type LicenseRecord } from '../../store/licenses/license-record';
import type { EndReason, LicenseChange } from '../../store/licenses/license-write';

/**
 * Returns the id of the next change, or of the next resend request, of a license. It sorts after the former
 * ones, even if the clock that made them was ahead of this one.
 */
export const nextChangeId = (license: LicenseRecord | undefined): string =>
  newIdAfter(license && lastIdOf(license));

/** Returns the change by which a license becomes active or, with `isQueued`, enters the queue for a seat. */
export function activation(
  changeId: string,
  { isQueued = false, grace }: { readonly isQueued?: boolean; readonly grace?: KeyGrace },
): LicenseChange {
  const key = grace ? { grace } : {};
  return isQueued
    ? { status: 'pending', changeId, ...key }
    : { status: 'active', changeId, activationId: changeId, ...key };
}

/**
 * Returns the change by which a license ends. `queuedChangeId` is the change that put it into the queue, if
 * it waits.
 */
export const ending = (changeId: string, reason: EndReason, queuedChangeId?: string): LicenseChange => ({
  status: 'inactive',
  changeId,
  reason,
  ...(queuedChangeId !== undefined && { queuedChangeId }),
});

/** Returns what the audit log says of a change; undefined if the license has never been active. */
export function licenseOutcome(change: LicenseChange): LicenseOutcome | undefined {
  if (change.changeId === undefined) return undefined;
  if (change.status === 'inactive') return change.queuedChangeId === undefined ? 'deactivated' : 'withdrawn';
  return change.status === 'active' ? 'activated' : 'pending';
}
