import type { LicenseStatus } from '../licenses/license-record';
import type { ChangedBy } from '../licenses/license-write';
import { mailKey } from '../table/keys';

/** Names an entry of a license's history and its mail: `mailId` is the id of the change, or of the wish to have it again. */
export interface MailRef {
  readonly domainId: string;
  readonly userId: string;
  readonly mailId: string;
}

/** What happened to a license. */
export interface LicenseEvent {
  /** The change of the license's status. */
  readonly changeId: string;
  readonly licenseStatus: LicenseStatus;
  readonly reason?: 'deactivated' | 'deleted';
  readonly by?: ChangedBy;
  /** RFC 3339, UTC. */
  readonly changedAt?: string;
}

/** What came of a mail in the end; `error` is for the operator to read. */
export type MailResult =
  | { readonly status: 'sent'; readonly messageId: string }
  | { readonly status: 'failed'; readonly error: string }
  | { readonly status: 'superseded' }
  /** Held back: an earlier mail to the address bounced or was complained of. */
  | { readonly status: 'suppressed' };

/** An entry of a license's history as it lies in the table, with what came of its mail. */
export interface MailItem extends MailRef, LicenseEvent {
  readonly kind: 'license-key' | 'license-deactivated' | 'none';
  /**
   * `due`: in the outbox. `claimed`: somebody sends it. `none`: there is nothing to send. The last three are what SES told of a
   * mail that was sent.
   */
  readonly status: 'due' | 'claimed' | 'none' | MailResult['status'] | 'delivered' | 'bounced' | 'complained';
  readonly to?: string;
  /** How often it was handed to SES. */
  readonly attempts?: number;
  /** Of the first time that it was handed to SES; a redrive begins anew. */
  readonly firstTriedAt?: string;
  /** When it is to be sent; names its item of the outbox. Only where it was not sent at once. */
  readonly dueAt?: string;
  readonly claimedAt?: string;
  /** Why the last try failed, or the mail in the end. */
  readonly error?: string;
  readonly messageId?: string;
  /** What the receiving server said, of what SES told last. */
  readonly detail?: string;
}

/** Whether the mail may still go out by itself. */
export const isOpen = ({ status }: MailItem): boolean => status === 'due' || status === 'claimed';

export function fromMailItem(domainId: string, item: Record<string, unknown>): MailItem {
  const { pk: _pk, sk, ttl: _ttl, ...rest } = item;
  const [userId = '', mailId = ''] = (sk as string).split('#');
  return { ...(rest as unknown as MailItem), domainId, userId, mailId };
}

export const mailKeyOf = ({ domainId, userId, mailId }: MailRef) => mailKey(domainId, userId, mailId);

/** Epoch seconds until which an entry is kept. */
export const expirySeconds = (now: Date, retentionDays: number): number =>
  Math.floor(now.getTime() / 1000) + retentionDays * 86_400;
