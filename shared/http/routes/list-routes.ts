import { listResponse } from '../../scim/output/list-response';
import { isReturned, parseProjection, project } from '../../scim/output/projection';
import type { Attributes, Resource } from '../../scim/resource';
import type { ResourceType } from '../../scim/resource-type';
import { searchQuery } from '../../scim/input/search-request';
import type { Caller } from '../../service/resources/caller';
import { parseListQuery, type ListQuery, type QueryParameters } from '../../service/listing/list-query';
import type { Listing } from '../../service/resources/resource-service';
import { callerOf } from '../chain/caller';
import type { ScimRequest } from '../chain/request';
import { ok, type ScimResponse } from '../chain/response';
import type { Route } from '../chain/router';

/** A list of resources of `types` at `path`, and the same by POST (RFC 7644 §3.4.2 and §3.4.3). */
export function listRoutes(
  path: string,
  types: readonly ResourceType[],
  list: (caller: Caller, query: ListQuery) => Promise<Listing>,
): Route[] {
  const answer = async (request: ScimRequest, query: QueryParameters): Promise<ScimResponse> => {
    const wanted = types.map((type) => ({ type, projection: parseProjection(type, query) }));
    const shows = (attribute: string): boolean =>
      wanted.some(({ type, projection }) => isReturned(type, projection, attribute));
    const { resources, ...paging } = await list(callerOf(request, shows), parseListQuery(query));
    const shown = resources.map((resource) => {
      const own = wanted.find(({ type }) => type.name === typeNameOf(resource));
      return own ? project(own.type, resource, own.projection) : resource;
    });
    return ok(listResponse(shown, paging));
  };
  return [
    { method: 'GET', path, handle: (request) => answer(request, request.query) },
    {
      method: 'POST',
      path: `${path === '/' ? '' : path}/.search`,
      handle: (request) => answer(request, searchQuery(request.body)),
    },
  ];
}

const typeNameOf = ({ meta }: Resource): unknown => (meta as Attributes).resourceType;
