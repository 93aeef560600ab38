import type { MailDelays } from '../../store/mail/mail-delay';
import type { MailRef, MailResult } from '../../store/mail/mail-item';
import type { MailStore } from '../../store/mail/mail-store';
import type { OutboxStore } from '../../store/mail/outbox-store';
import type { SendPause } from './retry-delay';
import type { PlannedMail } from '../content/planned-mail';
import type { RenderedMail } from '../content/render';
import { MAX_SEND_MS, type SendMail } from '../ses/ses-sender';

/** A message of the queue of mails that nobody tries to send any more. */
export interface MailFailure extends MailRef {
  readonly error: string;
}

/** A claim outlives every send by some seconds, so that none is taken over while its mail is still on the way. */
export const CLAIM_LEASE_MS = MAX_SEND_MS + 4_000;

/** The longest wait for other claims to run out. */
export const MAX_WAIT_MS = CLAIM_LEASE_MS + 2_000;

/** The longest that one mail can take: the waiting, then the send, and the table's answers. */
export const MAX_DELIVERY_MS = MAX_WAIT_MS + MAX_SEND_MS + 4_000;

/**
 * What has to be done or to be so before a claimed mail is handed to SES. A result ends the mail unsent; an error leaves it
 * to another try.
 */
export type BeforeSend = (mail: PlannedMail) => Promise<MailResult | undefined>;

/** The parts by which mails are delivered. */
export interface Delivery {
  readonly mails: MailStore;
  readonly outbox: OutboxStore;
  readonly delays: Pick<MailDelays, 'get'>;
  readonly beforeSend: readonly BeforeSend[];
  readonly render: (mail: PlannedMail) => RenderedMail;
  readonly send: SendMail;
  readonly pause: SendPause;
  /** Tells the operator of a mail that nobody tries to send any more. */
  readonly reportFailure: (ref: MailRef, error: string) => Promise<void>;
  /** Notes, best effort, an address to which no mail can go: the readiness of the domain tells of it. */
  readonly recordUndeliverable: (ref: MailRef, email: string, error: string) => Promise<void>;
  readonly now: () => Date;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * `delayed`: due later, as the domain wants it or as SES failed (`error`). `givenUp`: SES failed for too long.
 * `unneeded`: the user was never told of the license that ended. `repeated`: the mail was decided before. `held`: another
 * one sends it. `domainDeleted`: nobody is mailed, and nothing written.
 */
export type DeliveryOutcome =
  | { readonly outcome: 'sent'; readonly messageId: string }
  | { readonly outcome: 'delayed'; readonly dueAt: string; readonly error?: string }
  | { readonly outcome: 'failed' | 'givenUp'; readonly error: string }
  | { readonly outcome: Exclude<MailResult['status'], 'sent' | 'failed'> }
  | { readonly outcome: 'unneeded' | 'noted' | 'repeated' | 'held' | 'domainDeleted' };
