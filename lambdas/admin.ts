import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, ScheduledEvent } from 'aws-lambda';
import openApi from '../docs/admin-api.openapi.json';
import type { Deployment, LicensesDeployment } from '../shared/deployment';
import { ENV, requireEnv } from '../shared/env';
import { adminHandler } from '../shared/http/admin/admin-handler';
import { ok, route, type AdminRoute } from '../shared/http/admin/route';
import { administratorRoutes } from '../shared/http/admin/routes/administrator-routes';
import { auditRoutes } from '../shared/http/admin/routes/audit-routes';
import { connectionRoutes } from '../shared/http/admin/routes/connection-routes';
import { countRoutes } from '../shared/http/admin/routes/count-routes';
import { deploymentRoutes } from '../shared/http/admin/routes/deployment-routes';
import { domainRoutes } from '../shared/http/admin/routes/domain-routes';
import { healthRoutes } from '../shared/http/admin/routes/health-routes';
import { keyRoutes } from '../shared/http/admin/routes/key-routes';
import { licenseRoutes } from '../shared/http/admin/routes/license-routes';
import { mailRoutes } from '../shared/http/admin/routes/mail-routes';
import { nameRoutes } from '../shared/http/admin/routes/name-routes';
import { requestRoutes } from '../shared/http/admin/routes/request-routes';
import { setupLinkRoutes } from '../shared/http/admin/routes/setup-link-routes';
import { userRoutes } from '../shared/http/admin/routes/user-routes';
import { errorFields } from '../shared/error-fields';
import { API_KEYS_METRIC } from '../shared/admin-limits';
import { UsageKeys } from '../shared/gateway/usage-keys';
import type { Clock } from '../shared/http/chain/clock';
import { readRatePlans } from '../shared/rate-plan';
import { openAssertionVerifier, readJwksOrigins } from '../shared/service/assertions/open-assertion-verifier';
import { assertionTest } from '../shared/service/connections/assertion-test';
import { openConnectionAdmin } from '../shared/service/connections/open-connection-admin';
import { flushLimits } from '../shared/service/credentials/flush-limits';
import { openScimKeyAdmin } from '../shared/service/credentials/scim-key-admin';
import { readConnectionNames } from '../shared/service/diagnostics/connection-names';
import { openInvitationSender } from '../shared/mail/invitations/open-invitation-sender';
import {
  type Administration,
  openAdministration,
} from '../shared/service/administrators/open-administration';
import { openDeploymentChecks } from '../shared/service/deployment/open-deployment-checks';
import { openReadiness } from '../shared/service/diagnostics/open-readiness';
import { openDomainAdmin } from '../shared/service/domains/domain-admin';
import { openLicenseAdmin } from '../shared/service/licenses/license-admin';
import { openRedriveAdmin } from '../shared/service/mail/redrive-admin';
import { openSuppressionAdmin } from '../shared/service/mail/suppression-admin';
import { CountVerifier } from '../shared/service/domains/count-verification';
import { NameVerifier } from '../shared/service/diagnostics/name-verification';
import { AccountOffers } from '../shared/service/setup-links/account-offers';
import { SetupLinkAdmin } from '../shared/service/setup-links/setup-link-admin';
import { SetupLinkOpening } from '../shared/service/setup-links/setup-link-opening';
import { readSetupProgress } from '../shared/service/setup-links/setup-progress';
import { setupCodeSender } from '../shared/mail/setup/send-setup-code';
import { sweepUsageKeys } from '../shared/service/domains/usage-key-sweep';
import { UserSearch } from '../shared/service/users/user-search';
import { Users } from '../shared/service/users/users';
import { InvitationStore } from '../shared/store/administrators/invitation-store';
import { putAudit } from '../shared/store/audit/audit';
import { AuditLog } from '../shared/store/audit/audit-log';
import { DomainStore } from '../shared/store/domains/domain-store';
import { UsageKeyChanges } from '../shared/store/domains/usage-key-changes';
import { LicenseHistory } from '../shared/store/licenses/license-history';
import { LicenseStore } from '../shared/store/licenses/license-store';
import { FlushLimit } from '../shared/store/limits/flush-limit';
import { readRateUsage } from '../shared/store/limits/rate-usage';
import { countRequests } from '../shared/store/requests/request-counts';
import { RequestLog } from '../shared/store/requests/request-log';
import { SetupAttempts } from '../shared/store/setup-links/setup-attempts';
import { SetupLinkStore } from '../shared/store/setup-links/setup-link-store';
import { readSecret } from '../shared/store/secrets/secret';
import { openTable, type Table } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/telemetry';

const api = adminHandler((now) => {
  const deployment = JSON.parse(requireEnv(ENV.deployment)) as Deployment;
  const table = openTable(deployment.tableName);
  const domains = new DomainStore(table, deployment.auditRetentionDays);
  const offers = wireOffers(table, deployment, now);
  return {
    findDomain: (domainId) => domains.get(domainId),
    writeAudit: (domainId, event) => putAudit(table, domainId, event, deployment.auditRetentionDays),
    limitFlushes: flushLimits(new FlushLimit(table), now),
    readOriginSecret,
    routes: [
      route({ method: 'GET', path: '/openapi.json', access: 'public', handle: () => ok(openApi) }),
      ...domainRoutes({ admin: openDomainAdmin(deployment), scimBaseUrl: deployment.baseUrl }),
      ...wireConnectionRoutes(table, deployment, now),
      ...keyRoutes(openScimKeyAdmin(deployment), now),
      ...administratorRoutes({
        ...wireAdministration(table, deployment),
        offers,
        now,
      }),
      ...mailRoutes({
        addresses: openSuppressionAdmin(deployment),
        redrive: openRedriveAdmin(deployment, JSON.parse(requireEnv(ENV.licenses)) as LicensesDeployment),
      }),
      ...auditRoutes((domainId) => new AuditLog(table, domainId)),
      ...licenseRoutes(openLicenseAdmin(deployment)),
      ...deploymentRoutes(
        openDeploymentChecks(deployment.baseUrl, (check, error) =>
          logger.warn('A check of the deployment failed', { check, ...errorFields(error) }),
        ),
      ),
      ...wireUserRoutes(table, deployment),
      ...wireSetupRoutes(offers, table, deployment, now),
      ...wireHealthRoutes(table, now),
      ...requestRoutes({
        log: new RequestLog(table),
        count: (...counted) => countRequests(table, ...counted),
        now,
      }),
      ...nameRoutes((domainId) => new NameVerifier(table, domainId)),
      ...countRoutes((domainId, actor) => new CountVerifier(table, domainId, actor, deployment)),
    ],
  };
});

/** Returns the secret of the portal's distribution, or undefined if the deployment has no portal. */
async function readOriginSecret(): Promise<string | undefined> {
  const arn = process.env[ENV.portalOriginSecretArn];
  return arn ? readSecret(arn) : undefined;
}

/**
 * Serves the admin API. A schedule lets it delete the usage keys that interrupted changes left behind, and the accounts
 * of former administrators.
 */
export const handler = (
  event: APIGatewayProxyEvent | ScheduledEvent,
  context: Context,
): Promise<APIGatewayProxyResult | void> =>
  'httpMethod' in event ? api(event, context) : withTelemetry(context, event, () => sweep(context));

/** The time that a call of API Gateway may need, retries included, before Lambda ends the invocation. */
const TIME_RESERVE_MS = 12_000;

async function sweep(context: Context): Promise<void> {
  const deployment = JSON.parse(requireEnv(ENV.deployment)) as Deployment;
  const table = openTable(deployment.tableName);
  const isTimeUp = () => context.getRemainingTimeInMillis() < TIME_RESERVE_MS;
  await wireAdministration(table, deployment).checks.run(isTimeUp);
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

function wireUserRoutes(table: Table, deployment: Deployment): AdminRoute[] {
  const licenses = new LicenseStore(table);
  const history = new LicenseHistory(table);
  return userRoutes({
    search: (domainId) => new UserSearch(table, domainId),
    users: (caller) => new Users(table, deployment, caller),
    licenses: (domainId, userIds) => licenses.readAll(domainId, userIds),
    history: async (domainId, userId, limit) => (await history.page(domainId, userId, limit)).entries,
    admin: openLicenseAdmin(deployment),
    keyGraceDays: deployment.keyGraceDays,
    scimBaseUrl: deployment.baseUrl,
  });
}

function wireConnectionRoutes(table: Table, deployment: Deployment, now: Clock): AdminRoute[] {
  const admin = openConnectionAdmin(deployment, readJwksOrigins());
  return connectionRoutes({
    admin,
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
  let sender: ReturnType<typeof setupCodeSender> | undefined;
  return setupLinkRoutes({
    admin: new SetupLinkAdmin({
      links,
      portalUrl: process.env[ENV.portalUrl],
      days: Number(requireEnv(ENV.setupLinkDays)),
      now,
    }),
    offers,
    opening: new SetupLinkOpening({
      domains,
      links,
      attempts: new SetupAttempts(table),
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

function wireHealthRoutes(table: Table, now: Clock): AdminRoute[] {
  return healthRoutes({
    plans: readRatePlans(),
    readiness: openReadiness(table, (error) => logger.warn('SES is unavailable.', error as Error)),
    connectionNames: (domainId) => readConnectionNames(table, domainId),
    usage: (domainId, connectionIds) => readRateUsage(table, domainId, new Date(now()), connectionIds),
  });
}
