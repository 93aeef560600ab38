import { ENV, requireEnv } from '../../env';
import { senderStatusReader } from '../../mail/ses/sender-status';
import { readRatePlans } from '../../rate-plan';
import type { Table } from '../../store/table/table';
import { type CheckedDomain, checkReadiness, type Readiness } from './readiness';

/**
 * Looks at the readiness of domains as the environment of a deployed function has it. What SES said stands for a minute, so this is
 * opened once in the life of the process. `onSenderUnknown` is told why SES could not be asked.
 */
export function openReadiness(
  table: Table,
  onSenderUnknown: (error: unknown) => void,
): (domain: CheckedDomain) => Promise<Readiness> {
  const mailIdentity = requireEnv(ENV.mailIdentity);
  const settings = {
    plans: readRatePlans(),
    mailIdentity,
    senderStatus: senderStatusReader(mailIdentity, Date.now),
    docsUrl: requireEnv(ENV.docsUrl),
    onSenderUnknown,
  };
  return (domain) => checkReadiness(table, domain, settings, new Date());
}
