import { meRoutes } from '../shared/http/routes/me-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';

/** Every path that no other Lambda serves: there is nothing, and no `/Me`. */
export const handler = scimHandler(meRoutes);
