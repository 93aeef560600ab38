import { discoveryRoutes } from '../shared/http/discovery-routes';
import { scimHandler } from '../shared/http/scim-handler';
import { readRatePlans } from '../shared/rate-plan';

/** `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas`. */
export const handler = scimHandler(() => discoveryRoutes(readRatePlans()));
