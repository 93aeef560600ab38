import type * as LicenseKeyModule from '../../../shared/license-key';
import { DOMAIN_ID, type StoredMail, readMails } from '../directory';
import type { Product } from '../product/product';
import type { AcceptedMail } from '../world/simulated-ses';
import type { Process } from '../world/scheduler';
import type { World } from '../world/world';
import { assertRule } from './commit-rules';

/** An email that SES has accepted, with what the table knew of it. */
export interface SentMail extends AcceptedMail {
  readonly userId: string;
  readonly mailId: string;
  readonly kind: string;
  readonly key?: string;
  /** The change of the license that the email is about. */
  readonly changeId?: string;
  readonly sender: Process;
}

const KEY = /\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\b/;
const SECRET = 'secret of the simulation';

/** Checks each email at the time at which SES accepts it. */
export class MailRules {
  readonly sent: SentMail[] = [];
  /** The processes that had a fault, so that they may have lost a response. */
  readonly unlucky = new Set<Process>();

  constructor(private readonly product: Product) {}

  /** Returns the emails of a license, in the order in which SES accepted them. */
  of(userId: string): SentMail[] {
    return this.sent.filter((mail) => mail.userId === userId);
  }

  accept(world: World, mail: AcceptedMail): void {
    const { userId = '', mailId = '', kind = '' } = mail.tags;
    const key = KEY.exec(mail.text)?.[0];
    const sender = world.scheduler.current;
    const entry = readMails(world.table).find((each) => isEntry(each, userId, mailId));
    const sent = { ...mail, userId, mailId, kind, key, changeId: entry?.changeId, sender };
    this.checkKey(world, sent, entry);
    this.checkOrder(sent);
    this.checkDuplicate(sent);
    this.sent.push(sent);
    world.scheduler.note(() => `  SES accepts ${kind} ${mailId} of ${userId} for ${mail.to}`);
  }

  /** The key in an email is that of the activation of its entry, and the license check knows it. */
  private checkKey(
    world: World,
    { userId, mailId, kind, key }: SentMail,
    entry: StoredMail | undefined,
  ): void {
    if (kind !== 'license-key') return;
    const expected = entry?.activationId && this.keyOf(userId, entry.activationId);
    assertRule(key === expected, 'an email has the key of its activation', () => `${mailId} has ${key}`);
    const { hashLicenseKey } = this.product.load<typeof LicenseKeyModule>('shared/license-key');
    const stored = world.table.items.get({ pk: `LICENSEKEY#${hashLicenseKey(key ?? '')}`, sk: 'KEY' });
    assertRule(
      stored?.userId?.S === userId && stored.activationId?.S === entry?.activationId,
      'the license check knows each key before it is emailed',
      () => `the key in ${mailId} is not known`,
    );
  }

  keyOf(userId: string, activationId: string): string {
    const { deriveLicenseKey } = this.product.load<typeof LicenseKeyModule>('shared/license-key');
    return deriveLicenseKey(SECRET, { domainId: DOMAIN_ID, userId, activationId });
  }

  /** The emails of a license are sent in the order of its changes. */
  private checkOrder({ userId, mailId, changeId = '' }: SentMail): void {
    const later = this.of(userId).find((other) => (other.changeId ?? '') > changeId);
    assertRule(
      later === undefined,
      'emails of a license are sent in the order of its changes',
      () => `${mailId} was sent after ${later?.mailId}, a later ${later?.kind}`,
    );
  }

  /** An email is sent twice only if its first sender may not have known that it was sent. */
  private checkDuplicate({ userId, mailId }: SentMail): void {
    const earlier = this.of(userId).filter((other) => other.mailId === mailId);
    assertRule(
      earlier.every(({ sender }) => this.unlucky.has(sender) || !sender.isAlive),
      'no email is sent twice without a fault',
      () => `${mailId} was sent again`,
    );
  }
}

export const isEntry = (mail: StoredMail, userId: string, mailId: string): boolean =>
  mail.userId === userId && mail.mailId === mailId;
