import type { Deployment } from '../../deployment';
import { newId } from '../../id';
import { deliverableAddress } from '../../mail/address';
import type { Actor } from '../../store/audit/audit';
import { type HistoryPage, LicenseHistory } from '../../store/licenses/license-history';
import type { LicenseRecord } from '../../store/licenses/license-record';
import { LicenseStore } from '../../store/licenses/license-store';
import { currentMailProblem, type MailProblem } from '../../store/licenses/mail-problem';
import { openTable } from '../../store/table/table';
import { AdminError } from '../admin/admin-error';

/** A license with a page of its history. */
export interface LicenseDetails {
  readonly license: LicenseRecord;
  /** The reason why emails do not reach the holder. */
  readonly mailProblem?: MailProblem;
  readonly history: HistoryPage;
}

export interface LicenseAdminDependencies {
  readonly licenses: Pick<LicenseStore, 'read' | 'requestResend'>;
  readonly history: Pick<LicenseHistory, 'page'>;
  readonly auditRetentionDays: number;
  readonly now: () => Date;
}

/** Shows licenses, and requests that their emails are sent again. Throws `AdminError`. */
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
   * the id of the email's entry in the history.
   */
  async resendMail(domainId: string, userId: string, actor: Actor): Promise<string> {
    const license = await this.getExisting(domainId, userId);
    assertMailable(license);
    const mailId = newId();
    const audit = {
      id: newId(),
      at: this.dependencies.now().toISOString(),
      action: 'license.mailRequested' as const,
      resourceId: userId,
      resourceName: license.userName,
      actor,
    };
    const { licenses, auditRetentionDays } = this.dependencies;
    if (await licenses.requestResend(license, mailId, audit, auditRetentionDays)) return mailId;
    throw new AdminError(
      `The license of user ${userId} has just changed. Check the license, and try again.`,
      'conflict',
    );
  }

  private async getExisting(domainId: string, userId: string): Promise<LicenseRecord> {
    const license = await this.dependencies.licenses.read(domainId, userId);
    if (license) return license;
    throw new AdminError(`The domain ${domainId} has no license of the user ${userId}.`, 'notFound');
  }
}

export function openLicenseAdmin(
  { tableName, auditRetentionDays }: Deployment,
  now = () => new Date(),
): LicenseAdmin {
  const table = openTable(tableName);
  return new LicenseAdmin({
    licenses: new LicenseStore(table),
    history: new LicenseHistory(table),
    auditRetentionDays,
    now,
  });
}

/** Throws unless the license has an email that can be sent again. */
function assertMailable(license: LicenseRecord): void {
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
      `The license of user ${userId} has no address to which an email can be sent. Add one in the directory; ` +
        'a key that was never emailed is sent then.',
      'conflict',
    );
  }
  const problem = currentMailProblem(license);
  if (problem) {
    const { kind, address } = problem;
    const cause =
      kind === 'bounced' ? `Emails to ${address} bounced` : `${address} complained about an email`;
    throw new AdminError(
      `${cause}. Correct the address in the directory, or clear it so that emails go to it again (address clear).`,
      'conflict',
    );
  }
}
