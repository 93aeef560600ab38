import type { Deployment } from '../../deployment';
import { newId } from '../../id';
import { deliverableAddress } from '../../mail/address';
import type { Actor, AuditAction, AuditEvent } from '../../store/audit/audit';
import { type HistoryPage, LicenseHistory } from '../../store/licenses/license-history';
import type { LicenseRecord } from '../../store/licenses/license-record';
import { LicenseStore } from '../../store/licenses/license-store';
import { type CurrentMailProblem, currentMailProblem } from '../../store/licenses/mail-problem';
import { addressWrite, MailBudgetStore } from '../../store/mail/mail-budget-store';
import { type DomainMailSettings, MailDelays } from '../../store/mail/mail-delay';
import { openTable } from '../../store/table/table';
import { AdminError } from '../admin/admin-error';
import { pluralize } from '../../pluralize';
import { nextChangeId } from './license-change';

/** A license with a page of its history. */
export interface LicenseDetails {
  readonly license: LicenseRecord;
  /** The reason why emails do not reach the holder. */
  readonly mailProblem?: CurrentMailProblem;
  readonly history: HistoryPage;
}

export interface LicenseAdminDependencies {
  readonly licenses: Pick<LicenseStore, 'read' | 'requestResend' | 'replaceKey'>;
  readonly history: Pick<LicenseHistory, 'page'>;
  readonly budget: Pick<MailBudgetStore, 'addressHeldUntil'>;
  readonly mailSettings: (domainId: string, now: Date) => Promise<DomainMailSettings>;
  /** The time between two emails to one address in domains that have none of their own. */
  readonly minutesPerAddress: number;
  readonly auditRetentionDays: number;
  readonly now: () => Date;
}

/** A license whose email can be sent. */
type MailableLicense = LicenseRecord & { readonly email: string };

const MINUTE_MS = 60_000;

/**
 * Shows licenses, requests that their emails are sent again, and replaces their keys. Throws `AdminError`.
 */
export class LicenseAdmin {
  constructor(private readonly dependencies: LicenseAdminDependencies) {}

  /** Returns a license with at most `limit` entries of its history, newest first, after the entry `after`. */
  async readLicense(
    domainId: string,
    userId: string,
    { limit, after }: { limit: number; after?: string },
  ): Promise<LicenseDetails> {
    const license = await this.getExisting(domainId, userId);
    const mailProblem = currentMailProblem(license);
    const history = await this.dependencies.history.page(domainId, userId, limit, after);
    return { license, ...(mailProblem && { mailProblem }), history };
  }

  /**
   * Requests that the current email of the license is sent again: its key, or the notice of its end. Returns
   * the id of the email's entry in the history. Throws if the address has just got an email.
   */
  async resendMail(domainId: string, userId: string, actor: Actor): Promise<string> {
    const license = await this.getExisting(domainId, userId);
    assertMailable(license);
    const mailId = nextChangeId(license);
    const audit = this.auditOf(license, 'license.mailRequested', actor);
    const { licenses, auditRetentionDays } = this.dependencies;
    const intervalMs = await this.intervalOf(domainId);
    // Most refusals need no transaction, so many requests at the same time do not block each other.
    const tooSoon = await this.tooSoon(license, intervalMs);
    if (tooSoon) throw tooSoon;
    // Of several requests at the same time, one gets the address.
    const reservation =
      intervalMs > 0
        ? addressWrite({ domainId, userId, mailId }, license.email, intervalMs, new Date(audit.at))
        : undefined;
    const result = await licenses.requestResend(license, mailId, reservation, audit, auditRetentionDays);
    if (result === 'requested') return mailId;
    const held = result === 'held' ? await this.tooSoon(license, intervalMs) : undefined;
    throw held ?? hasJustChanged(userId);
  }

  /** Returns the time between two emails to one address in milliseconds. */
  private async intervalOf(domainId: string): Promise<number> {
    const { mailSettings, minutesPerAddress, now } = this.dependencies;
    const settings = await mailSettings(domainId, now());
    return (settings.minutesPerAddress ?? minutesPerAddress) * MINUTE_MS;
  }

  /**
   * Returns the error of a request for an email to an address that has just got one; undefined for any other
   * address.
   */
  private async tooSoon(
    { domainId, email }: MailableLicense,
    intervalMs: number,
  ): Promise<AdminError | undefined> {
    const { budget, now } = this.dependencies;
    const until = await budget.addressHeldUntil(domainId, email, intervalMs, now());
    if (!until) return undefined;
    const seconds = Math.max(1, Math.ceil((until.getTime() - now().getTime()) / 1000));
    return new AdminError(
      `${email} got an email less than ${pluralize(intervalMs / MINUTE_MS, 'minute')} ago. Try again at ${until.toISOString()}, or ` +
        'correct the address of the user: an email to a new address can be sent immediately.',
      'tooSoon',
      seconds,
    );
  }

  /**
   * Replaces the key of an active license. The old key is inactive from then on, and stays so. The new key is
   * emailed. Returns the license with the new key.
   */
  async replaceKey(domainId: string, userId: string, actor: Actor): Promise<LicenseRecord> {
    const license = await this.getExisting(domainId, userId);
    assertReplaceable(license);
    const activationId = nextChangeId(license);
    const audit = this.auditOf(license, 'license.keyReplaced', actor);
    const { licenses, auditRetentionDays } = this.dependencies;
    if (!(await licenses.replaceKey(license, activationId, audit, auditRetentionDays)))
      throw hasJustChanged(userId);
    return { ...license, changeId: activationId, activationId, changedAt: audit.at };
  }

  private auditOf({ userId, userName }: LicenseRecord, action: AuditAction, actor: Actor): AuditEvent {
    const at = this.dependencies.now().toISOString();
    return { id: newId(), at, action, resourceId: userId, resourceName: userName, actor };
  }

  private async getExisting(domainId: string, userId: string): Promise<LicenseRecord> {
    const license = await this.dependencies.licenses.read(domainId, userId);
    if (license) return license;
    throw new AdminError(`The domain ${domainId} has no license of the user ${userId}.`, 'notFound');
  }
}

export function openLicenseAdmin(
  { tableName, auditRetentionDays, mailBudget }: Deployment,
  now = () => new Date(),
): LicenseAdmin {
  const table = openTable(tableName);
  return new LicenseAdmin({
    licenses: new LicenseStore(table),
    history: new LicenseHistory(table),
    budget: new MailBudgetStore(table),
    mailSettings: (domainId, at) => new MailDelays(table).current(domainId, at),
    minutesPerAddress: mailBudget.minutesPerAddress,
    auditRetentionDays,
    now,
  });
}

const hasJustChanged = (userId: string): AdminError =>
  new AdminError(
    `The license of user ${userId} has just changed. Check the license, and try again.`,
    'conflict',
  );

/**
 * Throws unless the license is active. Any other license has no active key, and gets its key when it is
 * active.
 */
function assertReplaceable({ userId, status }: LicenseRecord): void {
  if (status === 'active') return;
  const cause =
    status === 'pending'
      ? `The license of user ${userId} is waiting for a seat, so no key of it is active. Wait until it is active`
      : `The license of user ${userId} is inactive, and so is its key. Activate the user first`;
  throw new AdminError(`${cause}, then replace the key.`, 'conflict');
}

/** Throws unless the license has an email that can be sent again. */
function assertMailable(license: LicenseRecord): asserts license is MailableLicense {
  const { userId, status, activationId } = license;
  if (status === 'pending') {
    throw new AdminError(
      `The license of user ${userId} is waiting for a seat. Its key is emailed when it gets one.`,
      'conflict',
    );
  }
  if (activationId === undefined) {
    throw new AdminError(
      `The license of user ${userId} was never active, so there is no email to send. Activate the user.`,
      'conflict',
    );
  }
  if (license.email === undefined || deliverableAddress(license.email) === undefined) {
    throw new AdminError(
      `The license of user ${userId} has no address to which an email can be sent. Add one to the user; ` +
        'a key that was never emailed is sent then.',
      'conflict',
    );
  }
  const problem = currentMailProblem(license);
  // What SES refused before, it may accept now.
  if (problem && problem.kind !== 'refused') {
    const { kind, address } = problem;
    const cause =
      kind === 'bounced' ? `Emails to ${address} bounced` : `${address} complained about an email`;
    throw new AdminError(
      `${cause}. Correct the address of the user, or clear it so that emails go to it again (address clear).`,
      'conflict',
    );
  }
}
