import { licenseRecordKey } from '../table/keys';
import { oneOf, optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_EXISTS, type Write } from '../table/write';

export const MAIL_PROBLEM_KINDS = ['bounced', 'complained'] as const;

/**
 * The reason why emails do not reach the holder of a license. It no longer applies once the license has
 * another address.
 */
export interface MailProblem {
  readonly kind: (typeof MAIL_PROBLEM_KINDS)[number];
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly address: string;
  /** The response of the receiving server. */
  readonly detail?: string;
}

/** Identifies a license: each user has one. */
interface LicenseRef {
  readonly domainId: string;
  readonly userId: string;
}

/**
 * Returns the write that records a problem in a license. It fails if the license has another address by then.
 */
export const mailProblemWrite = ({ domainId, userId }: LicenseRef, problem: MailProblem): Write => ({
  update: licenseRecordKey(domainId, userId),
  set: { mailProblem: problem },
  condition: { expression: 'email = :address', values: { address: problem.address } },
});

/**
 * A refusal of SES to send to the address of a license. It is not a `MailProblem`, because functions of
 * version 0.1.0 know no third kind of these. It ends when an email to the license is sent.
 */
export type MailRefusal = Omit<MailProblem, 'kind'>;

/** The refusals that licenses record, for administrators. */
export class MailRefusals {
  constructor(private readonly table: Table) {}

  /** Records a refusal. Returns false if the license has another address by now. */
  async record({ domainId, userId }: LicenseRef, refusal: MailRefusal): Promise<boolean> {
    const { written } = await this.table.update(
      licenseRecordKey(domainId, userId),
      { set: { mailRefusal: refusal } },
      { condition: { expression: 'email = :address', values: { address: refusal.address } } },
    );
    return written;
  }

  async clear({ domainId, userId }: LicenseRef): Promise<void> {
    await this.table.update(
      licenseRecordKey(domainId, userId),
      { remove: ['mailRefusal'] },
      { condition: ITEM_EXISTS },
    );
  }
}

/** The reason why the last email did not reach the address that a license has. */
export interface CurrentMailProblem extends MailRefusal {
  readonly kind: MailProblem['kind'] | 'refused';
}

/** Returns the problem or the refusal of a license, if it applies to the license's current address. */
export function currentMailProblem(license: {
  readonly email?: string;
  readonly mailProblem?: MailProblem;
  readonly mailRefusal?: MailRefusal;
}): CurrentMailProblem | undefined {
  const { email, mailProblem, mailRefusal } = license;
  if (email === undefined) return undefined;
  if (mailProblem?.address === email) return mailProblem;
  return mailRefusal?.address === email ? { kind: 'refused', ...mailRefusal } : undefined;
}

/** Reads a problem from a map in an item. */
export const readMailProblem = (problem: Item): MailProblem => ({
  kind: oneOf(problem, 'kind', MAIL_PROBLEM_KINDS),
  ...readMailRefusal(problem),
});

/** Reads a refusal from a map in an item. */
export const readMailRefusal = (refusal: Item): MailRefusal => ({
  at: text(refusal, 'at'),
  address: text(refusal, 'address'),
  detail: optionalText(refusal, 'detail'),
});
