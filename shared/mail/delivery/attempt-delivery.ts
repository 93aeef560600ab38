import { errorText } from '../../logging/error-fields';
import type { Claim } from '../../store/mail/mail-lease';
import type { Delivery, DeliveryOutcome } from './delivery';
import type { OverBudget } from './mail-budget';
import { retryDelay, RETRY_WINDOW_MS } from './retry-delay';
import type { AddressedMail, PlannedMail } from '../content/planned-mail';
import { SendingBlocked } from '../ses/sending-block';
import { MailRefused, SendRateExceeded } from '../ses/ses-sender';

/**
 * Passes a claimed email to SES and stores the outcome. If SES fails, the email is postponed; after a day of
 * failures, it fails for good. If SES accepts no email until an operator acts, it is postponed until then. If
 * this process dies in between, the claim expires and the email is retried.
 */
export async function attemptDelivery(
  planned: AddressedMail,
  claim: Claim,
  delivery: Delivery,
): Promise<DeliveryOutcome> {
  const { mails, beforeSend, budget, send, render, pause, now } = delivery;
  const mail = planned.isMapped ? await withCurrentType(planned, delivery) : planned;
  const { ref, holder, kind } = mail;
  for (const prepare of beforeSend) {
    const result = await prepare(mail);
    if (result === undefined) continue;
    await mails.mark(ref, { ...result, attempts: claim.attempts - 1 }, now());
    return outcomeOf(result);
  }
  const used = await budget.claim(mail, now());
  if ('until' in used) return waitForBudget(mail, claim, used, delivery);
  let messageId: string;
  try {
    messageId = await send(holder.email, await render(mail), { ...ref, kind });
  } catch (error) {
    const isUnsent = error instanceof MailRefused || error instanceof SendingBlocked;
    await budget.release(mail, used, { isUnsent: isUnsent && claim.attempts === 1 });
    if (error instanceof MailRefused) return handleRefusal(mail, claim, error, delivery);
    if (error instanceof SendingBlocked) return handleBlock(mail, claim, error, delivery);
    return handleFailure(mail, claim, error, delivery);
  }
  pause.recordSuccess();
  if (mail.refusedAddress !== undefined) await delivery.refusals.clear(ref);
  const { userType } = mail.holder;
  const type = userType === planned.holder.userType ? {} : { userType };
  await mails.mark(ref, { status: 'sent', messageId, ...type }, now());
  return { outcome: 'sent', messageId };
}

/**
 * Returns the email with the user type that the license has after the claim. A mapping that changes the type
 * later sees the claim, and replaces the key.
 */
async function withCurrentType(mail: AddressedMail, { mails }: Delivery): Promise<AddressedMail> {
  const userType = await mails.currentUserType(mail.ref);
  return userType === undefined ? mail : { ...mail, holder: { ...mail.holder, userType } };
}

/** Nobody received the email. When it is due, it is sent only if it still says what is true. */
async function waitForBudget(
  { ref }: PlannedMail,
  claim: Claim,
  { until, limit }: OverBudget,
  { outbox }: Delivery,
): Promise<DeliveryOutcome> {
  if (!(await outbox.postpone(ref, claim, until, undefined, { isUnsent: true }))) return { outcome: 'held' };
  return { outcome: 'delayed', dueAt: until.toISOString(), limit };
}

/**
 * Reports to the operator only what an operator can fix. A corrected address leads to a new email, because
 * the license has the refusal. If the address was corrected before the license has it, the email becomes due,
 * for the new address. The refused attempt does not count, because nobody received the email.
 */
async function handleRefusal(
  { ref, holder }: AddressedMail,
  claim: Claim,
  { message, isFixableByOperator }: MailRefused,
  { mails, outbox, reportFailure, recordUndeliverable, refusals, now }: Delivery,
): Promise<DeliveryOutcome> {
  const at = now();
  if (!(await refusals.record(ref, { address: holder.email, at: at.toISOString(), detail: message }))) {
    if (!(await outbox.postpone(ref, claim, at, message, { isUnsent: true }))) return { outcome: 'held' };
    return { outcome: 'delayed', dueAt: at.toISOString() };
  }
  if (isFixableByOperator) await reportFailure(ref, message);
  else await recordUndeliverable(ref, holder.email, message);
  await mails.mark(ref, { status: 'failed', error: message, attempts: claim.attempts - 1 }, now());
  return { outcome: 'failed', error: message };
}

/** If SES only refuses because of its rate, it works, and the email is tried again within seconds. */
async function handleFailure(
  { ref }: PlannedMail,
  claim: Claim,
  error: unknown,
  { mails, outbox, pause, reportFailure, now, random }: Delivery,
): Promise<DeliveryOutcome> {
  const text = errorText(error);
  const at = now();
  const isThrottled = error instanceof SendRateExceeded;
  if (!isThrottled) pause.recordFailure(at);
  const sinceMs = at.getTime() - Date.parse(claim.firstTriedAt);
  if (sinceMs >= RETRY_WINDOW_MS) {
    // Report first: if this process dies in between, the email is retried and reported again.
    await reportFailure(ref, text);
    await mails.mark(ref, { status: 'failed', error: text }, now());
    return { outcome: 'givenUp', error: text };
  }
  const dueAt = new Date(at.getTime() + retryDelay(sinceMs, random(), isThrottled));
  if (!(await outbox.postpone(ref, claim, dueAt, text))) return { outcome: 'held' };
  const { firstTriedAt } = claim;
  return {
    ...{ outcome: 'delayed', dueAt: dueAt.toISOString(), error: text, firstTriedAt },
    ...(isThrottled && { isThrottled }),
  };
}

/** Nobody received the email, and its day of retries begins when SES accepts emails again. */
async function handleBlock(
  { ref }: PlannedMail,
  claim: Claim,
  { message, block }: SendingBlocked,
  { outbox, pause, now, random }: Delivery,
): Promise<DeliveryOutcome> {
  const at = now();
  pause.recordFailure(at);
  const dueAt = new Date(at.getTime() + retryDelay(0, random()));
  if (!(await outbox.postpone(ref, claim, dueAt, message, { isUnsent: true }))) return { outcome: 'held' };
  return { outcome: 'delayed', dueAt: dueAt.toISOString(), error: message, block };
}

function outcomeOf(result: Parameters<Delivery['mails']['mark']>[1]): DeliveryOutcome {
  if (result.status === 'sent') return { outcome: 'sent', messageId: result.messageId };
  if (result.status === 'failed') return { outcome: 'failed', error: result.error };
  return { outcome: result.status };
}
