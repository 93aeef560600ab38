import { listResponse } from '../../scim/output/list-response';
import { isReturned, parseProjection, project } from '../../scim/output/projection';
import type { Attributes, Resource } from '../../scim/resource';
import type { ResourceType } from '../../scim/resource-type';
import { searchQuery } from '../../scim/input/search-request';
import type { Caller } from '../../service/resources/caller';
import { parseListQuery, type ListQuery, type QueryParameters } from '../../service/listing/list-query';
import type { Listing } from '../../service/resources/resource-service';
import { scimCallerOf, type ScimRequest } from '../chain/request';
import { ok, type ScimResponse } from '../chain/response';
import type { CredentialRoute } from '../chain/scim-route';

/** Lists the resources of `types` by GET and by POST (RFC 7644 §3.4.2 and §3.4.3). */
export function listRoutes(
  path: string,
  types: readonly ResourceType[],
  list: (caller: Caller, query: ListQuery) => Promise<Listing>,
): CredentialRoute[] {
  const respond = async (request: ScimRequest, query: QueryParameters): Promise<ScimResponse> => {
    const projections = types.map((type) => ({ type, projection: parseProjection(type, query) }));
    const shows = (attribute: string): boolean =>
      projections.some(({ type, projection }) => isReturned(type, projection, attribute));
    const { resources, ...paging } = await list(scimCallerOf(request, shows), parseListQuery(query));
    const projected = resources.map((resource) => {
      const match = projections.find(({ type }) => type.name === typeNameOf(resource));
      return match ? project(match.type, resource, match.projection) : resource;
    });
    return ok(listResponse(projected, paging));
  };
  return [
    { method: 'GET', path, handle: (request) => respond(request, request.query) },
    {
      method: 'POST',
      path: `${path === '/' ? '' : path}/.search`,
      handle: (request) => respond(request, searchQuery(request.body)),
    },
  ];
}

const typeNameOf = ({ meta }: Resource): unknown => (meta as Attributes).resourceType;
