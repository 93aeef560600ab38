import { addressKeyOf } from '../../store/mail/address-key';
import { decisiveMails, isOpen, lastKeyMail, type MailItem, wasToldOfKey } from '../../store/mail/mail-item';
import type { Claim } from '../../store/mail/mail-store';
import { undeliverableReason } from '../address';
import { attemptDelivery } from './attempt-delivery';
import { type Delivery, type DeliveryOutcome, MAX_WAIT_MS } from './delivery';
import {
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
  const { related, toldBy } = entry.isFirst ? NO_EARLIER : await settleEarlier(entry, delivery, deadline);
  if (!isNeeded(entry, related)) {
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

export const contentOf = (mail: AddressedMail) => {
  const { event, kind, holder } = mail;
  const key =
    mail.kind === 'license-key' ? { activationId: mail.activationId, userType: holder.userType } : {};
  return { ...event, kind, to: holder.email, ...key };
};

/** The earlier emails that matter to an email. */
interface EarlierMails {
  readonly related: readonly MailItem[];
  /** The ids of the emails that decide what the user was told. Absent if earlier emails may still be sent. */
  readonly toldBy?: readonly string[];
}

const NO_EARLIER: EarlierMails = { related: [], toldBy: [] };

/**
 * Supersedes the earlier unsent emails of the license, so that none is sent after this one. Waits for an
 * email that is being sent.
 */
async function settleEarlier(mail: PlannedMail, delivery: Delivery, deadline: number): Promise<EarlierMails> {
  const { mails, outbox, now } = delivery;
  const ended = mail.kind === 'license-deactivated' ? mail.endedChangeId : undefined;
  for (;;) {
    const related = await mails.related(mail.ref, ended);
    const open = related.filter(isOpen);
    // The stream may deliver a change again after later ones, whose emails must not be lost.
    if (open.length > 0 && (await mails.isSuperseded(mail.ref))) return { related };
    let unsettled = open.length;
    for (const other of open) {
      if (!(await mails.supersede(other, now()))) continue;
      if (other.dueAt !== undefined) await outbox.remove({ ...other, dueAt: other.dueAt });
      unsettled--;
    }
    if (unsettled === 0) return { related, toldBy: decisiveMails(related) };
    await waitForOthers(deadline, mail, delivery);
  }
}

/**
 * Returns false for a notice if the emails of the ended activation are known, and the user was not told of
 * any key since the last notice. Returns false for a key if the user has it, and the notice of its end was
 * not sent.
 */
function isNeeded(mail: PlannedMail, related: readonly MailItem[]): boolean {
  if (mail.kind === 'license-key') return mail.isResend === true || !knowsKey(mail, related);
  if (mail.endedChangeId === undefined) return true;
  const hasKeyMail = related.some(({ changeId }) => changeId === mail.endedChangeId);
  return !hasKeyMail || wasToldOfKey(related);
}

/** Returns whether the last email of the license brought this key to this address, and is still true. */
function knowsKey(
  { activationId, holder: { email } }: Extract<PlannedMail, { kind: 'license-key' }>,
  related: readonly MailItem[],
): boolean {
  const told = lastKeyMail(related);
  if (told?.activationId !== activationId || told.to === undefined || email === undefined) return false;
  return addressKeyOf(told.to) === addressKeyOf(email);
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
