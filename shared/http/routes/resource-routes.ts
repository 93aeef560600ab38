import type { ResourceType } from '../../scim/resource-type';
import { isReturned, parseProjection, project, type Projection } from '../../scim/output/projection';
import type { Resource } from '../../scim/resource';
import { matchesVersion, parseVersions } from '../../scim/input/version-list';
import type { Caller } from '../../service/resources/caller';
import type { ResourceService } from '../../service/resources/resource-service';
import { acceptsGzip } from '../chain/accept-encoding';
import { callerOf } from '../chain/caller';
import { largeResource } from './large-resource';
import { listRoutes } from './list-routes';
import type { ScimRequest } from '../chain/request';
import { noContent, notModified, type ScimResponse } from '../chain/response';
import type { Route } from '../chain/router';

/** The routes of a resource type; `open` gives the service of one request. */
export function resourceRoutes(type: ResourceType, open: (caller: Caller) => ResourceService): Route[] {
  const projection = (request: ScimRequest): Projection => parseProjection(type, request.query);
  const service = (request: ScimRequest, wanted: Projection): ResourceService =>
    open(callerOf(request, (attribute) => isReturned(type, wanted, attribute)));
  const id = ({ parameters }: ScimRequest): string => parameters.id ?? '';
  const expected = ({ headers }: ScimRequest) => parseVersions(headers['if-match']);

  /** What is wanted back is looked at before anything is written. */
  const answering =
    (
      status: 200 | 201,
      act: (service: ResourceService, request: ScimRequest) => Promise<Resource | undefined>,
    ) =>
    async (request: ScimRequest): Promise<ScimResponse> => {
      const wanted = projection(request);
      const resource = await act(service(request, wanted), request);
      if (!resource) return noContent();
      const headers = headersOf(resource);
      // The change is made: that its answer does not fit is no failure.
      const ifTooLarge = () => ({ status: status === 201 ? status : 204, headers });
      return { status, body: project(type, resource, wanted), headers, ifTooLarge };
    };

  return [
    ...listRoutes(type.endpoint, [type], (caller, query) => open(caller).list(query)),
    {
      method: 'POST',
      path: type.endpoint,
      handle: answering(201, (resources, { body }) => resources.create(body)),
    },
    {
      method: 'GET',
      path: `${type.endpoint}/{id}`,
      handle: async (request) => {
        const wanted = projection(request);
        const { resource, large } = await service(request, wanted).get(id(request));
        const headers = headersOf(resource);
        const known = parseVersions(request.headers['if-none-match']);
        if (known && matchesVersion(known, versionNumber(headers.etag))) return notModified(headers.etag);
        if (!large) return { status: 200, body: project(type, resource, wanted), headers };
        const gzip = acceptsGzip(request.headers['accept-encoding']);
        return { status: 200, headers, ...largeResource(type, resource, large, wanted, gzip) };
      },
    },
    {
      method: 'PUT',
      path: `${type.endpoint}/{id}`,
      handle: answering(200, (resources, request) =>
        resources.replace(id(request), request.body, expected(request)),
      ),
    },
    {
      method: 'PATCH',
      path: `${type.endpoint}/{id}`,
      handle: answering(200, (resources, request) =>
        resources.patch(id(request), request.body, expected(request)),
      ),
    },
    {
      method: 'DELETE',
      path: `${type.endpoint}/{id}`,
      handle: async (request) => {
        await service(request, projection(request)).delete(id(request), expected(request));
        return noContent();
      },
    },
  ];
}

/** Which version of what it is, whatever is left out of the body. */
function headersOf({ meta }: Resource): { etag: string; location: string } {
  const { version, location } = meta as { version: string; location: string };
  return { etag: version, location };
}

const versionNumber = (version: string): number => Number(/\d+/.exec(version)?.[0]);
