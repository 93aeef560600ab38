import { SESClient, SendEmailCommand, SESServiceException } from '@aws-sdk/client-ses';
import { deliverableAddress, namedAddress, withoutLocalParts } from '../address';
import type { RenderedMail } from '../content/render';
import type { MailSettings } from '../settings';

/** SES will never take this mail: no try again can help. The message holds no local part of an address. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';

  constructor(
    message: string,
    /** Whether an operator can mend the cause (the sender, the account); if not, it is the address. */
    readonly isFixableByOperator: boolean,
  ) {
    super(message);
  }
}

/** Sends a mail to one address; gives the message id. `tags` are for SES's events. Throws `MailRefused`, or what passed. */
export type SendMail = (
  to: string,
  mail: RenderedMail,
  tags: { readonly domainId: string; readonly kind: string },
) => Promise<string>;

const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 5_000;
const ATTEMPTS = 2;
const MAX_RETRY_PAUSE_MS = 1_000;

/** A send takes no longer than this, whatever SES does. */
export const MAX_SEND_MS = ATTEMPTS * REQUEST_TIMEOUT_MS + MAX_RETRY_PAUSE_MS;

/**
 * An address that cannot be, or a message that SES rejects. Everything else (throttling, 5xx, timeouts, a paused
 * account, a sender's domain that is not set up) may be better the next time.
 */
const FINAL_ERRORS = new Set(['MessageRejected', 'InvalidParameterValue']);

export function sesSender(settings: MailSettings): SendMail {
  const client = new SESClient({
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // Without this the timeout only writes a warning.
      throwOnRequestTimeout: true,
    },
  });
  const Source = namedAddress(settings.productName, settings.sender);
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

  return async (to, { subject, html, text }, tags) => {
    const address = deliverableAddress(to);
    if (address === undefined)
      throw new MailRefused('The address is not one that mail can be sent to.', false);
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          Source,
          Destination: { ToAddresses: [address] },
          ReplyToAddresses: [settings.supportAddress],
          Message: { Subject: utf8(subject), Body: { Html: utf8(html), Text: utf8(text) } },
          ConfigurationSetName: settings.configurationSet,
          Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        }),
      );
      return MessageId ?? '';
    } catch (error) {
      if (!(error instanceof SESServiceException) || !FINAL_ERRORS.has(error.name)) throw error;
      const text = `${error.name}: ${withoutLocalParts(error.message)}`;
      throw new MailRefused(text, error.name === 'MessageRejected');
    }
  };
}
