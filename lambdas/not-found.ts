import { meRoutes } from '../shared/http/me-routes';
import { scimHandler } from '../shared/http/scim-handler';

/** Every path that no other Lambda serves: there is nothing, and no `/Me`. */
export const handler = scimHandler(meRoutes);
