import { meRoutes } from '../shared/http/routes/me-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';

/** Responds 404 to every path that no other Lambda serves, and 501 to `/Me`. */
export const handler = scimHandler(meRoutes);
