import type { MailRefusal } from '../../store/licenses/mail-problem';
import type { MailDelays } from '../../store/mail/mail-delay';
import type { MailRef, MailResult } from '../../store/mail/mail-item';
import type { MailStore } from '../../store/mail/mail-store';
import type { OutboxStore } from '../../store/mail/outbox-store';
import type { MailBudget, OverBudget } from './mail-budget';
import type { SendPause } from './retry-delay';
import type { AddressedMail, PlannedMail } from '../content/planned-mail';
import type { RenderedMail } from '../content/render';
import type { SendingBlock } from '../ses/sending-block';
import { MAX_SEND_MS, type SendMail } from '../ses/ses-sender';

/** A message of the queue of emails that failed for good. */
export interface MailFailure extends MailRef {
  readonly error: string;
}

/** A claim is valid for longer than any send, so that nobody takes it over while its email is being sent. */
export const CLAIM_LEASE_MS = MAX_SEND_MS + 4_000;

/** The longest wait for other claims to expire. */
export const MAX_WAIT_MS = CLAIM_LEASE_MS + 2_000;

/** The longest time that one email can take: the wait, the send, and the requests to the table. */
export const MAX_DELIVERY_MS = MAX_WAIT_MS + MAX_SEND_MS + 4_000;

/**
 * A step between claim and send. If it returns a result, the email ends unsent. If it throws, the email is
 * retried.
 */
export type BeforeSend = (mail: AddressedMail) => Promise<MailResult | undefined>;

interface Refusals {
  /** Returns false if the license has another address by now. */
  readonly record: (ref: MailRef, refusal: MailRefusal) => Promise<boolean>;
  readonly clear: (ref: MailRef) => Promise<void>;
}

/** The parts that deliver emails. */
export interface Delivery {
  readonly mails: MailStore;
  readonly outbox: OutboxStore;
  readonly delays: Pick<MailDelays, 'get' | 'isPaused'>;
  readonly budget: Pick<MailBudget, 'claim' | 'release'>;
  readonly beforeSend: readonly BeforeSend[];
  readonly render: (mail: PlannedMail) => RenderedMail | Promise<RenderedMail>;
  readonly send: SendMail;
  readonly pause: SendPause;
  /** Reports an email that failed for good to the operator. */
  readonly reportFailure: (ref: MailRef, error: string) => Promise<void>;
  /** Records an invalid address for the readiness of the domain, best effort. */
  readonly recordUndeliverable: (ref: MailRef, email: string, error: string) => Promise<void>;
  /** Records in the license that SES refuses its address, and, best effort, the end of that. */
  readonly refusals: Refusals;
  readonly now: () => Date;
  /** Returns a number from 0 to 1. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * The outcome of a delivery. The less obvious ones:
 *
 * - `delayed`: the email is due later, because it waits for its turn, because of the domain's delay, or
 *   because SES failed (`error`), maybe until an operator acts (`block`). With `isThrottled`, SES works, but
 *   its rate is reached
 * - `givenUp`: SES failed for too long
 * - `unneeded`: the notice is not sent, because the user never got the key of the ended license; or the key
 *   is not sent, because the user has it and was not told of the end
 * - `paused`: the email stays due, because an operator has paused the emails of the domain
 * - `noAddress`: the license has no address to which SES can send. An address that arrives has the email sent
 * - `noted`: the entry of a change without an email is stored
 * - `repeated`: the email was settled before
 * - `held`: another process is sending the email
 * - `domainDeleted`: nothing is sent or stored
 */
export type DeliveryOutcome =
  | { readonly outcome: 'sent'; readonly messageId: string }
  | {
      readonly outcome: 'delayed';
      readonly dueAt: string;
      readonly error?: string;
      readonly block?: SendingBlock;
      /** The limit that the email has to wait for. */
      readonly limit?: OverBudget['limit'];
      readonly isThrottled?: boolean;
      /** The time of the first attempt, if SES failed; RFC 3339. */
      readonly firstTriedAt?: string;
    }
  | { readonly outcome: 'failed' | 'givenUp'; readonly error: string }
  | { readonly outcome: Exclude<MailResult['status'], 'sent' | 'failed'> }
  | {
      readonly outcome: 'unneeded' | 'noAddress' | 'noted' | 'repeated' | 'held' | 'paused' | 'domainDeleted';
    };

const METRICS: Partial<Record<DeliveryOutcome['outcome'], string>> = {
  sent: 'MailSent',
  failed: 'MailRefused',
  givenUp: 'MailGivenUp',
  superseded: 'MailSuperseded',
  suppressed: 'MailSuppressed',
  repeated: 'MailRepeated',
};

const LIMIT_METRICS = { domain: 'MailOverBudget', address: 'MailPostponed', paused: undefined } as const;

/**
 * Returns the metric that counts an outcome. Some outcomes have none: nothing was sent and nothing failed.
 */
export function metricOf(result: DeliveryOutcome): string | undefined {
  if (result.outcome === 'delayed') {
    if (result.block) return 'MailBlocked';
    if (result.limit) return LIMIT_METRICS[result.limit];
    return result.error === undefined ? undefined : 'MailDelayed';
  }
  return METRICS[result.outcome];
}
