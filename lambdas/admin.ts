import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, ScheduledEvent } from 'aws-lambda';
import openApi from '../docs/admin-api.openapi.json';
import type { Deployment, LicensesDeployment } from '../shared/deployment';
import { ENV, requireEnv } from '../shared/env';
import { adminHandler } from '../shared/http/admin/admin-handler';
import { ok, route, type AdminRoute } from '../shared/http/admin/route';
import { administratorRoutes } from '../shared/http/admin/routes/administrators/administrator-routes';
import { auditEventRoutes } from '../shared/http/admin/routes/audit/audit-event-routes';
import { connectionRoutes } from '../shared/http/admin/routes/connections/connection-routes';
import { verifyCountRoutes, verifyItemRoutes } from '../shared/http/admin/routes/verification/verify-count-routes';
import { deploymentCheckRoutes } from '../shared/http/admin/routes/deployment/deployment-check-routes';
import { domainRoutes } from '../shared/http/admin/routes/domains/domain-routes';
import { keyRoutes } from '../shared/http/admin/routes/connections/key-routes';
import { licenseRoutes } from '../shared/http/admin/routes/users/license-routes';
import { mailRoutes } from '../shared/http/admin/routes/mail/mail-routes';
import { verifyNameRoutes } from '../shared/http/admin/routes/verification/verify-name-routes';
import { requestRoutes } from '../shared/http/admin/routes/requests/request-routes';
import { simulationRoutes } from '../shared/http/admin/routes/connections/simulation-routes';
import { setupLinkRoutes } from '../shared/http/admin/routes/setup/setup-link-routes';
import { errorFields } from '../shared/logging/error-fields';
import { ADMINISTRATOR_TASKS_RULE, API_KEYS_METRIC } from '../shared/limits/admin-limits';
import { UsageKeys } from '../shared/gateway/usage-keys';
import type { Clock } from '../shared/http/chain/clock';
import { openAuditSubjects } from '../shared/service/audit/open-audit-subjects';
import { openAssertionVerifier, readJwksOrigins } from '../shared/service/assertions/open-assertion-verifier';
import { assertionTest } from '../shared/service/connections/assertion-test';
import {
  openConnectionAdmin,
  openRolesConfirmationAdmin,
} from '../shared/service/connections/open-connection-admin';
import { flushLimits } from '../shared/service/credentials/flush-limits';
import { openScimKeyAdmin } from '../shared/service/credentials/scim-key-admin';
import { openInvitationSender } from '../shared/mail/invitations/open-invitation-sender';
import {
  type Administration,
  openAdministration,
} from '../shared/service/administrators/open-administration';
import { openSimulationAdmin } from '../shared/service/simulation/simulation-admin';
import { openDeploymentChecks } from '../shared/service/deployment/open-deployment-checks';
import { openDomainAdmin } from '../shared/service/domains/domain-admin';
import { openLicenseAdmin } from '../shared/service/licenses/license-admin';
import { openRedriveAdmin } from '../shared/service/mail/redrive-admin';
import { openSuppressionAdmin } from '../shared/service/mail/suppression-admin';
import { CountVerifier } from '../shared/service/domains/count-verification';
import { NameVerifier } from '../shared/service/diagnostics/name-verification';
import { ItemVerifications } from '../shared/service/verification/item-verification';
import { consumedCapacity } from '../shared/logging/consumed-capacity';
import { AccountOffers } from '../shared/service/setup-links/account-offers';
import { openCreatorRights } from '../shared/service/setup-links/creator-rights';
import { SetupLinkAdmin } from '../shared/service/setup-links/setup-link-admin';
import { SetupLinkOpening } from '../shared/service/setup-links/setup-link-opening';
import { readSetupProgress } from '../shared/service/setup-links/setup-progress';
import { setupCodeSender } from '../shared/mail/setup/send-setup-code';
import { sweepUsageKeys } from '../shared/service/domains/usage-key-sweep';
import { InvitationStore } from '../shared/store/administrators/invitation-store';
import { putAudit } from '../shared/store/audit/audit';
import { AuditLog } from '../shared/store/audit/audit-log';
import { DomainStore } from '../shared/store/domains/domain-store';
import { UsageKeyChanges } from '../shared/store/domains/usage-key-changes';
import { FlushLimit } from '../shared/store/limits/flush-limit';
import { countRequests } from '../shared/store/requests/request-counts';
import { RequestLog } from '../shared/store/requests/request-log';
import { SetupAttempts } from '../shared/store/setup-links/setup-attempts';
import { SetupLinkStore } from '../shared/store/setup-links/setup-link-store';
import { openTable, type Table } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';
import { wireDirectoryRoutes } from './wiring/directory-routes';
import { wireEventRoutes } from './wiring/event-routes';
import { wireHealthRoutes } from './wiring/health-routes';
import { readOriginSecrets } from './wiring/origin-secrets';
import { wireSetPollRoutes } from './wiring/set-poll-routes';

const api = adminHandler((now) => {
  const deployment = JSON.parse(requireEnv(ENV.deployment)) as Deployment;
  const table = openTable(deployment.tableName);
  const domains = new DomainStore(table, deployment.auditRetentionDays);
  const offers = wireOffers(table, deployment, now);
  return {
    findDomain: (domainId) => domains.get(domainId),
    writeAudit: (domainId, event) => putAudit(table, domainId, event, deployment.auditRetentionDays),
    limitFlushes: flushLimits(new FlushLimit(table), now),
    readOriginSecrets,
    routes: [
      route({ method: 'GET', path: '/openapi.json', access: 'public', handle: () => ok(openApi) }),
      ...domainRoutes({ admin: openDomainAdmin(deployment), scimBaseUrl: deployment.baseUrl }),
      ...wireConnectionRoutes(table, deployment, now),
      ...keyRoutes(openScimKeyAdmin(deployment), now),
      ...simulationRoutes(openSimulationAdmin(table, deployment), deployment.baseUrl),
      ...administratorRoutes({
        ...wireAdministration(table, deployment),
        offers,
        now,
      }),
      ...mailRoutes({
        addresses: openSuppressionAdmin(deployment),
        redrive: openRedriveAdmin(deployment, JSON.parse(requireEnv(ENV.licenses)) as LicensesDeployment),
      }),
      ...auditEventRoutes({
        open: (domainId) => new AuditLog(table, domainId),
        subjects: (scope) =>
          openAuditSubjects(table, scope, deployment.auditRetentionDays, () => new Date(now())),
      }),
      ...licenseRoutes(openLicenseAdmin(deployment)),
      ...deploymentCheckRoutes(
        openDeploymentChecks(deployment.baseUrl, (check, error) =>
          logger.warn('A check of the deployment failed', { check, ...errorFields(error) }),
        ),
      ),
      ...wireDirectoryRoutes(table, deployment),
      ...wireSetupRoutes(offers, table, deployment, now),
      ...wireHealthRoutes(table, now),
      ...wireEventRoutes(table, deployment, now),
      ...wireSetPollRoutes(table),
      ...requestRoutes({
        log: new RequestLog(table),
        count: (...counted) => countRequests(table, ...counted),
        now,
      }),
      ...verifyNameRoutes((domainId, actor) => {
        const { auditRetentionDays } = deployment;
        return new NameVerifier(table, domainId, { actor, auditRetentionDays });
      }, readUnits),
      ...verifyCountRoutes((domainId, actor) => new CountVerifier(table, domainId, actor, deployment), readUnits),
      ...verifyItemRoutes((domainId, actor) => {
        const { auditRetentionDays } = deployment;
        return new ItemVerifications(table, domainId, actor, { auditRetentionDays, readUnits });
      }),
    ],
  };
});

const readUnits = (): number => consumedCapacity().read;

/**
 * Serves the admin API. A schedule lets it delete the usage keys that interrupted changes left behind, and
 * the accounts of former administrators. Another one lets it invite the administrators whom mappings make.
 */
export const handler = (
  event: APIGatewayProxyEvent | ScheduledEvent,
  context: Context,
): Promise<APIGatewayProxyResult | void> =>
  'httpMethod' in event ? api(event, context) : withTelemetry(context, event, () => sweep(event, context));

/** The time that a call of API Gateway may need, retries included, before Lambda ends the invocation. */
const TIME_RESERVE_MS = 12_000;

async function sweep(event: ScheduledEvent, context: Context): Promise<void> {
  const deployment = JSON.parse(requireEnv(ENV.deployment)) as Deployment;
  const table = openTable(deployment.tableName);
  const isTimeUp = () => context.getRemainingTimeInMillis() < TIME_RESERVE_MS;
  const { mappedInvitations, checks } = wireAdministration(table, deployment);
  if (event.resources.some((arn) => arn.includes(ADMINISTRATOR_TASKS_RULE)))
    return mappedInvitations.run(isTimeUp);
  await checks.run(isTimeUp);
  const fail = (fields: object, error: unknown) => {
    addMetric('UsageKeySweepFailed');
    logger.error('Sweep of usage keys failed and will be retried', { ...fields, ...errorFields(error) });
  };
  const usageKeys = new UsageKeys(deployment);
  await sweepUsageKeys({
    changes: new UsageKeyChanges(table),
    domains: new DomainStore(table, deployment.auditRetentionDays),
    usageKeys,
    isTimeUp,
    now: () => new Date(),
    onSwept: (domainId, deleted) => logger.info('Sweep of usage keys', { domainId, deleted }),
    onError: (domainId, error) => fail({ domainId }, error),
  }).catch((error: unknown) => fail({}, error));
  await usageKeys.count().then(
    (count) => addMetric(API_KEYS_METRIC, count),
    (error: unknown) => logger.error('The API keys could not be counted', errorFields(error)),
  );
}

function wireAdministration(table: Table, { auditRetentionDays }: Deployment): Administration {
  const onError = (error: unknown) => logger.error('An invitation was not emailed', errorFields(error));
  const notify = openInvitationSender(table, { now: () => new Date(), onError });
  return openAdministration(table, auditRetentionDays, notify);
}

function wireConnectionRoutes(table: Table, deployment: Deployment, now: Clock): AdminRoute[] {
  const admin = openConnectionAdmin(deployment, readJwksOrigins());
  return connectionRoutes({
    admin,
    confirmations: openRolesConfirmationAdmin(deployment),
    testAssertion: assertionTest({
      connections: admin,
      assertions: openAssertionVerifier(table),
      now: () => new Date(now()),
    }),
    scimBaseUrl: deployment.baseUrl,
    now,
  });
}

const wireOffers = (table: Table, { auditRetentionDays }: Deployment, clock: Clock): AccountOffers =>
  new AccountOffers({
    links: new SetupLinkStore(table, auditRetentionDays),
    invitations: new InvitationStore(table, auditRetentionDays),
    now: () => new Date(clock()),
  });

function wireSetupRoutes(
  offers: AccountOffers,
  table: Table,
  deployment: Deployment,
  clock: Clock,
): AdminRoute[] {
  const now = () => new Date(clock());
  const domains = new DomainStore(table, deployment.auditRetentionDays);
  const links = new SetupLinkStore(table, deployment.auditRetentionDays);
  const creators = openCreatorRights(table);
  let sender: ReturnType<typeof setupCodeSender> | undefined;
  return setupLinkRoutes({
    admin: new SetupLinkAdmin({
      links,
      creators,
      portalUrl: process.env[ENV.portalUrl],
      days: Number(requireEnv(ENV.setupLinkDays)),
      now,
    }),
    offers,
    opening: new SetupLinkOpening({
      domains,
      links,
      creators,
      attempts: new SetupAttempts(table),
      sends: new InvitationStore(table, deployment.auditRetentionDays),
      sendCode: (domain, email, code) => {
        // Few invocations send an email, so the others do not read the templates.
        sender ??= setupCodeSender(table, { now, onError: logCodeFailure });
        return sender(domain, email, code);
      },
      writeAudit: (domainId, event) => putAudit(table, domainId, event, deployment.auditRetentionDays),
      now,
    }),
    progress: ({ domainId }, connectionId) => readSetupProgress(table, domainId, connectionId, now()),
    scimBaseUrl: deployment.baseUrl,
  });
}

/** The error may contain an address, so it is not logged unchanged. */
const logCodeFailure = (fields: object, error: unknown): void =>
  logger.error('The code of a setup link was not sent', { ...fields, ...errorFields(error) });
