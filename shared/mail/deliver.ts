import type { MailStore } from '../store/mail-store';
import type { PlannedMail } from './planned-mail';
import type { RenderedMail } from './render';
import { LONGEST_SEND_MS, MailRefused, type SendMail } from './ses-sender';

/** A claim outlives every send by some seconds, so that none is taken over while its mail is still on the way. */
export const CLAIM_LEASE_MS = LONGEST_SEND_MS + 4_000;

/** The longest that one mail can take: the wait for another claim to run out, then the send, and the table's answers. */
export const LONGEST_DELIVERY_MS = CLAIM_LEASE_MS + LONGEST_SEND_MS + 4_000;

export interface Delivery {
  readonly mails: Pick<MailStore, 'claim' | 'mark' | 'isSuperseded'>;
  readonly render: (mail: PlannedMail) => RenderedMail;
  readonly send: SendMail;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

/** `repeated`: what came of this mail was decided before. */
export type DeliveryOutcome =
  | { readonly outcome: 'sent'; readonly messageId: string }
  | { readonly outcome: 'failed'; readonly error: string }
  | { readonly outcome: 'superseded' }
  | { readonly outcome: 'repeated' };

const POLL_MS = 500;

/**
 * Sends a mail, once: claims it, sends it, marks it. If this process dies after the claim, the next delivery of the same
 * change waits until the claim has run out and sends; only where it died after the send does that make a second mail.
 * Throws what may be better the next time.
 */
export async function deliver(mail: PlannedMail, delivery: Delivery): Promise<DeliveryOutcome> {
  const { mails, render, send, now } = delivery;
  const { change, holder, kind } = mail;
  if (!(await claim(mail, delivery))) return { outcome: 'repeated' };

  if (await mails.isSuperseded(change)) {
    await mails.mark(change, { status: 'superseded' }, now());
    return { outcome: 'superseded' };
  }
  try {
    const messageId = await send(holder.email, render(mail), { domainId: change.domainId, kind });
    await mails.mark(change, { status: 'sent', messageId }, now());
    return { outcome: 'sent', messageId };
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    await mails.mark(change, { status: 'failed', error: error.message }, now());
    return { outcome: 'failed', error: error.message };
  }
}

/** True once this process is the one to send; false where the mail has been decided. Waits while another holds it. */
async function claim({ change, kind, holder }: PlannedMail, delivery: Delivery): Promise<boolean> {
  const giveUp = delivery.now().getTime() + CLAIM_LEASE_MS + 2_000;
  for (;;) {
    const now = delivery.now();
    const outcome = await delivery.mails.claim(change, { kind, to: holder.email }, now);
    if (outcome !== 'held') return outcome === 'claimed';
    if (now.getTime() > giveUp)
      throw new Error(`The mail of change ${change.changeId} is being sent by others.`);
    await delivery.sleep(POLL_MS);
  }
}
