import { groupResourceType, userResourceType } from '../../scim/resource-type';
import type { Caller } from '../../service/resources/caller';
import type { ListQuery } from '../../service/listing/list-query';
import type { Listing } from '../../service/resources/resource-service';
import { listRoutes } from './list-routes';
import { pathNotFound, type Route } from '../chain/router';

/**
 * Users and groups in one list, at the base URL itself (RFC 7644 §3.4.2.1). Who opens it without any parameter wants to know
 * whether the address is right, not to read everything.
 */
export const searchRoutes = (list: (caller: Caller, query: ListQuery) => Promise<Listing>): Route[] =>
  listRoutes('/', [userResourceType, groupResourceType], list).map((route) =>
    route.method === 'GET' ? { ...route, handle: requireQuery(route.handle) } : route,
  );

const requireQuery =
  (handle: Route['handle']): Route['handle'] =>
  (request) => {
    if (Object.keys(request.query).length === 0) throw pathNotFound(request.path);
    return handle(request);
  };
