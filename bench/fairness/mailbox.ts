import type { MeasuredSystem } from '../contention/bench-domain';

/** An email in the mailbox. `at` is in milliseconds since the epoch. */
export interface ReceivedMail {
  readonly to: string;
  readonly at: number;
}

/** The mailbox of the measured system. It reports the time of an email in whole seconds, so it is polled. */
export class Mailbox {
  private readonly seen = new Map<string, ReceivedMail>();
  private since = Math.floor(Date.now() / 1_000);

  constructor(private readonly system: MeasuredSystem) {}

  /** Reads the emails that have arrived since the last call. */
  async poll(): Promise<void> {
    const now = Date.now();
    const response = await fetch(`${this.system.session.mailUrl}/store?since=${this.since}`);
    const { emails } = (await response.json()) as {
      emails: { messageId: string; destination: { to: string[] } }[];
    };
    for (const { messageId, destination } of emails) {
      if (!this.seen.has(messageId)) this.seen.set(messageId, { to: destination.to[0] ?? '', at: now });
    }
    // Emails of the last two seconds may not have been reported yet.
    this.since = Math.floor(now / 1_000) - 2;
  }

  /** Returns the received emails to addresses that contain a text, oldest first. */
  mailsTo(text: string): ReceivedMail[] {
    return [...this.seen.values()].filter(({ to }) => to.includes(text)).sort((a, b) => a.at - b.at);
  }
}
