import { ENV, requireEnv } from '../shared/env';
import { discoveryRoutes } from '../shared/http/routes/discovery-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { readRatePlans } from '../shared/rate-plan';

/** Serves `/ServiceProviderConfig`, `/ResourceTypes`, and `/Schemas`. */
export const handler = scimHandler(() => discoveryRoutes(readRatePlans(), requireEnv(ENV.docsUrl)));
