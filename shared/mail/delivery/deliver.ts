import { isOpen, type MailItem } from '../../store/mail/mail-item';
import type { Claim } from '../../store/mail/mail-store';
import { attemptDelivery } from './attempt-delivery';
import { type Delivery, type DeliveryOutcome, MAX_WAIT_MS } from './delivery';
import type { PlannedEntry, PlannedMail } from '../content/planned-mail';

const POLL_MS = 500;

/**
 * Writes an entry of a license's history, and sends its mail, once: claims it, sends it, marks it; or makes it due later. If
 * this process dies after the claim, the next delivery of the same change waits until the claim has run out and sends; only
 * where it died after the send does that make a second mail. Throws what may be better the next time.
 */
export async function deliver(entry: PlannedEntry, delivery: Delivery): Promise<DeliveryOutcome> {
  const { mails, outbox, now } = delivery;
  const { ref, event } = entry;
  if (await mails.isDomainDeleted(ref.domainId)) return { outcome: 'domainDeleted' };
  if (entry.kind === 'none') {
    await mails.recordEntry(ref, event, now());
    return { outcome: 'noted' };
  }
  const giveUp = now().getTime() + MAX_WAIT_MS;
  const related = await supersedeOpenMails(entry, delivery, giveUp);
  if (!isNeeded(entry, related)) {
    await mails.recordEntry(ref, event, now());
    return { outcome: 'unneeded' };
  }
  const dueAt = await delayedUntil(entry, delivery);
  if (dueAt) {
    const added = await outbox.add(ref, contentOf(entry), dueAt);
    return added ? { outcome: 'delayed', dueAt: dueAt.toISOString() } : { outcome: 'repeated' };
  }
  const claim = await waitForClaim(entry, delivery, giveUp);
  if (!claim) return { outcome: 'repeated' };
  if (await mails.isSuperseded(ref)) {
    await mails.mark(ref, { status: 'superseded', attempts: claim.attempts - 1 }, now());
    return { outcome: 'superseded' };
  }
  return attemptDelivery(entry, claim, delivery);
}

const contentOf = ({ event, kind, holder }: PlannedMail) => ({ ...event, kind, to: holder.email });

/**
 * Ends the earlier mails of the license that have not gone out, so that none can follow this one; waits for one that is being
 * sent. Returns them with those of the activation that this one ends.
 */
async function supersedeOpenMails(
  mail: PlannedMail,
  delivery: Delivery,
  deadline: number,
): Promise<MailItem[]> {
  const { mails, outbox, now } = delivery;
  const ended = mail.kind === 'license-deactivated' ? mail.endedChangeId : undefined;
  for (;;) {
    const related = await mails.related(mail.ref, ended);
    const open = related.filter(isOpen);
    // A later mail of the license may be among them: then this one is at an end itself.
    if (open.length === 0 || (await mails.isSuperseded(mail.ref))) return related;
    let left = open.length;
    for (const other of open) {
      if (!(await mails.supersede(other, now()))) continue;
      if (other.dueAt !== undefined) await outbox.remove({ ...other, dueAt: other.dueAt });
      left--;
    }
    if (left === 0) return related;
    await waitForOthers(deadline, mail, delivery);
  }
}

/** A notice is not, where the mails of the activation that it ends are known and none was handed to SES. */
function isNeeded(mail: PlannedMail, related: readonly MailItem[]): boolean {
  if (mail.kind !== 'license-deactivated' || mail.endedChangeId === undefined) return true;
  const ofEnded = related.filter(({ changeId }) => changeId === mail.endedChangeId);
  return ofEnded.length === 0 || ofEnded.some(({ attempts = 0 }) => attempts > 0);
}

/** The first mail of an activation waits as the domain wants it; every mail waits while SES fails. */
async function delayedUntil(mail: PlannedMail, { delays, pause, now }: Delivery): Promise<Date | undefined> {
  const at = now();
  if (mail.kind === 'license-key' && !mail.isResend) {
    const since = mail.event.changedAt === undefined ? at.getTime() : Date.parse(mail.event.changedAt);
    const wanted = since + (await delays.get(mail.ref.domainId, at));
    if (wanted > at.getTime()) return new Date(wanted);
  }
  return pause.end(at);
}

/** The claim once this process is the one to send; undefined where the mail has been decided. Waits while another holds it. */
async function waitForClaim(
  mail: PlannedMail,
  delivery: Delivery,
  deadline: number,
): Promise<Claim | undefined> {
  for (;;) {
    const outcome = await delivery.mails.claim(mail.ref, contentOf(mail), delivery.now());
    if (outcome !== 'leased') return outcome === 'settled' ? undefined : outcome;
    await waitForOthers(deadline, mail, delivery);
  }
}

async function waitForOthers(
  deadline: number,
  { ref }: PlannedMail,
  { now, sleep }: Delivery,
): Promise<void> {
  if (now().getTime() > deadline)
    throw new Error(`A mail of the license of user ${ref.userId} is being sent by others.`);
  await sleep(POLL_MS);
}
