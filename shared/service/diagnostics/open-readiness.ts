import { helpDocsUrl } from '../../docs-url';
import { ENV, requireEnv } from '../../env';
import { senderStatusReader } from '../../mail/ses/sender-status';
import { readMailBudget } from '../../limits/mail-budget';
import { readRatePlans } from '../../limits/rate-plan';
import type { Table } from '../../store/table/table';
import type { CheckedDomain } from './finding';
import {
  checkConnectionReadiness,
  checkReadiness,
  type Readiness,
  type ReadinessSettings,
} from './readiness';
import type { FindingLanguage } from './texts/finding-texts';

/**
 * Returns a function that checks the readiness of a domain, or of one of its connections, configured by the
 * environment of the function. Call this once per process, because the status of SES is cached for a minute.
 * `portalUrl` returns the origin of the portal, whose help pages findings link to.
 */
export function openReadiness(
  table: Table,
  portalUrl: () => Promise<string | undefined>,
  reporting: Pick<ReadinessSettings, 'namesAdministrators' | 'onSenderUnknown'>,
  now = () => new Date(),
): (domain: CheckedDomain, connectionId?: string, language?: FindingLanguage) => Promise<Readiness> {
  const mailIdentity = requireEnv(ENV.mailIdentity);
  const settings = {
    mailBudget: readMailBudget(),
    plans: readRatePlans(),
    mailIdentity,
    senderStatus: senderStatusReader(mailIdentity, Date.now),
    docsUrl: async () => {
      const portal = await portalUrl();
      return portal === undefined ? requireEnv(ENV.docsUrl) : helpDocsUrl(portal);
    },
    contactText: process.env[ENV.contactText],
    ...reporting,
  };
  return (domain, connectionId, language) =>
    connectionId === undefined
      ? checkReadiness(table, domain, settings, { now: now(), language })
      : checkConnectionReadiness(table, domain, connectionId, settings, { now: now(), language });
}
