import type { ResourceType } from '../scim/resource-type';
import { listResponse } from '../scim/list-response';
import { isReturned, parseProjection, project, type Projection } from '../scim/projection';
import type { Resource } from '../scim/resource';
import { namesVersion, parseVersions } from '../scim/version-list';
import type { Caller } from '../service/caller';
import { parseListQuery } from '../service/list-query';
import type { ResourceService } from '../service/resource-service';
import type { ScimRequest } from './request';
import { noContent, notModified, ok, resourceResponse, type ScimResponse } from './response';
import type { Route } from './router';

/** API Gateway waits 29 s; what is under way when the time is over still has to end, and its answer to arrive. */
const TIME_FOR_CHUNKS_MS = 24_000;

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
      const { version, location } = metaOf(resource);
      const known = request.method === 'GET' && parseVersions(request.headers['if-none-match']);
      if (known && namesVersion(known, versionNumber(version))) return notModified(version);
      return resourceResponse(status, project(type, resource, wanted), { version, location });
    };

  return [
    {
      method: 'GET',
      path: type.endpoint,
      handle: async (request) => {
        const wanted = projection(request);
        const { resources, totalResults, startIndex } = await service(request, wanted).list(
          parseListQuery(request.query),
        );
        return ok(
          listResponse(
            resources.map((resource) => project(type, resource, wanted)),
            { totalResults, startIndex },
          ),
        );
      },
    },
    {
      method: 'POST',
      path: type.endpoint,
      handle: answering(201, (resources, { body }) => resources.create(body)),
    },
    {
      method: 'GET',
      path: `${type.endpoint}/{id}`,
      handle: answering(200, (resources, request) => resources.get(id(request))),
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

function callerOf(request: ScimRequest, shows: Caller['shows']): Caller {
  const { principal, requestId, baseUrl, sourceAddress, userAgent, receivedAt } = request;
  const { domainId, keyId, keyName } = principal;
  return {
    domainId,
    requestId,
    baseUrl,
    shows,
    deadline: receivedAt + TIME_FOR_CHUNKS_MS,
    actor: {
      keyId,
      ...(keyName && { keyName }),
      ...(sourceAddress && { sourceAddress }),
      ...(userAgent && { userAgent: userAgent.slice(0, 200) }),
    },
  };
}

const metaOf = (resource: Resource): { location: string; version: string } =>
  resource.meta as { location: string; version: string };

const versionNumber = (version: string): number => Number(/\d+/.exec(version)?.[0]);
