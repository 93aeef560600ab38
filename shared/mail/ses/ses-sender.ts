import { SESClient, SendEmailCommand, SESServiceException } from '@aws-sdk/client-ses';
import { maskLocalParts } from '../../logging/error-fields';
import { requestTimeouts } from '../../request-timeouts';
import { sendingBlock, SendingBlocked } from './sending-block';
import { deliverableAddress, namedAddress, undeliverableReason } from '../address';
import type { RenderedMail } from '../content/render';
import type { MailSettings } from '../settings';

/**
 * SES refuses this email permanently, so a retry cannot succeed. In the message, local parts of addresses are
 * masked.
 */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';

  constructor(
    message: string,
    /**
     * True if an operator can fix the cause (the sender or the account). Otherwise, the cause is the address.
     */
    readonly isFixableByOperator: boolean,
  ) {
    super(message);
  }
}

/** SES did not accept an email, because the account sends too many in a second. */
export class SendRateExceeded extends Error {
  override readonly name = 'Throttling';
}

/** The other reason for which SES throttles is the quota of a day. */
const isRateExceeded = ({ name, message }: Error): boolean =>
  name.startsWith('Throttling') && /sending rate/i.test(message);

/**
 * Sends an email to one address and returns its message ID. SES adds the tags to its events. Throws
 * `MailRefused` for a permanent refusal, `SendingBlocked` until an operator acts, `SendRateExceeded` if SES
 * accepts it a little later, and another error if a retry may succeed.
 */
export type SendMail = (
  to: string,
  mail: RenderedMail,
  tags: { readonly domainId: string; readonly kind: string },
) => Promise<string>;

/** The time after which a request to SES is repeated, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 5_000;
const ATTEMPTS = 2;
const MAX_RETRY_PAUSE_MS = 1_000;

/** The longest time that a send can take, whatever SES does. */
export const MAX_SEND_MS = ATTEMPTS * REQUEST_TIMEOUT_MS + MAX_RETRY_PAUSE_MS;

/**
 * The permanent errors of SES: an invalid address, or a rejected message. All other errors may pass:
 * throttling, 5xx, timeouts.
 */
const FINAL_ERRORS = new Set(['MessageRejected', 'InvalidParameterValue']);

/**
 * Returns whether SES certainly did not accept an email whose only attempt ended with this error. After a
 * timeout, a lost connection, or a 5xx, it may have.
 */
export const isCertainlyUnsent = (error: unknown): boolean =>
  error instanceof MailRefused ||
  error instanceof SendRateExceeded ||
  (error instanceof SESServiceException && (error.$metadata.httpStatusCode ?? 500) < 500);

/**
 * Returns a function that sends emails through SES with the settings of the deployment. With one attempt, an
 * email whose response is lost is not sent again.
 */
export function sesSender(settings: MailSettings, maxAttempts = ATTEMPTS): SendMail {
  const client = new SESClient({
    maxAttempts,
    requestHandler: requestTimeouts(REQUEST_TIMEOUT_MS),
  });
  const Source = namedAddress(settings.productName, settings.sender);
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

  return async (to, { subject, html, text }, tags) => {
    const address = deliverableAddress(to);
    if (address === undefined) throw new MailRefused(undeliverableReason(to), false);
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
      if (!(error instanceof SESServiceException)) throw error;
      const text = `${error.name}: ${maskLocalParts(error.message)}`;
      const block = sendingBlock(error, settings.sender);
      if (block) throw new SendingBlocked(text, block);
      if (isRateExceeded(error)) throw new SendRateExceeded(error.message);
      if (!FINAL_ERRORS.has(error.name)) throw error;
      throw new MailRefused(text, error.name === 'MessageRejected');
    }
  };
}
