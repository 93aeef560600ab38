import { groupResourceType } from '../../scim/resource-type';
import type { Caller } from '../../service/resources/caller';
import type { ListQuery } from '../../service/listing/list-query';
import type { Listing } from '../../service/resources/resource-service';
import { listRoutes } from './list-routes';
import { pathNotFound, type CredentialRoute } from '../chain/scim-route';
import { userResourceType } from '../../product/product';

/**
 * Lists users and groups together at the base URL (RFC 7644 §3.4.2.1). A GET without parameters is 404: a
 * person who opens the base URL wants to know whether the address is right, not to read everything.
 */
export const searchRoutes = (
  list: (caller: Caller, query: ListQuery) => Promise<Listing>,
): CredentialRoute[] =>
  listRoutes('/', [userResourceType, groupResourceType], list).map((route) =>
    route.method === 'GET' ? { ...route, handle: requireQuery(route.handle) } : route,
  );

const requireQuery =
  (handle: CredentialRoute['handle']): CredentialRoute['handle'] =>
  (request) => {
    if (Object.keys(request.query).length === 0) throw pathNotFound(request.path);
    return handle(request);
  };
