import * as z from 'zod/mini';
import type { MailEvent } from '../../store/mail/mail-event';
import type { AnyMailRef } from '../../store/mail/mail-item';

const MAX_DETAIL_LENGTH = 300;

const tag = z.tuple([z.string().check(z.minLength(1))]);
const Mail = z.object({
  timestamp: z.string(),
  messageId: z.string(),
  tags: z.union([
    z.object({ domainId: tag, userId: tag, mailId: tag }),
    z.object({ domainId: tag, keyId: tag, reminderId: tag }),
  ]),
});
const text = z.nullish(z.string());

/**
 * The used part of an event that SES publishes about an email (Amazon SES Developer Guide, "Contents of event
 * data that Amazon SES publishes to Amazon SNS").
 */
const SesEvent = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Delivery'),
    mail: Mail,
    delivery: z.object({ timestamp: z.string(), smtpResponse: text }),
  }),
  z.object({
    eventType: z.literal('Bounce'),
    mail: Mail,
    bounce: z.object({
      bounceType: z.string(),
      bounceSubType: text,
      timestamp: z.string(),
      bouncedRecipients: z.array(z.object({ diagnosticCode: text })),
    }),
  }),
  z.object({
    eventType: z.literal('Complaint'),
    mail: Mail,
    complaint: z.object({ timestamp: z.string(), complaintFeedbackType: text, complaintSubType: text }),
  }),
  z.object({ eventType: z.literal('Reject'), mail: Mail, reject: z.object({ reason: text }) }),
]);

type SesEvent = z.infer<typeof SesEvent>;

/**
 * Returns the event in a message of the topic, or undefined if it is not an event of one of this service's
 * emails.
 */
export function parseSesEvent(message: string): MailEvent | undefined {
  const event = SesEvent.safeParse(parseJson(message)).data;
  if (!event) return undefined;
  const { mail } = event;
  const { kind, at, details } = eventDetails(event);
  return {
    ref: refOf(mail.tags),
    kind,
    at,
    sentAt: mail.timestamp,
    messageId: mail.messageId,
    detail: oneLine(details.filter(Boolean).join(': ')),
  };
}

function refOf(tags: SesEvent['mail']['tags']): AnyMailRef {
  const domainId = tags.domainId[0];
  return 'keyId' in tags
    ? { domainId, keyId: tags.keyId[0], reminderId: tags.reminderId[0] }
    : { domainId, userId: tags.userId[0], mailId: tags.mailId[0] };
}

function eventDetails(
  event: SesEvent,
): Pick<MailEvent, 'kind' | 'at'> & { details: (string | null | undefined)[] } {
  switch (event.eventType) {
    case 'Delivery':
      return { kind: 'delivered', at: event.delivery.timestamp, details: [event.delivery.smtpResponse] };
    case 'Bounce': {
      const { bounceType, bounceSubType, bouncedRecipients, timestamp } = event.bounce;
      // `Undetermined` means that SES cannot interpret the server's response. Such a bounce suppresses no
      // address.
      const kind = bounceType === 'Permanent' ? 'bounced' : 'softBounced';
      return { kind, at: timestamp, details: [bounceSubType, bouncedRecipients[0]?.diagnosticCode] };
    }
    case 'Complaint': {
      const { complaintFeedbackType, complaintSubType, timestamp } = event.complaint;
      return { kind: 'complained', at: timestamp, details: [complaintFeedbackType ?? complaintSubType] };
    }
    case 'Reject':
      return { kind: 'rejected', at: event.mail.timestamp, details: [event.reject.reason] };
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const oneLine = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_DETAIL_LENGTH);
