import { licenseRecordKey } from '../table/keys';
import { oneOf, optionalText, text, type Item } from '../table/read-item';
import type { Write } from '../table/write';

export const MAIL_PROBLEM_KINDS = ['bounced', 'complained'] as const;

/**
 * The reason why emails do not reach the holder of a license. It no longer applies once the license has another address.
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

/** Returns the problem of a license, if it applies to the license's current address. */
export function currentMailProblem(license: {
  readonly email?: string;
  readonly mailProblem?: MailProblem;
}): MailProblem | undefined {
  const { email, mailProblem } = license;
  return email !== undefined && mailProblem?.address === email ? mailProblem : undefined;
}

/** Reads a problem from a map in an item. */
export const readMailProblem = (problem: Item): MailProblem => ({
  kind: oneOf(problem, 'kind', MAIL_PROBLEM_KINDS),
  at: text(problem, 'at'),
  address: text(problem, 'address'),
  detail: optionalText(problem, 'detail'),
});
