import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, ScheduledEvent } from 'aws-lambda';
import { adminHandler } from '../shared/http/admin/admin-handler';
import { withTelemetry } from '../shared/logging/telemetry';
import { flushLimits } from '../shared/service/credentials/flush-limits';
import { FlushLimit } from '../shared/store/limits/flush-limit';
import { openAdminParts, wireAdminChain } from './wiring/admin-parts';
import { runAdminSchedule } from './wiring/admin-schedules';
import { wireAdministratorRoutes } from './wiring/routes/administrators';
import { wireAuditRoutes } from './wiring/routes/audit';
import { wireConnectionRoutes } from './wiring/routes/connections';
import { wireDeploymentRoutes } from './wiring/routes/deployment';
import { wireDomainRoutes } from './wiring/routes/domains';
import { wireEventRoutes } from './wiring/routes/events';
import { wireGroupRoutes } from './wiring/routes/groups';
import { wireHealthRoutes } from './wiring/routes/health';
import { wireLicenseRoutes } from './wiring/routes/licenses';
import { wireMailRoutes } from './wiring/routes/mail';
import { wireRequestRoutes } from './wiring/routes/requests';
import { wireSetupRoutes } from './wiring/routes/setup';
import { wireVerificationRoutes } from './wiring/routes/verification';

/** The routes of each folder of `shared/http/admin/routes`. `admin-users` serves those of users. */
const WIRINGS = [
  wireAdministratorRoutes,
  wireAuditRoutes,
  wireConnectionRoutes,
  wireDeploymentRoutes,
  wireDomainRoutes,
  wireEventRoutes,
  wireGroupRoutes,
  wireHealthRoutes,
  wireLicenseRoutes,
  wireMailRoutes,
  wireRequestRoutes,
  wireSetupRoutes,
  wireVerificationRoutes,
];

const api = adminHandler((now) => {
  const parts = openAdminParts(now);
  return {
    ...wireAdminChain(parts),
    limitFlushes: flushLimits(new FlushLimit(parts.table), now),
    routes: WIRINGS.flatMap((wire) => wire(parts)),
  };
});

/**
 * Serves the admin API. A schedule lets it delete the usage keys that interrupted changes left behind, and
 * the accounts of former administrators. Another one lets it invite the administrators whom mappings make.
 */
export const handler = (
  event: APIGatewayProxyEvent | ScheduledEvent,
  context: Context,
): Promise<APIGatewayProxyResult | void> =>
  'httpMethod' in event
    ? api(event, context)
    : withTelemetry(context, event, () => runAdminSchedule(openAdminParts(Date.now), event, context));
