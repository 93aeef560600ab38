import { createHash } from 'node:crypto';
import type { JsonFile } from '../../host/json-file';

/** An email subscription of the template. */
export interface EmailSubscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly endpoint: string;
  /** The part of the link in the confirmation email that identifies the subscription. */
  readonly token: string;
}

/** The email subscriptions of the template. Each one is pending until its recipient has confirmed it. */
export class EmailSubscriptions {
  /** The tokens of the confirmed subscriptions. They survive a restart. */
  private readonly confirmed: Set<string>;

  constructor(
    readonly all: readonly EmailSubscription[],
    private readonly file: JsonFile<readonly string[]>,
  ) {
    this.confirmed = new Set(file.read());
  }

  get pending(): EmailSubscription[] {
    return this.all.filter((each) => !this.isConfirmed(each));
  }

  isConfirmed({ token }: EmailSubscription): boolean {
    return this.confirmed.has(token);
  }

  /** Returns the subscription that is confirmed now, or undefined if the token belongs to none. */
  confirm(token: string): EmailSubscription | undefined {
    const found = this.all.find((each) => each.token === token);
    if (!found) return undefined;
    this.confirmed.add(token);
    this.file.write([...this.confirmed]);
    return found;
  }
}

/** Returns the token of an address and a topic, which is the same after a restart. */
export const tokenOf = (topicArn: string, endpoint: string): string =>
  createHash('sha256').update(`${topicArn}\0${endpoint}`).digest('hex');
