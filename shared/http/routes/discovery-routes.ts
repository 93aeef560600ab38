import { docsPageUrl } from '../../docs-url';
import { SCIM_EVENT_URIS } from '../../events/scim-events';
import { RESOURCE_TYPES } from '../../product/product';
import type { RatePlans } from '../../limits/rate-plan';
import { resourceTypeResources, schemaResources, serviceProviderConfig } from '../../scim/output/discovery';
import { ScimError } from '../../scim/error';
import { CATALOG_TYPES } from '../../scim/schemas/catalog';
import { listResponse } from '../../scim/output/list-response';
import type { Resource } from '../../scim/resource';
import { CURSOR_TIMEOUT } from '../../cursor-timeout';
import { DEFAULT_COUNT, MAX_COUNT } from '../../service/listing/list-query';
import { MAX_BULK_BYTES, maxBulkOperations, minBulkOperations } from '../limits/bulk-limits';
import type { ScimRequest } from '../chain/request';
import { ok, okResource } from '../chain/response';
import type { ScimRoute } from '../chain/scim-route';

const ALL_TYPES = [...RESOURCE_TYPES, ...CATALOG_TYPES];

/**
 * The capabilities and schemas of the service (RFC 7644 §4), from the same data that the service itself uses.
 * `docsUrl` is the URL or path of the published docs/.
 */
export function discoveryRoutes(plans: RatePlans, docsUrl?: string): ScimRoute[] {
  return [
    {
      method: 'GET',
      path: '/ServiceProviderConfig',
      access: 'anyone',
      handle: ({ baseUrl, principal, query }) => {
        refuseFilter({ query });
        return okResource(
          serviceProviderConfig(baseUrl, {
            documentationUri: docsPageUrl(docsUrl, 'api.md'),
            maxResults: MAX_COUNT,
            pagination: {
              cursor: true,
              index: true,
              defaultPaginationMethod: 'index',
              defaultPageSize: DEFAULT_COUNT,
              maxPageSize: MAX_COUNT,
              cursorTimeout: CURSOR_TIMEOUT,
            },
            sort: true,
            bulk: {
              maxOperations: principal
                ? maxBulkOperations(plans[principal.ratePlan])
                : minBulkOperations(plans),
              maxPayloadSize: MAX_BULK_BYTES,
            },
            eventUris: SCIM_EVENT_URIS,
          }),
        );
      },
    },
    ...collection('/ResourceTypes', (baseUrl) => resourceTypeResources(ALL_TYPES, baseUrl)),
    ...collection('/Schemas', (baseUrl) => schemaResources(ALL_TYPES, baseUrl)),
  ];
}

function collection(path: string, resources: (baseUrl: string) => Resource[]): ScimRoute[] {
  return [
    {
      method: 'GET',
      path,
      handle: (request) => {
        refuseFilter(request);
        return ok(listResponse(resources(request.baseUrl)));
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}`,
      handle: (request) => {
        refuseFilter(request);
        const id = request.parameters.id ?? '';
        const resource = resources(request.baseUrl).find(
          (candidate) => candidate.id.toLowerCase() === id.toLowerCase(),
        );
        if (!resource)
          throw ScimError.notFound(
            `There is no "${id.slice(0, 100)}" at ${path}. GET ${path} lists all that exist.`,
          );
        return okResource(resource);
      },
    },
  ];
}

/**
 * Refuses a filter (RFC 7644 §4): a client could take what is missing from a filtered response for
 * unsupported.
 */
function refuseFilter({ query }: Pick<ScimRequest, 'query'>): void {
  if (query.filter !== undefined) {
    throw ScimError.forbidden(
      'This resource cannot be filtered. Send the request without the parameter filter.',
    );
  }
}
