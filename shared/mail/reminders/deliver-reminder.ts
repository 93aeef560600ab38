import { errorText } from '../../logging/error-fields';
import type { KeyReminderStore } from '../../store/mail/key-reminder-store';
import type { SuppressionStore } from '../../store/mail/suppression-store';
import type { RenderedMail } from '../content/render';
import { isCertainlyUnsent, MailRefused, type SendMail } from '../ses/ses-sender';
import type { DueReminder } from './due-reminders';

/**
 * The duration of a lease. If the response of SES is lost, its delivery event has this time to show that SES
 * accepted the email. It is shorter than the time until the next run.
 */
export const REMINDER_LEASE_MS = 30 * 60_000;

export interface ReminderDelivery {
  readonly reminders: Pick<KeyReminderStore, 'claim' | 'mark' | 'release'>;
  readonly suppressed: Pick<SuppressionStore, 'has'>;
  /** Counts an email of the domain. Returns the time in a later hour if this one has enough. */
  readonly claimHour: (domainId: string, now: Date) => Promise<Date | undefined>;
  readonly render: (reminder: DueReminder) => Promise<RenderedMail>;
  readonly send: SendMail;
  readonly now: () => Date;
}

/**
 * The outcome of a reminder:
 *
 * - `failed`: SES refused the address
 * - `overBudget`: the domain has sent its emails of this hour; the next run tries again
 * - `retried`: SES failed, or refused the sender; the next run tries again
 * - `held`: another run is sending the reminder, has sent it, or does not know yet whether it did
 */
export type ReminderOutcome =
  | { readonly outcome: 'sent'; readonly messageId: string; readonly error?: undefined }
  | { readonly outcome: 'suppressed' | 'held' | 'overBudget'; readonly error?: undefined }
  | { readonly outcome: 'failed' | 'retried'; readonly error: string };

/** Sends a reminder once: leases it, sends it, and records the result. */
export async function deliverReminder(
  reminder: DueReminder,
  { reminders, suppressed, claimHour, render, send, now }: ReminderDelivery,
): Promise<ReminderOutcome> {
  const { ref, to, ttl } = reminder;
  const claimedAt = await reminders.claim(ref, { to, ttl }, now());
  if (claimedAt === undefined) return { outcome: 'held' };
  if (await suppressed.has(ref.domainId, to)) {
    await reminders.mark(ref, { status: 'suppressed' }, now());
    return { outcome: 'suppressed' };
  }
  if (await claimHour(ref.domainId, now())) {
    await reminders.release(ref, claimedAt, 'The domain has sent its emails of this hour.');
    return { outcome: 'overBudget' };
  }
  const mail = await render(reminder);
  let messageId: string;
  try {
    messageId = await send(to, mail, { ...ref, kind: 'scim-key-expiry' });
  } catch (error) {
    const text = errorText(error);
    if (error instanceof MailRefused && !error.isFixableByOperator) {
      await reminders.mark(ref, { status: 'failed', error: text }, now());
      return { outcome: 'failed', error: text };
    }
    if (isCertainlyUnsent(error)) await reminders.release(ref, claimedAt, text);
    return { outcome: 'retried', error: text };
  }
  await reminders.mark(ref, { status: 'sent', messageId }, now());
  return { outcome: 'sent', messageId };
}
