import { product } from '../../product/product';
import { catalogOf } from '../../scim/catalog/catalog';
import { ScimError } from '../../scim/error';
import { compileFilter } from '../../scim/filter/match';
import type { Mapping } from '../../scim/mapping/mapping';
import { parseProjection, project } from '../../scim/output/projection';
import type { Resource } from '../../scim/resource';
import type { ResourceType } from '../../scim/resource-type';
import { CATALOG_TYPES } from '../../scim/schemas/catalog';
import { compareSorted, noSuchSortAttribute, sortAttribute, type Sort } from '../../scim/sort';
import { nameKeyOf } from '../../scim/text/name-key';
import type { ListQuery } from '../../service/listing/list-query';
import type { Caller } from '../../service/resources/caller';
import type { Listing } from '../../service/resources/resource-service';
import { scimCallerOf, type ScimRequest } from '../chain/request';
import { okResource } from '../chain/response';
import type { CredentialRoute } from '../chain/scim-route';
import { listRoutes } from './list-routes';

/** Returns the mappings of a domain that has some. */
type ReadMappings = (domainId: string) => Promise<readonly Mapping[]>;

/**
 * The roles, entitlements, and licenses that a client can assign to users of its domain. Okta reads them for
 * entitlement management. They are read-only: administrators change them with the mappings, and the vendor
 * with the settings.
 */
export const catalogRoutes = (readMappings: ReadMappings): CredentialRoute[] =>
  CATALOG_TYPES.flatMap((type) => routesOf(type, readMappings));

function routesOf(type: ResourceType, readMappings: ReadMappings): CredentialRoute[] {
  const all = async ({ domainId, baseUrl, hasMappings }: Caller): Promise<Resource[]> => {
    const mappings = hasMappings ? await readMappings(domainId) : [];
    return catalogOf(type, product.settings, mappings, baseUrl);
  };
  return [
    ...listRoutes(type.endpoint, [type], async (caller, query) =>
      pageOf(type, await all(caller), query, caller),
    ),
    {
      method: 'GET',
      path: `${type.endpoint}/{id}`,
      handle: async (request: ScimRequest) => {
        const { id = '' } = request.parameters;
        const resources = await all(scimCallerOf(request, () => true));
        const found =
          resources.find((each) => each.id === id) ??
          resources.find((each) => nameKeyOf(each.id) === nameKeyOf(id));
        if (!found)
          throw ScimError.notFound(
            `There is no "${id.slice(0, 100)}" at ${type.endpoint}. GET ${type.endpoint} lists all that exist.`,
          );
        const projected = project(type, found, parseProjection(type, request.query));
        return { ...okResource(found), body: projected };
      },
    },
  ];
}

/** Returns a page of a list that is small enough to be in memory. Its cursors are positions. */
function pageOf(type: ResourceType, all: readonly Resource[], query: ListQuery, { work }: Caller): Listing {
  const { filter, sort, count } = query;
  const matches = filter ? all.filter(compileFilter(filter, type, work)) : all;
  const sorted = sort ? inOrder(type, matches, sort) : matches;
  if (query.cursor === undefined) {
    const { startIndex } = query;
    const resources = sorted.slice(startIndex - 1, startIndex - 1 + count);
    return { resources, totalResults: sorted.length, startIndex };
  }
  const first = positionOf(query.cursor);
  const next = first + count;
  return {
    resources: sorted.slice(first, next),
    totalResults: sorted.length,
    ...(next < sorted.length && { nextCursor: String(next) }),
  };
}

function positionOf(cursor: string): number {
  if (/^\d{0,9}$/.test(cursor)) return Number(cursor);
  throw ScimError.invalidCursor('The cursor is not one of this list. Begin again with an empty cursor.');
}

function inOrder(type: ResourceType, resources: readonly Resource[], sort: Sort): Resource[] {
  const attribute = sortAttribute(type, sort.path);
  if (!attribute) throw noSuchSortAttribute(sort);
  return resources
    .map((resource) => ({ id: resource.id, key: attribute.keyOf(resource), resource }))
    .sort((a, b) => compareSorted(a, b, sort.descending))
    .map(({ resource }) => resource);
}
