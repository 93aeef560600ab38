import { discoveryRoutes } from '../shared/http/discovery-routes';
import { scimHandler } from '../shared/http/scim-handler';

/** `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas`. */
export const handler = scimHandler(discoveryRoutes);
