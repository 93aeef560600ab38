import type { Claim } from '../../store/mail/mail-lease';
import { undeliverableReason } from '../address';
import { attemptDelivery } from './attempt-delivery';
import { type Delivery, type DeliveryOutcome, MAX_WAIT_MS } from './delivery';
import { type EarlierMails, isNeeded, NO_EARLIER, supersedeEarlier } from './earlier-mails';
import {
  contentOf,
  isAddressed,
  type AddressedMail,
  type PlannedEntry,
  type PlannedMail,
} from '../content/planned-mail';

const POLL_MS = 500;

export interface DeliverOptions {
  /** True if the outbox sends the email, as soon as it is the domain's turn. */
  readonly isQueued?: boolean;
  /** True if the domain has existed within the last seconds. */
  readonly domainExists?: boolean;
}

/**
 * Stores an entry of a license's history and sends its email once: claims it, sends it, and marks it, or
 * makes it due later. If this process dies after the claim, the next delivery of the same change waits until
 * the claim expires, and sends the email. That is a second email only if the process died after the send.
 * Throws if a retry may succeed.
 */
export async function deliver(
  entry: PlannedEntry,
  delivery: Delivery,
  { isQueued = false, domainExists = false }: DeliverOptions = {},
): Promise<DeliveryOutcome> {
  const { mails, outbox, now } = delivery;
  const { ref, event } = entry;
  if (!domainExists && (await mails.isDomainDeleted(ref.domainId))) return { outcome: 'domainDeleted' };
  if (entry.kind === 'none') {
    await mails.recordEntry(ref, event, now());
    return { outcome: 'noted' };
  }
  const deadline = now().getTime() + MAX_WAIT_MS;
  const earlier = await settleEarlier(entry, delivery, deadline);
  const { toldBy } = earlier;
  if (!isNeeded(entry, earlier)) {
    await mails.recordEntry(ref, { ...event, toldBy }, now());
    return { outcome: 'unneeded' };
  }
  if (!isAddressed(entry)) {
    await reportUndeliverable(entry, delivery);
    await mails.recordNoAddress(ref, { ...event, kind: entry.kind, toldBy }, now());
    return { outcome: 'noAddress' };
  }
  const content = { ...contentOf(entry), toldBy };
  const dueAt = (await delayedUntil(entry, delivery)) ?? (isQueued ? now() : undefined);
  if (dueAt && (await outbox.add(ref, content, dueAt)))
    return { outcome: 'delayed', dueAt: dueAt.toISOString() };
  // An email that cannot be added may have the claim of a process that died, which nobody else takes over.
  const claim = await waitForClaim(entry, content, delivery, deadline);
  if (!claim) return { outcome: 'repeated' };
  if (dueAt) {
    const isPostponed = await outbox.postpone(ref, claim, dueAt, undefined, { isUnsent: true });
    return isPostponed ? { outcome: 'delayed', dueAt: dueAt.toISOString() } : { outcome: 'held' };
  }
  if (await mails.isSuperseded(ref)) {
    await mails.mark(ref, { status: 'superseded', attempts: claim.attempts - 1 }, now());
    return { outcome: 'superseded' };
  }
  return attemptDelivery(entry, claim, delivery);
}

/** Records an address to which no email can be sent; nothing if the license has none. */
export async function reportUndeliverable(
  { ref, holder: { email } }: PlannedMail,
  { recordUndeliverable }: Delivery,
): Promise<void> {
  if (email !== undefined) await recordUndeliverable(ref, email, undeliverableReason(email));
}

/**
 * Supersedes the earlier unsent emails of the license, so that none is sent after this one. Waits for an
 * email that is being sent.
 */
async function settleEarlier(mail: PlannedMail, delivery: Delivery, deadline: number): Promise<EarlierMails> {
  if (mail.isFirst) return NO_EARLIER;
  for (;;) {
    const earlier = await supersedeEarlier(mail, delivery);
    if (!earlier.isBeingSent) return earlier;
    await waitForOthers(deadline, mail, delivery);
  }
}

/**
 * Returns the time until which an email waits, if any. The first email of an activation waits for the
 * domain's delay, but that of a replaced key does not. Every email waits while SES fails, and in the outbox
 * while the emails of the domain are paused.
 */
async function delayedUntil(mail: PlannedMail, { delays, pause, now }: Delivery): Promise<Date | undefined> {
  const at = now();
  const pausedAt = (await delays.isPaused(mail.ref.domainId, at)) ? at : undefined;
  if (mail.kind === 'license-key' && !mail.isResend && mail.event.keyChange !== 'replaced') {
    const since = mail.event.changedAt === undefined ? at.getTime() : Date.parse(mail.event.changedAt);
    const dueAt = since + (await delays.get(mail.ref.domainId, at));
    if (dueAt > at.getTime()) return new Date(dueAt);
  }
  return pause.end(at) ?? pausedAt;
}

/**
 * Claims an email, and waits while another process holds the claim. Claims an email again that SES refused to
 * send to another address. Returns undefined if the email is settled.
 */
async function waitForClaim(
  mail: AddressedMail,
  content: ReturnType<typeof contentOf>,
  delivery: Delivery,
  deadline: number,
): Promise<Claim | undefined> {
  for (;;) {
    const outcome = await delivery.mails.claim(mail.ref, content, delivery.now());
    const state = outcome === 'settled' ? await reopenRefused(mail, delivery) : outcome;
    if (state === 'settled') return undefined;
    if (state === 'leased') await waitForOthers(deadline, mail, delivery);
    else if (state !== 'reopened') return state;
  }
}

/**
 * Reopens an email that SES refused to send to another address. It is leased while the outbox stores the
 * refusal. A change that the stream delivers again has the same address, which SES would refuse again.
 */
async function reopenRefused(
  { ref, refusedAddress, holder }: AddressedMail,
  { mails }: Delivery,
): Promise<'reopened' | 'leased' | 'settled'> {
  if (refusedAddress === undefined || refusedAddress === holder.email) return 'settled';
  if ((await mails.read(ref))?.status === 'claimed') return 'leased';
  return (await mails.reopen(ref, refusedAddress)) ? 'reopened' : 'settled';
}

async function waitForOthers(
  deadline: number,
  { ref }: PlannedMail,
  { now, sleep }: Delivery,
): Promise<void> {
  if (now().getTime() > deadline)
    throw new Error(`Another process is still sending an email of the license of user ${ref.userId}.`);
  await sleep(POLL_MS);
}
