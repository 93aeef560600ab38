import type { Actor } from '../audit/audit';
import { mailKey } from '../table/mail-keys';
import type { Write } from '../table/write';
import { ITEM_IS_ABSENT } from '../table/write';
import type { MappedLicense } from './license-mapping';
import type { LicenseRecord } from './license-record';
import { changedBy, LicenseConflict, licenseWrite, type LicenseHolder } from './license-write';

/** A result that keeps the status of its license. */
export interface ResultChange {
  readonly before: LicenseRecord;
  readonly holder: LicenseHolder;
  readonly mapped: MappedLicense;
  /** Replaces the key of the license by that of this activation. */
  readonly newActivationId?: string;
}

const conditionError = () => new LicenseConflict();

/**
 * Returns the write that stores a result in a license. It fails with `LicenseConflict` if the status or the
 * key has changed since the license was read.
 */
export function resultWrite(
  { before, holder, mapped, newActivationId }: ResultChange,
  at: string,
  actor: Actor,
): Write {
  const { domainId, userId, status, changeId, activationId } = before;
  const write = licenseWrite({ domainId, userId, audit: { at, actor }, holder, mapped });
  if (!('update' in write)) return write;
  return {
    ...write,
    ...(newActivationId !== undefined && {
      set: {
        ...write.set,
        changeId: newActivationId,
        activationId: newActivationId,
        replacedActivationId: activationId,
        changedAt: at,
        changedBy: changedBy(actor),
      },
      remove: [...(write.remove ?? []), 'resendId', 'resentBy', 'resentAt'],
    }),
    condition: {
      expression: `#status = :statusBefore AND ${changeId === undefined ? 'attribute_not_exists(#changeId)' : '#changeId = :changeBefore'}`,
      values: { statusBefore: status, ...(changeId !== undefined && { changeBefore: changeId }) },
    },
    conditionError,
  };
}

/**
 * Returns the write that fails with `LicenseConflict` if the email of a license's last change has another
 * status than `status`, which is undefined if it has no entry yet.
 */
export function mailCheck(
  { domainId, userId, changeId = '' }: LicenseRecord,
  status: string | undefined,
): Write {
  return {
    check: mailKey(domainId, userId, changeId),
    condition:
      status === undefined ? ITEM_IS_ABSENT : { expression: '#status = :status', values: { status } },
    conditionError,
  };
}
