import openApi from '../../../docs/admin-api.openapi.json';
import type { AdminRoute } from '../../../shared/http/admin/route';
import { deploymentCheckRoutes } from '../../../shared/http/admin/routes/deployment/deployment-check-routes';
import { openapiRoutes } from '../../../shared/http/admin/routes/deployment/openapi-routes';
import { errorFields } from '../../../shared/logging/error-fields';
import { logger } from '../../../shared/logging/telemetry';
import { openDeploymentChecks } from '../../../shared/service/deployment/open-deployment-checks';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of the deployment itself. */
export function wireDeploymentRoutes({ deployment }: AdminParts): AdminRoute[] {
  const check = openDeploymentChecks(deployment.baseUrl, (name, error) =>
    logger.warn('A check of the deployment failed', { check: name, ...errorFields(error) }),
  );
  return [...openapiRoutes(openApi), ...deploymentCheckRoutes(check)];
}
