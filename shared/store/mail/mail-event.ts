import type { AnyMailRef, MailState } from './mail-item';

/**
 * An event of SES about an email that it accepted. `bounced` is permanent. `softBounced` is temporary, e.g. a
 * full mailbox or an automatic reply. `rejected`: SES did not send the email.
 */
export interface MailEvent {
  readonly ref: AnyMailRef;
  readonly kind: 'delivered' | 'softBounced' | 'bounced' | 'complained' | 'rejected';
  /** The time of the event; RFC 3339, UTC. */
  readonly at: string;
  /** The time when SES accepted the email. */
  readonly sentAt: string;
  readonly messageId: string;
  /** One line. */
  readonly detail: string;
}

/** Events come in any order; the status with the highest rank wins. */
const RANKS: Readonly<Record<string, number>> = { delivered: 1, bounced: 2, complained: 3 };
const rankOf = (status: string): number => RANKS[status] ?? 0;

/**
 * Returns the attributes of an email that an event changes; undefined if the event was recorded before. If
 * the sender failed before it recorded that SES accepted the email, the event marks the email as sent, so
 * that it is not sent again.
 */
export function changesAfterEvent(
  item: MailState,
  event: MailEvent,
): Readonly<Record<string, string>> | undefined {
  const { kind, at, detail } = event;
  if (item[`${kind}At`] !== undefined) return undefined;
  const status = statusAfter(item.status, kind);
  return {
    [`${kind}At`]: at,
    ...(status && { status }),
    ...(kind === 'rejected' && status ? { error: detail } : kind !== 'delivered' && { detail }),
    ...(item.messageId === undefined && { messageId: event.messageId }),
    ...(item.sentAt === undefined && { sentAt: event.sentAt }),
  };
}

/** Returns undefined if the status does not change. */
function statusAfter(before: string, kind: MailEvent['kind']): string | undefined {
  if (kind === 'rejected') return rankOf(before) === 0 ? 'failed' : undefined;
  if (kind === 'softBounced') return before === 'due' || before === 'claimed' ? 'sent' : undefined;
  return rankOf(kind) > rankOf(before) ? kind : undefined;
}
