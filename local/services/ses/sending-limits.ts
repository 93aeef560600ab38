const DAY_MS = 86_400_000;

/** The limits of a new account: recipients a second, and in 24 hours. */
const SANDBOX = { rate: 1, quota: 200 } as const;
const PRODUCTION = { rate: 14, quota: 50_000 } as const;

export interface SendingLimitOptions {
  /** Recipients a second. Without it, an account out of the sandbox is not limited. */
  readonly rate?: number;
  /** Recipients in 24 hours. */
  readonly quota?: number;
}

/** The limits of an account, and what it has sent, as SES reports them. */
export interface SendQuota {
  readonly Max24HourSend: number;
  readonly MaxSendRate: number;
  readonly SentLast24Hours: number;
}

/** The sending rate and the daily quota of an SES account. SES counts recipients, not emails. */
export class SendingLimits {
  /** The sends of the last 24 hours, oldest first. */
  private sent: { readonly at: number; readonly recipients: number }[] = [];
  private tokens: number | undefined;
  private refilledAt = 0;

  constructor(
    private options: SendingLimitOptions = {},
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Counts a send. If a limit does not allow it, counts nothing, and returns the message of SES's
   * `Throttling`. Of the recipients, `ofQuota` count toward the daily quota: those of the mailbox simulator
   * do not.
   */
  take(recipients: number, ofQuota: number, isSandbox: boolean): string | undefined {
    if (ofQuota > 0 && this.sentInDay() + ofQuota > this.quota(isSandbox))
      return 'Daily message quota exceeded.';
    const rate = this.options.rate ?? (isSandbox ? SANDBOX.rate : undefined);
    if (rate !== undefined && !this.takeTokens(rate, recipients)) return 'Maximum sending rate exceeded.';
    if (ofQuota > 0) this.sent.push({ at: this.now(), recipients: ofQuota });
    return undefined;
  }

  /** Changes the recipients in 24 hours. */
  setQuota(quota: number): void {
    this.options = { ...this.options, quota };
  }

  /** Returns the `SendQuota` of SES's account. */
  report(isSandbox: boolean): SendQuota {
    return {
      Max24HourSend: this.quota(isSandbox),
      MaxSendRate: this.options.rate ?? (isSandbox ? SANDBOX : PRODUCTION).rate,
      SentLast24Hours: this.sentInDay(),
    };
  }

  private quota(isSandbox: boolean): number {
    return this.options.quota ?? (isSandbox ? SANDBOX : PRODUCTION).quota;
  }

  private sentInDay(): number {
    const since = this.now() - DAY_MS;
    const first = this.sent.findIndex(({ at }) => at > since);
    this.sent = first < 0 ? [] : this.sent.slice(first);
    return this.sent.reduce((sum, { recipients }) => sum + recipients, 0);
  }

  /** A second's worth may be sent at once, because SES allows short bursts only. */
  private takeTokens(rate: number, recipients: number): boolean {
    const burst = Math.max(1, rate);
    const now = this.now();
    const refilled = ((now - this.refilledAt) / 1_000) * rate;
    this.tokens = Math.min(burst, (this.tokens ?? burst) + refilled);
    this.refilledAt = now;
    if (this.tokens < Math.min(recipients, burst)) return false;
    this.tokens -= recipients;
    return true;
  }
}
