import type { ScimRoute } from '../../shared/http/chain/scim-route';
import { CATALOG_TYPES } from '../../shared/scim/schemas/catalog';
import { groupResourceType, type ResourceType } from '../../shared/scim/resource-type';
import { userResourceType } from '../../shared/product/product';
import { LIST, PROJECTION, type ParameterName } from './parameters';
import { requestSchemaName } from './resource-schemas';

/** The description of a route. Schemas are named as in `components.schemas`. */
export interface OperationText {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters: readonly ParameterName[];
  readonly request?: string;
  /** The schema of each successful response; undefined if it has no body. */
  readonly responses: Readonly<Record<string, string | undefined>>;
  /** Whether a response with a resource has its ETag and its location. */
  readonly hasVersion?: true;
}

const plural = ({ name }: ResourceType): string => `${name}s`;
const article = ({ name }: ResourceType): string => (/^[AEIO]/.test(name) ? 'an' : 'a');

/** The operations on the resources of a type. Those that only read exist for every type. */
function resourceOperations(type: ResourceType, isWritten: boolean): Record<string, OperationText> {
  const { endpoint, name } = type;
  const [tag, one] = [plural(type), `${article(type)} ${name.toLowerCase()}`];
  const read: Record<string, OperationText> = {
    [`GET ${endpoint}`]: {
      ...{ id: `list${tag}`, tag, summary: `List ${tag.toLowerCase()}`, parameters: LIST },
      responses: { 200: `${name}List` },
    },
    [`POST ${endpoint}/.search`]: {
      ...{ id: `search${tag}`, tag, summary: `Search ${tag.toLowerCase()}`, parameters: [] },
      ...{ request: 'SearchRequest', responses: { 200: `${name}List` } },
    },
    [`GET ${endpoint}/{id}`]: {
      ...{ id: `get${name}`, tag, summary: `Read ${one}` },
      parameters: isWritten ? [...PROJECTION, 'ifNoneMatch'] : PROJECTION,
      responses: isWritten ? { 200: name, 304: undefined } : { 200: name },
      ...(isWritten && { hasVersion: true }),
    },
  };
  if (!isWritten) return read;
  const request = requestSchemaName(type);
  const changed = { 200: name, 204: undefined };
  return {
    ...read,
    [`POST ${endpoint}`]: {
      ...{ id: `create${name}`, tag, summary: `Create ${one}`, parameters: PROJECTION },
      ...{ request, responses: { 201: name }, hasVersion: true },
    },
    [`PUT ${endpoint}/{id}`]: {
      ...{
        id: `replace${name}`,
        tag,
        summary: `Replace ${one}`,
        parameters: [...PROJECTION, 'ifMatch', 'ifNoneMatch'],
      },
      ...{ request, responses: { 200: name }, hasVersion: true },
    },
    [`PATCH ${endpoint}/{id}`]: {
      ...{
        id: `change${name}`,
        tag,
        summary: `Change ${one}`,
        parameters: [...PROJECTION, 'ifMatch', 'ifNoneMatch'],
      },
      ...{ request: 'PatchRequest', responses: changed, hasVersion: true },
    },
    [`DELETE ${endpoint}/{id}`]: {
      ...{ id: `delete${name}`, tag, summary: `Delete ${one}`, parameters: ['ifMatch', 'ifNoneMatch'] },
      responses: { 204: undefined },
    },
  };
}

const about = (id: string, summary: string, schema: string, parameters: readonly ParameterName[] = []) => ({
  ...{ id, tag: 'About', summary, parameters, responses: { 200: schema } },
});

const OPERATIONS: Readonly<Record<string, OperationText>> = {
  ...resourceOperations(userResourceType, true),
  ...resourceOperations(groupResourceType, true),
  ...Object.fromEntries(CATALOG_TYPES.flatMap((type) => Object.entries(resourceOperations(type, false)))),
  'GET /': {
    ...{ id: 'listAll', tag: 'Search', parameters: LIST, responses: { 200: 'UserOrGroupList' } },
    summary: 'List users and groups together, with at least one parameter',
  },
  'POST /.search': {
    ...{ id: 'searchAll', tag: 'Search', summary: 'Search users and groups together', parameters: [] },
    ...{ request: 'SearchRequest', responses: { 200: 'UserOrGroupList' } },
  },
  'POST /Bulk': {
    ...{ id: 'bulk', tag: 'Bulk', summary: 'Send several operations in one request', parameters: [] },
    ...{ request: 'BulkRequest', responses: { 200: 'BulkResponse' } },
  },
  'GET /ServiceProviderConfig': about('getConfig', 'Show what the service can do', 'ServiceProviderConfig'),
  'GET /ResourceTypes': about('listResourceTypes', 'List the resource types', 'ResourceTypeList'),
  'GET /ResourceTypes/{id}': about('getResourceType', 'Read a resource type', 'ResourceType'),
  'GET /Schemas': about('listSchemas', 'List the schemas', 'SchemaList'),
  'GET /Schemas/{id}': about('getSchema', 'Read a schema', 'Schema'),
  'GET /readiness': about('getReadiness', 'Show what needs attention in the domain', 'Readiness'),
};

/** Returns the operation of a route. Throws if the document does not describe it. */
export function operationOf({ method, path }: Pick<ScimRoute, 'method' | 'path'>): OperationText {
  const operation = OPERATIONS[`${method} ${path}`];
  if (!operation) throw new Error(`bin/openapi/operation.ts does not describe ${method} ${path}.`);
  return operation;
}
