import { USER_TYPES } from '../../scim/schemas/product-user';
import { licenseRecordKey } from '../table/keys';
import type { StreamImage } from '../table/stream-record';
import type { ChangedBy, LicenseHolder } from './license-write';
import type { MailProblem } from './mail-problem';

export const LICENSE_STATUSES = ['active', 'inactive', 'pending'] as const;
export type LicenseStatus = (typeof LICENSE_STATUSES)[number];

/** A license as it lies in the table. A holder who never was active has one without `changeId` and `activationId`. */
export interface LicenseRecord extends LicenseHolder {
  readonly domainId: string;
  readonly userId: string;
  /** `pending`: the user is active, and the license waits for a seat. */
  readonly status: LicenseStatus;
  /** Names the last change of `status`. */
  readonly changeId?: string;
  /** Of the last activation; the key is derived from it. */
  readonly activationId?: string;
  /** Why the license is inactive. */
  readonly reason?: 'deactivated' | 'deleted';
  /** By whom `status` was changed last, and when (RFC 3339, UTC). */
  readonly changedBy?: ChangedBy;
  readonly changedAt?: string;
  /** Names the last wish to have the mail of this status once more; a change of status takes it away. */
  readonly resendId?: string;
  readonly resentBy?: ChangedBy;
  readonly resentAt?: string;
  /** As it was told; shared/store/licenses/mail-problem.ts says whether it still is one. Not in the stream's images. */
  readonly mailProblem?: MailProblem;
}

/** The license in a stream image; undefined for any other item. Throws for a license that is not whole. */
export function licenseInImage(image: StreamImage | undefined): LicenseRecord | undefined {
  const text = (name: string): string | undefined => image?.[name]?.S;
  const domainId = text('domainId');
  const userId = text('userId');
  if (!domainId || !userId || text('pk') !== licenseRecordKey(domainId, userId).pk) return undefined;

  const required = <T extends string>(name: string, allowed?: readonly T[]): T => {
    const value = text(name) as T | undefined;
    if (value && (allowed?.includes(value) ?? true)) return value;
    throw new Error(`The license of user ${userId} of domain ${domainId} has no valid "${name}".`);
  };
  return {
    domainId,
    userId,
    status: required('status', LICENSE_STATUSES),
    email: required('email'),
    userName: required('userName'),
    name: text('name'),
    userType: required('userType', USER_TYPES),
    language: text('language'),
    changeId: text('changeId'),
    activationId: text('activationId'),
    reason: text('reason') as LicenseRecord['reason'],
    changedBy: changedByIn(image?.changedBy?.M),
    changedAt: text('changedAt'),
    resendId: text('resendId'),
    resentBy: changedByIn(image?.resentBy?.M),
    resentAt: text('resentAt'),
  };
}

function changedByIn(image: StreamImage | undefined): ChangedBy | undefined {
  const [kind, id, name] = ['kind', 'id', 'name'].map((part) => image?.[part]?.S);
  return kind === undefined
    ? undefined
    : {
        kind: kind as ChangedBy['kind'],
        ...(id !== undefined && { id }),
        ...(name !== undefined && { name }),
      };
}
