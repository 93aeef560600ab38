import { LICENSE_STATUSES, readChangedBy, type LicenseStatus } from '../licenses/license-record';
import { END_REASONS, type ChangedBy, type EndReason } from '../licenses/license-write';
import { type ItemKey } from '../table/keys';
import { keyReminderKey, mailKey } from '../table/mail-keys';
import {
  oneOf,
  optionalMap,
  optionalNumber,
  optionalOneOf,
  optionalText,
  optionalTexts,
  text,
  type Item,
} from '../table/read-item';

/**
 * Identifies an entry of a license's history and its email. `mailId` is the id of the change or of the resend
 * request.
 */
export interface MailRef {
  readonly domainId: string;
  readonly userId: string;
  readonly mailId: string;
}

/** Identifies the reminder that a SCIM key expires, to one address. */
export interface KeyReminderRef {
  readonly domainId: string;
  readonly keyId: string;
  readonly reminderId: string;
}

/** Identifies an email. The tags of the email at SES have the same names. */
export type AnyMailRef = MailRef | KeyReminderRef;

const KEY_CHANGES = ['kept', 'replaced'] as const;
/**
 * `kept`: a license became active again with the key that it had before. `replaced`: an active license got
 * another key.
 */
export type KeyChange = (typeof KEY_CHANGES)[number];

/** A change of a license. */
export interface LicenseEvent {
  /** The id of the change of status, or of the replacement of the key. */
  readonly changeId: string;
  readonly licenseStatus: LicenseStatus;
  /** Absent if an activation issued a new key, and for a license that is not active. */
  readonly keyChange?: KeyChange;
  readonly reason?: EndReason;
  readonly by?: ChangedBy;
  /** RFC 3339, UTC. */
  readonly changedAt?: string;
}

/**
 * The final result of an email. `error` is for operators. `userType`: the type in the email, if it is not the
 * one with which it was claimed.
 */
export type MailResult =
  | { readonly status: 'sent'; readonly messageId: string; readonly userType?: string }
  | { readonly status: 'failed'; readonly error: string }
  | { readonly status: 'superseded' }
  /** The email was not sent, because an earlier email to the address bounced or caused a complaint. */
  | { readonly status: 'suppressed' };

const MAIL_KINDS = ['license-key', 'license-deactivated', 'none'] as const;
/**
 * `due`: in the outbox. `claimed`: leased by a sender. `none`: there is no email. `no-address`: the license
 * had no address when the email was due; it is sent when an address arrives. `delivered`, `bounced`, and
 * `complained` come from SES after an email was sent.
 */
const MAIL_STATUSES = [
  'due',
  'claimed',
  'none',
  'sent',
  'failed',
  'superseded',
  'suppressed',
  'no-address',
  'delivered',
  'bounced',
  'complained',
] as const;

/** The times of statuses and of delivery events; RFC 3339, UTC. */
const TIMES = [
  'claimedAt',
  'sentAt',
  'failedAt',
  'supersededAt',
  'suppressedAt',
  'deliveredAt',
  'softBouncedAt',
  'bouncedAt',
  'complainedAt',
  'rejectedAt',
] as const;
type MailTimes = { readonly [Name in (typeof TIMES)[number]]?: string };

/** The state of an email. */
export interface MailState extends MailTimes {
  readonly status: (typeof MAIL_STATUSES)[number];
  readonly to?: string;
  /** The number of attempts to send it that SES may have accepted. */
  readonly attempts?: number;
  /** The time of the first attempt; a redrive starts over. */
  readonly firstTriedAt?: string;
  /** The due time, which is also part of the key of its outbox entry. Absent if it was sent at once. */
  readonly dueAt?: string;
  /** The reason why the last attempt, or the email, failed. */
  readonly error?: string;
  readonly messageId?: string;
  /** The response of the receiving server in the last delivery event. */
  readonly detail?: string;
}

/** An entry of a license's history as it is stored, with the state of its email. */
export interface MailItem extends MailRef, LicenseEvent, MailState {
  readonly kind: (typeof MAIL_KINDS)[number];
  /** The activation whose key is in the email. Absent for emails of earlier versions. */
  readonly activationId?: string;
  /**
   * The user type in the email with the key. Absent before it is claimed, and for emails of earlier versions.
   */
  readonly userType?: string;
  /**
   * The ids of the earlier emails of the license that `decisiveMails` returns. When this entry was stored,
   * all earlier emails were settled. Absent if that is not known.
   */
  readonly toldBy?: readonly string[];
}

/** The content of an entry that is stored. */
export type NewEntry = LicenseEvent & Pick<MailItem, 'toldBy'>;

/** The status of an email that had no address. */
export const NO_ADDRESS = 'no-address';

/** Returns whether the email may still be sent without a redrive. */
export const isOpen = ({ status }: MailState): boolean => status === 'due' || status === 'claimed';

/**
 * Returns whether the user may know the key of the last change of an active license: its email is being sent
 * or may have been accepted by SES, or no email was needed because the user has the key.
 */
export const isKeyMailed = ({ kind, status, attempts = 0 }: MailItem): boolean =>
  kind === 'none' || status === 'claimed' || attempts > 0;

/**
 * Reads an entry from its item. The first entries had only an email, and no `changeId` or `licenseStatus`.
 */
export function readMailItem(domainId: string, item: Item): MailItem {
  const [userId = '', mailId = ''] = text(item, 'sk').split('#');
  const kind = oneOf(item, 'kind', MAIL_KINDS);
  return {
    domainId,
    userId,
    mailId,
    changeId: optionalText(item, 'changeId') ?? mailId,
    licenseStatus:
      optionalOneOf(item, 'licenseStatus', LICENSE_STATUSES) ??
      (kind === 'license-deactivated' ? 'inactive' : 'active'),
    keyChange: optionalOneOf(item, 'keyChange', KEY_CHANGES),
    reason: optionalOneOf(item, 'reason', END_REASONS),
    by: optionalMap(item, 'by', readChangedBy),
    changedAt: optionalText(item, 'changedAt'),
    kind,
    activationId: optionalText(item, 'activationId'),
    userType: optionalText(item, 'userType'),
    toldBy: optionalTexts(item, 'toldBy'),
    ...readMailState(item),
  };
}

/** Reads the state of an email from its item. */
export const readMailState = (item: Item): MailState => ({
  status: oneOf(item, 'status', MAIL_STATUSES),
  to: optionalText(item, 'to'),
  attempts: optionalNumber(item, 'attempts'),
  firstTriedAt: optionalText(item, 'firstTriedAt'),
  dueAt: optionalText(item, 'dueAt'),
  error: optionalText(item, 'error'),
  messageId: optionalText(item, 'messageId'),
  detail: optionalText(item, 'detail'),
  ...readTimes(item),
});

const readTimes = (item: Item): MailTimes =>
  Object.fromEntries(TIMES.flatMap((name) => (item[name] === undefined ? [] : [[name, text(item, name)]])));

export const mailKeyOf = (ref: AnyMailRef): ItemKey =>
  'keyId' in ref
    ? keyReminderKey(ref.domainId, ref.keyId, ref.reminderId)
    : mailKey(ref.domainId, ref.userId, ref.mailId);

/** Returns when an entry expires, in seconds since the epoch. */
export const expirySeconds = (now: Date, retentionDays: number): number =>
  Math.floor(now.getTime() / 1000) + retentionDays * 86_400;
