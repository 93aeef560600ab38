import { licenseRecordKey } from '../table/keys';
import type { Write } from '../table/transaction';

/** Why mails do not reach the holder of a license. It is over where the license has another address by now. */
export interface MailProblem {
  readonly kind: 'bounced' | 'complained';
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly address: string;
  /** What the receiving server said. */
  readonly detail?: string;
}

/** Identifies a license: a user has one. */
interface LicenseRef {
  readonly domainId: string;
  readonly userId: string;
}

/** The write that notes a problem at the license of a mail. Its condition fails where the license has another address by now. */
export const mailProblemWrite = ({ domainId, userId }: LicenseRef, problem: MailProblem): Write => ({
  Update: {
    Key: licenseRecordKey(domainId, userId),
    UpdateExpression: 'SET mailProblem = :problem',
    ConditionExpression: 'email = :address',
    ExpressionAttributeValues: { ':problem': problem, ':address': problem.address },
  },
});

/** The problem that mails to a license have now. */
export function currentMailProblem(license: {
  readonly email: string;
  readonly mailProblem?: MailProblem;
}): MailProblem | undefined {
  const { email, mailProblem } = license;
  return mailProblem?.address === email ? mailProblem : undefined;
}
