import { bulkRoutes } from '../../shared/http/bulk/bulk-routes';
import type { ScimRoute } from '../../shared/http/chain/scim-route';
import { scimReadinessRoutes } from '../../shared/http/diagnostics/readiness-routes';
import { catalogRoutes } from '../../shared/http/routes/catalog-routes';
import { discoveryRoutes } from '../../shared/http/routes/discovery-routes';
import { resourceRoutes } from '../../shared/http/routes/resource-routes';
import { searchRoutes } from '../../shared/http/routes/search-routes';
import { userResourceType } from '../../shared/product/product';
import { DEFAULT_RATE_PLANS } from '../../shared/limits/rate-plan';
import { groupResourceType } from '../../shared/scim/resource-type';

const never = (): never => {
  throw new Error('A document sends no request.');
};

/** The routes of the SCIM API, as the functions serve them. No request reaches them here. */
export const SERVED_ROUTES: readonly Pick<ScimRoute, 'method' | 'path' | 'access'>[] = [
  ...resourceRoutes(userResourceType, never),
  ...resourceRoutes(groupResourceType, never),
  ...searchRoutes(never),
  ...bulkRoutes({ routes: [], plans: DEFAULT_RATE_PLANS, now: never, toScimError: never, onDone: never }),
  ...catalogRoutes(never),
  ...discoveryRoutes(DEFAULT_RATE_PLANS),
  ...scimReadinessRoutes(never),
];
