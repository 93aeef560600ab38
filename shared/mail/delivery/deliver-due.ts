import { isOpen, type MailItem } from '../../store/mail/mail-item';
import type { LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseStore } from '../../store/licenses/license-store';
import type { OutboxEntry } from '../../store/mail/outbox-store';
import { attemptDelivery } from './attempt-delivery';
import { reportUndeliverable } from './deliver';
import type { Delivery, DeliveryOutcome } from './delivery';
import {
  contentOf,
  isAddressed,
  mailForItem,
  mailForLicense,
  type PlannedMail,
} from '../content/planned-mail';

/**
 * Sends a due email of the outbox to the current holder of the license. If the email no longer matches the
 * license, it is superseded. Several runs may process the same email at the same time: the claim lets only
 * one of them send it.
 */
export async function deliverDue(
  entry: OutboxEntry,
  delivery: Delivery,
  licenses: Pick<LicenseStore, 'read'>,
): Promise<DeliveryOutcome> {
  const { mails, outbox, delays, now } = delivery;
  if (await delays.isPaused(entry.domainId, now())) return { outcome: 'paused' };
  if (await mails.isDomainDeleted(entry.domainId))
    return finishEntry(entry, delivery, { outcome: 'domainDeleted' });
  const item = (await mails.read(entry)) ?? (await restoreMail(entry, delivery, licenses));
  if (item?.dueAt !== entry.dueAt || !isOpen(item)) return skipSettled(entry, delivery);

  const mail = await currentMail(item, await licenses.read(entry.domainId, entry.userId), mails);
  if (!mail) {
    if (!(await mails.supersede(item, now()))) return { outcome: 'held' };
    return finishEntry(entry, delivery, { outcome: 'superseded' });
  }
  if (!isAddressed(mail)) {
    await reportUndeliverable(mail, delivery);
    if (!(await mails.endWithoutAddress(item, now()))) return { outcome: 'held' };
    // If an address arrived before that, its delivery found the email in the outbox and left it there.
    const current = mailForItem(item, await licenses.read(entry.domainId, entry.userId));
    if (current && isAddressed(current)) await outbox.add(item, contentOf(current), now());
    return finishEntry(entry, delivery, { outcome: 'noAddress' });
  }
  const claim = await mails.claimDue(entry, entry.dueAt, contentOf(mail), now());
  if (claim === 'leased') return { outcome: 'held' };
  if (claim === 'settled') return skipSettled(entry, delivery);

  const outcome = await attemptDelivery(mail, claim, delivery);
  if (outcome.outcome === 'delayed' || outcome.outcome === 'held') return outcome;
  await outbox.remove(entry);
  return outcome;
}

/**
 * Returns the email if it still matches the license. Changes without emails, such as waits for a seat, leave
 * an earlier notice true. But it must not follow a later email, if it was given up and a redrive has made it
 * due again.
 */
async function currentMail(
  item: MailItem,
  license: LicenseRecord | undefined,
  mails: Delivery['mails'],
): Promise<PlannedMail | undefined> {
  const mail = mailForItem(item, license);
  if (!mail || item.changeId === license?.changeId) return mail;
  return (await mails.hasLaterMail(item)) ? undefined : mail;
}

/**
 * Stores the email again that an earlier version let expire while it waited, if it is the email of the
 * license's last change or resend request. SES may have accepted an attempt that expired with it. Returns
 * undefined for any other email.
 */
async function restoreMail(
  entry: OutboxEntry,
  { mails, outbox }: Delivery,
  licenses: Pick<LicenseStore, 'read'>,
): Promise<MailItem | undefined> {
  const license = await licenses.read(entry.domainId, entry.userId);
  if (!license?.changeId || license.status === 'pending') return undefined;
  const mail = mailForLicense(license);
  if (mail.ref.mailId !== entry.mailId) return undefined;
  const { kind, event } = mail;
  const key = mail.kind === 'license-key' ? { activationId: mail.activationId } : {};
  await outbox.restore(entry, { ...event, kind, attempts: 1, ...key });
  return mails.read(entry);
}

async function skipSettled(entry: OutboxEntry, { outbox, now }: Delivery): Promise<DeliveryOutcome> {
  await outbox.finish(entry, now());
  return { outcome: 'repeated' };
}

async function finishEntry(
  entry: OutboxEntry,
  { outbox }: Delivery,
  outcome: DeliveryOutcome,
): Promise<DeliveryOutcome> {
  await outbox.remove(entry);
  return outcome;
}
