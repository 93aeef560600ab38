import type { Deployment } from '../../deployment';
import { newId } from '../../id';
import type { Actor } from '../../store/audit/audit';
import { type HistoryPage, LicenseHistory } from '../../store/licenses/license-history';
import type { LicenseRecord } from '../../store/licenses/license-record';
import { LicenseStore } from '../../store/licenses/license-store';
import { currentMailProblem, type MailProblem } from '../../store/licenses/mail-problem';
import { openTable } from '../../store/table/table';
import { AdminError } from '../admin/admin-error';

/** A license with its holder, and a page of its history. */
export interface LicenseDetails {
  readonly license: LicenseRecord;
  /** Why mails do not reach the holder. */
  readonly mailProblem?: MailProblem;
  readonly history: HistoryPage;
}

export interface LicenseAdminDependencies {
  readonly licenses: Pick<LicenseStore, 'read' | 'requestResend'>;
  readonly history: Pick<LicenseHistory, 'page'>;
  readonly auditRetentionDays: number;
}

/** Shows licenses, and has their mails sent again. Throws `AdminError`. */
export class LicenseAdmin {
  constructor(private readonly dependencies: LicenseAdminDependencies) {}

  /** The history begins after the entry `after`, newest first. */
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
   * Has the mail of the license as it is now sent once more: the key of its activation, or the notice of its end. Gives the id
   * of the mail's entry in the history.
   */
  async resendMail(domainId: string, userId: string, actor: Actor): Promise<string> {
    const license = await this.getExisting(domainId, userId);
    assertMailable(license);
    const mailId = newId();
    const audit = {
      id: newId(),
      at: new Date().toISOString(),
      action: 'license.mailRequested' as const,
      resourceId: userId,
      resourceName: license.userName,
      actor,
    };
    const { licenses, auditRetentionDays } = this.dependencies;
    if (await licenses.requestResend(license, mailId, audit, auditRetentionDays)) return mailId;
    throw new AdminError(`The license of user ${userId} has just changed. Look at it again.`, 'conflict');
  }

  private async getExisting(domainId: string, userId: string): Promise<LicenseRecord> {
    const license = await this.dependencies.licenses.read(domainId, userId);
    if (license) return license;
    throw new AdminError(`The domain ${domainId} has no license of a user ${userId}.`, 'notFound');
  }
}

export function openLicenseAdmin({ tableName, auditRetentionDays }: Deployment): LicenseAdmin {
  const table = openTable(tableName);
  return new LicenseAdmin({
    licenses: new LicenseStore(table),
    history: new LicenseHistory(table),
    auditRetentionDays,
  });
}

/** Throws unless there is a mail that can be sent again. */
function assertMailable(license: LicenseRecord): void {
  const { userId, status, activationId } = license;
  if (status === 'pending') {
    throw new AdminError(
      `The license of user ${userId} waits for a seat. Its key is mailed when it gets one.`,
      'conflict',
    );
  }
  if (activationId === undefined) {
    throw new AdminError(
      `The license of user ${userId} never was active: there is nothing to mail. Activate the user.`,
      'conflict',
    );
  }
  const problem = currentMailProblem(license);
  if (problem) {
    throw new AdminError(
      `Mails to ${problem.address} ${problem.kind === 'bounced' ? 'come back' : 'were complained of'}. ` +
        'Correct the address in the directory, or let mails go to it again (address clear).',
      'conflict',
    );
  }
}
