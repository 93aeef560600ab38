import type { MailBudgetLimits } from '../../limits/mail-budget';
import type { KeyMail, MailBudgetStore } from '../../store/mail/mail-budget-store';
import type { MailDelays } from '../../store/mail/mail-delay';
import type { AddressedMail } from '../content/planned-mail';

const MINUTE_MS = 60_000;

/** The use of the limits of a domain by one email. */
export interface BudgetClaim {
  readonly claimedAt: Date;
}

/**
 * An email that has to wait: the `address` has got another one, the `domain` has sent its emails of the hour,
 * or an operator has just paused them.
 */
export interface OverBudget {
  readonly until: Date;
  readonly limit: 'address' | 'domain' | 'paused';
}

export interface MailBudgetParts {
  readonly store: Pick<MailBudgetStore, 'claimAddress' | 'claimHour' | 'releaseAddress' | 'releaseHour'>;
  readonly domains: Pick<MailDelays, 'current'>;
  /** The limits of domains that have none of their own. */
  readonly defaults: MailBudgetLimits;
}

/**
 * The limits on the emails of a domain: one email to an address in ten minutes, and a number of emails in an
 * hour. An email uses them up right before it is sent. If its sender dies, the same email may still be sent,
 * and any other email waits as if it had been.
 */
export class MailBudget {
  constructor(private readonly parts: MailBudgetParts) {}

  async claim(mail: AddressedMail, now: Date): Promise<BudgetClaim | OverBudget> {
    const { store, domains, defaults } = this.parts;
    const { ref, holder } = mail;
    // A pause and a lower limit apply to the next email.
    const { isPaused, minutesPerAddress, emailsPerHour } = await domains.current(ref.domainId, now);
    if (isPaused) return { until: now, limit: 'paused' };
    const intervalMs = (minutesPerAddress ?? defaults.minutesPerAddress) * MINUTE_MS;
    if (intervalMs > 0) {
      const until = await store.claimAddress(ref, holder.email, intervalMs, now, keyMailOf(mail));
      if (until) return { until, limit: 'address' };
    }
    const until = await store.claimHour(ref.domainId, emailsPerHour ?? defaults.emailsPerHour, now);
    return until ? { until, limit: 'domain' } : { claimedAt: now };
  }

  /**
   * Gives back what an email used up whose attempt SES did not accept. If an earlier attempt may have been
   * accepted, the email keeps its address.
   */
  async release(
    { ref, holder }: AddressedMail,
    { claimedAt }: BudgetClaim,
    { isUnsent }: { readonly isUnsent: boolean },
  ): Promise<void> {
    const { store } = this.parts;
    await store.releaseHour(ref.domainId, claimedAt);
    if (isUnsent) await store.releaseAddress(ref, holder.email);
  }
}

function keyMailOf({ kind, ref, holder }: AddressedMail): KeyMail | undefined {
  const { userId, mailId } = ref;
  return kind === 'license-key' ? { userId, mailId, userName: holder.userName } : undefined;
}
