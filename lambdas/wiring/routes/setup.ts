import { ENV, requireEnv } from '../../../shared/env';
import type { AdminRoute } from '../../../shared/http/admin/route';
import { setupLinkRoutes } from '../../../shared/http/admin/routes/setup/setup-link-routes';
import { setupProgressRoutes } from '../../../shared/http/admin/routes/setup/setup-progress-routes';
import { errorFields } from '../../../shared/logging/error-fields';
import { logger } from '../../../shared/logging/telemetry';
import { setupCodeSender } from '../../../shared/mail/setup/send-setup-code';
import { openCreatorRights } from '../../../shared/service/setup-links/creator-rights';
import { SetupLinkAdmin } from '../../../shared/service/setup-links/setup-link-admin';
import { SetupLinkOpening } from '../../../shared/service/setup-links/setup-link-opening';
import { readSetupProgress } from '../../../shared/service/setup-links/setup-progress';
import { InvitationStore } from '../../../shared/store/administrators/invitation-store';
import { putAudit } from '../../../shared/store/audit/audit';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { SetupAttempts } from '../../../shared/store/setup-links/setup-attempts';
import { SetupLinkStore } from '../../../shared/store/setup-links/setup-link-store';
import { wireAccountOffers } from '../account-offers';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of setup links, and of the setup that they allow. */
export function wireSetupRoutes(parts: AdminParts): AdminRoute[] {
  const { table, deployment } = parts;
  const { auditRetentionDays } = deployment;
  const now = () => new Date(parts.now());
  const links = new SetupLinkStore(table, auditRetentionDays);
  const creators = openCreatorRights(table);
  let sender: ReturnType<typeof setupCodeSender> | undefined;
  const admin = new SetupLinkAdmin({
    links,
    creators,
    portalUrl: process.env[ENV.portalUrl],
    days: Number(requireEnv(ENV.setupLinkDays)),
    now,
  });
  const opening = new SetupLinkOpening({
    domains: new DomainStore(table, auditRetentionDays),
    links,
    creators,
    attempts: new SetupAttempts(table),
    sends: new InvitationStore(table, auditRetentionDays),
    sendCode: (domain, email, code) => {
      // Few invocations send an email, so the others do not read the templates.
      sender ??= setupCodeSender(table, { now, onError: logCodeFailure });
      return sender(domain, email, code);
    },
    writeAudit: (domainId, event) => putAudit(table, domainId, event, auditRetentionDays),
    now,
  });
  return [
    ...setupLinkRoutes(admin, opening),
    ...setupProgressRoutes({
      offers: wireAccountOffers(parts),
      progress: ({ domainId }, connectionId) => readSetupProgress(table, domainId, connectionId, now()),
      scimBaseUrl: deployment.baseUrl,
    }),
  ];
}

/** The error may contain an address, so it is not logged unchanged. */
const logCodeFailure = (fields: object, error: unknown): void =>
  logger.error('The code of a setup link was not sent', { ...fields, ...errorFields(error) });
