import { MessageRejected, SESServiceException } from '@aws-sdk/client-ses';
import type { SendEmailCommandInput } from '@aws-sdk/client-ses';
import type { Choices } from '../choices';

/** An email that SES has accepted. */
export interface AcceptedMail {
  readonly messageId: string;
  readonly to: string;
  readonly text: string;
  readonly at: number;
  /** The tags: `domainId`, `userId`, `mailId`, and `kind`. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface SesOptions {
  readonly choices: Choices;
  readonly now: () => number;
  readonly onAccepted: (mail: AcceptedMail) => void;
  /** The percentage of emails that bounce or cause a complaint. */
  readonly bouncePercent: number;
  /** The percentage of emails that SES refuses for good. */
  readonly rejectPercent: number;
}

/** SES: it accepts or refuses emails, and publishes what happened to those that it has accepted. */
export class SimulatedSes {
  /** The messages of the topic of delivery events that were not processed. */
  events: string[] = [];
  /** The entries of emails that SES has refused. */
  readonly rejected = new Set<string>();
  /** The messages that bounced. */
  readonly bounced = new Set<string>();
  private accepted = 0;

  constructor(private readonly options: SesOptions) {}

  send(command: string, input: unknown): object {
    if (command === 'GetSendQuotaCommand') return { MaxSendRate: 14 };
    return this.accept(input as SendEmailCommandInput);
  }

  private accept({ Destination, Message, Tags = [] }: SendEmailCommandInput): object {
    const { choices, now, onAccepted, bouncePercent, rejectPercent } = this.options;
    const tags = Object.fromEntries(Tags.map(({ Name = '', Value = '' }) => [Name, Value]));
    if (rejectPercent > 0 && choices.chance(rejectPercent)) {
      this.rejected.add(tags.mailId ?? '');
      throw new MessageRejected({
        message: 'Email address is not verified.',
        $metadata: { httpStatusCode: 400 },
      });
    }
    const messageId = `message-${++this.accepted}`;
    const to = Destination?.ToAddresses?.[0] ?? '';
    onAccepted({ messageId, to, text: Message?.Body?.Text?.Data ?? '', at: now(), tags });
    this.publish(messageId, tags, bouncePercent > 0 && choices.chance(bouncePercent));
    return { MessageId: messageId };
  }

  private publish(messageId: string, tags: Readonly<Record<string, string>>, isBounced: boolean): void {
    if (isBounced) this.bounced.add(messageId);
    const timestamp = new Date(this.options.now()).toISOString();
    const mail = {
      timestamp,
      messageId,
      tags: Object.fromEntries(Object.entries(tags).map(([k, v]) => [k, [v]])),
    };
    const event = isBounced
      ? {
          eventType: 'Bounce',
          mail,
          bounce: { bounceType: 'Permanent', timestamp, bouncedRecipients: [{ diagnosticCode: 'unknown' }] },
        }
      : { eventType: 'Delivery', mail, delivery: { timestamp, smtpResponse: '250 OK' } };
    this.events.push(JSON.stringify(event));
  }
}

/** The error of SES if the account sends too many emails in a second. */
export const rateExceeded = (): Error =>
  new SESServiceException({
    name: 'Throttling',
    message: 'Maximum sending rate exceeded.',
    $fault: 'client',
    $metadata: { httpStatusCode: 400 },
  });
