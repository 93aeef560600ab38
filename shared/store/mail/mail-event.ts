import type { MailItem, MailRef } from './mail-item';

/**
 * What SES tells of a mail that it took. `bounced`: for good. `softBounced`: this once, as for a full mailbox or an answer by a
 * machine. `rejected`: SES did not send it after all.
 */
export interface MailEvent {
  readonly ref: MailRef;
  readonly kind: 'delivered' | 'softBounced' | 'bounced' | 'complained' | 'rejected';
  /** When it happened; RFC 3339, UTC. */
  readonly at: string;
  /** When SES took the mail. */
  readonly sentAt: string;
  readonly messageId: string;
  /** One line. */
  readonly detail: string;
}

/** Events come in any order: the worst one stands. */
const RANKS: Readonly<Record<string, number>> = { delivered: 1, bounced: 2, complained: 3 };
const rankOf = (status: string): number => RANKS[status] ?? 0;

/**
 * What an event changes of a mail; undefined where it is known already. A mail whose sender died before it could write down
 * that SES took it counts as sent from here on, so that it is not sent again.
 */
export function changesAfterEvent(
  item: MailItem,
  event: MailEvent,
): Readonly<Record<string, string>> | undefined {
  const { kind, at, detail } = event;
  const known = item as unknown as Readonly<Record<string, string | undefined>>;
  if (known[`${kind}At`] !== undefined) return undefined;
  const status = statusAfter(item.status, kind);
  return {
    [`${kind}At`]: at,
    ...(status && { status }),
    ...(kind === 'rejected' && status ? { error: detail } : kind !== 'delivered' && { detail }),
    ...(known.messageId === undefined && { messageId: event.messageId }),
    ...(known.sentAt === undefined && { sentAt: event.sentAt }),
  };
}

/** Undefined where it stays. */
function statusAfter(before: string, kind: MailEvent['kind']): string | undefined {
  if (kind === 'rejected') return rankOf(before) === 0 ? 'failed' : undefined;
  if (kind === 'softBounced') return before === 'due' || before === 'claimed' ? 'sent' : undefined;
  return rankOf(kind) > rankOf(before) ? kind : undefined;
}
