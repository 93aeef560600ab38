import type { RatePlans } from '../../rate-plan';
import { resourceTypeResources, schemaResources, serviceProviderConfig } from '../../scim/output/discovery';
import { ScimError } from '../../scim/error';
import { listResponse } from '../../scim/output/list-response';
import type { Resource } from '../../scim/resource';
import { CURSOR_TIMEOUT, DEFAULT_COUNT, MAX_COUNT } from '../../service/listing/list-query';
import { MAX_BULK_BYTES, maxBulkOperations } from '../limits/bulk-limits';
import type { ScimRequest } from '../chain/request';
import { ok } from '../chain/response';
import type { Route } from '../chain/router';

/** What the service can do, and the schemas of what it serves (RFC 7644 §4): from the same data that it works by. */
export function discoveryRoutes(plans: RatePlans): Route[] {
  return [
    {
      method: 'GET',
      path: '/ServiceProviderConfig',
      handle: ({ baseUrl, principal }) =>
        ok(
          serviceProviderConfig(baseUrl, {
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
              maxOperations: maxBulkOperations(plans[principal.ratePlan]),
              maxPayloadSize: MAX_BULK_BYTES,
            },
          }),
        ),
    },
    ...collection('/ResourceTypes', resourceTypeResources),
    ...collection('/Schemas', schemaResources),
  ];
}

function collection(path: string, resources: (baseUrl: string) => Resource[]): Route[] {
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
        const id = request.parameters.id ?? '';
        const found = resources(request.baseUrl).find(
          (resource) => resource.id.toLowerCase() === id.toLowerCase(),
        );
        if (!found)
          throw ScimError.notFound(
            `There is no "${id.slice(0, 100)}" here. GET ${path} lists what there is.`,
          );
        return ok(found);
      },
    },
  ];
}

/** RFC 7644 §4: a filter would have a client believe that what is left out is not supported. */
function refuseFilter({ query }: ScimRequest): void {
  if (query.filter !== undefined) {
    throw ScimError.forbidden('This list cannot be filtered. Ask again without the parameter filter.');
  }
}
