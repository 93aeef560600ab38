import type { SimulationAdmin } from '../../../../service/simulation/simulation-admin';
import { route, type AdminRoute } from '../../route';

/** The connection tests of a domain. `scimBaseUrl` is that of the deployment. */
export const simulationRoutes = (admin: SimulationAdmin, scimBaseUrl: string): AdminRoute[] => [
  route({
    method: 'POST',
    path: '/domains/{domainId}/simulations',
    access: 'owner',
    allowsSetupLink: true,
    handle: async ({ domain: { domainId }, actor }) => ({
      status: 201,
      body: { ...(await admin.start(domainId, actor)), scimBaseUrl },
    }),
  }),
  route({
    method: 'DELETE',
    path: '/domains/{domainId}/simulations/{simulationId}',
    access: 'owner',
    allowsSetupLink: true,
    flushesCache: () => true,
    handle: async ({ domain: { domainId }, parameters: { simulationId }, actor }) => {
      await admin.end(domainId, simulationId, actor);
      return { status: 204 };
    },
  }),
];
