import type { ResourceType } from '../../scim/resource-type';
import {
  isRequested,
  isReturned,
  parseProjection,
  project,
  type Projection,
} from '../../scim/output/projection';
import type { Resource } from '../../scim/resource';
import { matchesVersion, parseVersions } from '../../scim/input/version-list';
import type { Caller } from '../../service/resources/caller';
import type { ResourceService } from '../../service/resources/resource-service';
import { scimCallerOf, type ScimRequest } from '../chain/request';
import { noContent, notModified, type ScimResponse } from '../chain/response';
import { acceptsGzip } from '../chain/response-body';
import type { ScimRoute } from '../chain/scim-route';
import { largeResource } from './large-resource';
import { listRoutes } from './list-routes';

/** The routes of a resource type. `open` returns the service for one request. */
export function resourceRoutes(type: ResourceType, open: (caller: Caller) => ResourceService): ScimRoute[] {
  const projectionOf = (request: ScimRequest): Projection => parseProjection(type, request.query);
  const serviceOf = (request: ScimRequest, projection: Projection): ResourceService =>
    open(
      scimCallerOf(
        request,
        (attribute) => isReturned(type, projection, attribute),
        (attribute) => isRequested(type, projection, attribute),
      ),
    );
  const idOf = ({ parameters }: ScimRequest): string => parameters.id ?? '';
  const ifMatch = ({ headers }: ScimRequest) => parseVersions(headers['if-match']);

  /** Creates the handler of a change. It checks the projection before it writes anything. */
  const changing =
    (
      status: 200 | 201,
      change: (service: ResourceService, request: ScimRequest) => Promise<Resource | undefined>,
    ) =>
    async (request: ScimRequest): Promise<ScimResponse> => {
      const projection = projectionOf(request);
      const resource = await change(serviceOf(request, projection), request);
      if (!resource) return noContent();
      const headers = headersOf(resource);
      const { 'content-location': _, ...headersWithoutBody } = headers;
      // The change is committed, so a response that does not fit is not an error.
      const ifTooLarge = () => ({ status: status === 201 ? status : 204, headers: headersWithoutBody });
      return { status, body: project(type, resource, projection), headers, ifTooLarge };
    };

  return [
    ...listRoutes(type.endpoint, [type], (caller, query) => open(caller).list(query)),
    {
      method: 'POST',
      path: type.endpoint,
      handle: changing(201, (service, { body }) => service.create(body)),
    },
    {
      method: 'GET',
      path: `${type.endpoint}/{id}`,
      handle: async (request) => {
        const projection = projectionOf(request);
        const { resource, large, showsOthers } = await serviceOf(request, projection).get(idOf(request));
        const headers = headersOf(resource);
        const cachedVersions = parseVersions(request.headers['if-none-match']);
        const isCached = cachedVersions && matchesVersion(cachedVersions, versionNumber(headers.etag));
        if (isCached && !showsOthers) return notModified(headers.etag, headers.location);
        if (!large) return { status: 200, body: project(type, resource, projection), headers };
        const gzip = acceptsGzip(request.headers['accept-encoding']);
        return { status: 200, headers, ...largeResource(type, resource, large, projection, gzip) };
      },
    },
    {
      method: 'PUT',
      path: `${type.endpoint}/{id}`,
      handle: changing(200, (service, request) =>
        service.replace(idOf(request), request.body, ifMatch(request)),
      ),
    },
    {
      method: 'PATCH',
      path: `${type.endpoint}/{id}`,
      handle: changing(200, (service, request) =>
        service.patch(idOf(request), request.body, ifMatch(request)),
      ),
    },
    {
      method: 'DELETE',
      path: `${type.endpoint}/{id}`,
      handle: async (request) => {
        await serviceOf(request, projectionOf(request)).delete(idOf(request), ifMatch(request));
        return noContent();
      },
    },
  ];
}

/**
 * Returns the version and the location as headers, even if the projection omits them from the body.
 * `Content-Location` says that the body is the representation of the resource (RFC 9110 §8.7).
 */
function headersOf({ meta }: Resource) {
  const { version, location } = meta as { version: string; location: string };
  return { etag: version, location, 'content-location': location };
}

const versionNumber = (version: string): number => Number(/\d+/.exec(version)?.[0]);
