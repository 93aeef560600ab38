import { ok, route, type AdminRoute } from '../../route';

/** The OpenAPI document of the admin API. */
export const openapiRoutes = (document: object): AdminRoute[] => [
  route({ method: 'GET', path: '/openapi.json', access: 'public', handle: () => ok(document) }),
];
