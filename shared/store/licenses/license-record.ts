import { ACTOR_KINDS } from '../audit/audit';
import { licenseRecordKey } from '../table/keys';
import {
  nonEmptyText,
  optionalNonEmptyText,
  oneOf,
  optionalMap,
  optionalOneOf,
  optionalText,
  text,
  type Item,
} from '../table/read-item';
import { itemOfImage, type StreamImage } from '../table/stream-record';
import { END_REASONS, type ChangedBy, type EndReason, type LicenseHolder } from './license-write';
import { readLicenseMapping, type LicenseMapping } from './license-mapping';
import { readMailProblem, readMailRefusal, type MailProblem, type MailRefusal } from './mail-problem';

export const LICENSE_STATUSES = ['active', 'inactive', 'pending'] as const;
export type LicenseStatus = (typeof LICENSE_STATUSES)[number];

/**
 * A license as it is stored. The license of a user who was never active has no `changeId` and no
 * `activationId`.
 */
export interface LicenseRecord extends LicenseHolder, LicenseMapping {
  readonly domainId: string;
  readonly userId: string;
  /** `pending`: the user is active, and the license is in the queue for a seat. */
  readonly status: LicenseStatus;
  /** The id of the last change of `status`, or of the last replacement of the key. */
  readonly changeId?: string;
  /**
   * The id of the activation from which the key is derived: the `changeId` of the change that issued the key.
   */
  readonly activationId?: string;
  /** The activation that the next one takes back, if it is soon enough after `endedAt` (RFC 3339, UTC). */
  readonly keptActivationId?: string;
  readonly endedAt?: string;
  /** The activation whose key the last change replaced. */
  readonly replacedActivationId?: string;
  /** The reason why the license is inactive. */
  readonly reason?: EndReason;
  /** The last change: who made it, and when (RFC 3339, UTC). */
  readonly changedBy?: ChangedBy;
  readonly changedAt?: string;
  /** The id of the last resend request for the current status. A change of status removes it. */
  readonly resendId?: string;
  readonly resentBy?: ChangedBy;
  readonly resentAt?: string;
  /** The last delivery problem; `currentMailProblem` tells whether it still applies. */
  readonly mailProblem?: MailProblem;
  /** The refusal of SES to send the last email; `currentMailProblem` tells whether it still applies. */
  readonly mailRefusal?: MailRefusal;
}

/** Returns the id of the last change or resend request of a license, after which the next one has to sort. */
export const lastIdOf = ({ changeId, resendId }: LicenseRecord): string | undefined =>
  changeId !== undefined && resendId !== undefined && resendId > changeId ? resendId : changeId;

/**
 * Returns the license of a stream image, without `mailProblem`; undefined for any other item. Throws
 * `MalformedItem`.
 */
export function licenseInImage(image: StreamImage | undefined): LicenseRecord | undefined {
  const domainId = image?.domainId?.S;
  const userId = image?.userId?.S;
  if (!image || !domainId || !userId || image.pk?.S !== licenseRecordKey(domainId, userId).pk)
    return undefined;
  const { mailProblem: _, ...item } = itemOfImage(image);
  return readLicenseItem(item);
}

/** Reads a license from its item. */
export const readLicenseItem = (item: Item): LicenseRecord => ({
  domainId: text(item, 'domainId'),
  userId: text(item, 'userId'),
  status: oneOf(item, 'status', LICENSE_STATUSES),
  email: optionalNonEmptyText(item, 'email'),
  userName: nonEmptyText(item, 'userName'),
  name: optionalText(item, 'name'),
  userType: nonEmptyText(item, 'userType'),
  language: optionalText(item, 'language'),
  changeId: optionalText(item, 'changeId'),
  activationId: optionalText(item, 'activationId'),
  keptActivationId: optionalText(item, 'keptActivationId'),
  endedAt: optionalText(item, 'endedAt'),
  replacedActivationId: optionalText(item, 'replacedActivationId'),
  reason: optionalOneOf(item, 'reason', END_REASONS),
  changedBy: optionalMap(item, 'changedBy', readChangedBy),
  changedAt: optionalText(item, 'changedAt'),
  resendId: optionalText(item, 'resendId'),
  resentBy: optionalMap(item, 'resentBy', readChangedBy),
  resentAt: optionalText(item, 'resentAt'),
  mailProblem: optionalMap(item, 'mailProblem', readMailProblem),
  mailRefusal: optionalMap(item, 'mailRefusal', readMailRefusal),
  ...readLicenseMapping(item),
});

/** Reads the actor of a change from a map in an item. */
export const readChangedBy = (actor: Item): ChangedBy => {
  const id = optionalText(actor, 'id');
  const name = optionalText(actor, 'name');
  return {
    kind: oneOf(actor, 'kind', ACTOR_KINDS),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
  };
};
