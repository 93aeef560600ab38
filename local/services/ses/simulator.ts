import { randomUUID } from 'node:crypto';

/** An email that SES accepted. */
export interface AcceptedMail {
  readonly messageId: string;
  readonly source: string;
  readonly to: string;
  readonly configurationSet: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** An event as SES publishes it, with the properties of its type. */
export interface SesEvent {
  readonly eventType: 'Bounce' | 'Complaint' | 'Delivery';
  readonly [name: string]: unknown;
}

const SIMULATOR = /^(\w+)(\+[^@]*)?@simulator\.amazonses\.com$/i;

/**
 * Returns the events of an email to an address of SES's mailbox simulator (Amazon SES Developer Guide, "Using
 * the mailbox simulator"). The address may have a label: `bounce+jane@simulator.amazonses.com`. An email to
 * any other address has no events.
 */
export function simulatedEvents(mail: AcceptedMail, now: Date): SesEvent[] {
  const timestamp = now.toISOString();
  const delivery = delivered(mail, timestamp);
  const withMail = (events: SesEvent[]) =>
    events.map((event) => ({ ...event, mail: mailOf(mail, timestamp) }));
  switch (SIMULATOR.exec(mail.to)?.[1]?.toLowerCase()) {
    case 'success':
      return withMail([delivery]);
    case 'bounce':
      return withMail([bounced(mail, timestamp, 'General', 'smtp; 550 5.1.1 user unknown')]);
    case 'suppressionlist':
      return withMail([
        bounced(mail, timestamp, 'Suppressed', 'Amazon SES did not send the message to this address.'),
      ]);
    case 'complaint':
      return withMail([delivery, complained(mail, timestamp)]);
    default:
      return [];
  }
}

function mailOf({ messageId, source, to, configurationSet, tags }: AcceptedMail, timestamp: string): object {
  const own: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(tags)) own[name] = [value];
  return {
    timestamp,
    messageId,
    source,
    sourceArn: '',
    sendingAccountId: '000000000000',
    destination: [to],
    headersTruncated: false,
    headers: [],
    commonHeaders: {},
    tags: { 'ses:configuration-set': [configurationSet], ...own },
  };
}

const delivered = ({ to }: AcceptedMail, timestamp: string): SesEvent => ({
  eventType: 'Delivery',
  delivery: {
    timestamp,
    processingTimeMillis: 1,
    recipients: [to],
    smtpResponse: '250 2.6.0 Message received',
    reportingMTA: 'local',
  },
});

const bounced = (
  { to }: AcceptedMail,
  timestamp: string,
  bounceSubType: string,
  diagnosticCode: string,
): SesEvent => ({
  eventType: 'Bounce',
  bounce: {
    bounceType: 'Permanent',
    bounceSubType,
    bouncedRecipients: [{ emailAddress: to, action: 'failed', status: '5.1.1', diagnosticCode }],
    timestamp,
    feedbackId: randomUUID(),
    reportingMTA: 'dns; local',
  },
});

const complained = ({ to }: AcceptedMail, timestamp: string): SesEvent => ({
  eventType: 'Complaint',
  complaint: {
    complainedRecipients: [{ emailAddress: to }],
    timestamp,
    feedbackId: randomUUID(),
    complaintSubType: null,
    complaintFeedbackType: 'abuse',
    userAgent: 'Amazon SES Mailbox Simulator',
    arrivalDate: timestamp,
  },
});
