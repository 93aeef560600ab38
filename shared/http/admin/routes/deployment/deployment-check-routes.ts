import type { DeploymentCheck } from '../../../../service/deployment/deployment-checks';
import { ok, route, type AdminRoute } from '../../route';

/** The checks of the deployment itself. */
export function deploymentCheckRoutes(check: () => Promise<readonly DeploymentCheck[]>): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/deployment-checks',
      access: 'operator',
      handle: async () => ok({ items: await check() }),
    }),
  ];
}
