import { ENV, requireEnv } from '../shared/env';
import { discoveryRoutes } from '../shared/http/routes/discovery-routes';
import { scimMeRoutes } from '../shared/http/routes/me-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { readRatePlans } from '../shared/limits/rate-plan';

/**
 * Serves every path that no other Lambda serves: 501 to `/Me`, and 404 to unknown paths. API Gateway compares
 * paths with case, so `/serviceproviderconfig`, `/schemas`, and `/resourcetypes` arrive here too.
 */
export const handler = scimHandler(() => [
  ...scimMeRoutes(),
  ...discoveryRoutes(readRatePlans(), requireEnv(ENV.docsUrl)),
]);
