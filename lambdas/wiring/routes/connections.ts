import type { AdminRoute } from '../../../shared/http/admin/route';
import { connectionRoutes } from '../../../shared/http/admin/routes/connections/connection-routes';
import { keyRoutes } from '../../../shared/http/admin/routes/connections/key-routes';
import { simulationRoutes } from '../../../shared/http/admin/routes/connections/simulation-routes';
import {
  openAssertionVerifier,
  readJwksOrigins,
} from '../../../shared/service/assertions/open-assertion-verifier';
import { assertionTest } from '../../../shared/service/connections/assertion-test';
import {
  openConnectionAdmin,
  openRolesConfirmationAdmin,
} from '../../../shared/service/connections/open-connection-admin';
import { openScimKeyAdmin } from '../../../shared/service/credentials/scim-key-admin';
import { openSimulationAdmin } from '../../../shared/service/simulation/simulation-admin';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of connections, their credentials, and their tests. */
export function wireConnectionRoutes({ table, deployment, now }: AdminParts): AdminRoute[] {
  const admin = openConnectionAdmin(deployment, readJwksOrigins());
  const scimBaseUrl = deployment.baseUrl;
  return [
    ...connectionRoutes({
      admin,
      confirmations: openRolesConfirmationAdmin(deployment),
      testAssertion: assertionTest({
        connections: admin,
        assertions: openAssertionVerifier(table),
        now: () => new Date(now()),
      }),
      scimBaseUrl,
      now,
    }),
    ...keyRoutes(openScimKeyAdmin(deployment), now),
    ...simulationRoutes(openSimulationAdmin(table, deployment), scimBaseUrl),
  ];
}
