import type { ScimType } from '../../shared/scim/error';
import {
  BULK_REQUEST,
  BULK_RESPONSE,
  ERROR_MESSAGE,
  LIST_RESPONSE,
  PATCH_OP,
  SEARCH_REQUEST,
} from '../../shared/scim/urns';
import type { JsonSchema } from './json-schema';

const text: JsonSchema = { type: 'string' };
const wholeNumber: JsonSchema = { type: 'integer', minimum: 0 };
const schemas = (urn: string): JsonSchema => ({ type: 'array', items: { const: urn }, minItems: 1 });

/** Every keyword, so that the compiler finds one that is missing here. */
const SCIM_TYPES: Readonly<Record<ScimType, true>> = {
  invalidFilter: true,
  tooMany: true,
  uniqueness: true,
  mutability: true,
  invalidSyntax: true,
  invalidPath: true,
  noTarget: true,
  invalidValue: true,
  invalidVers: true,
  sensitive: true,
  invalidCursor: true,
  expiredCursor: true,
  invalidCount: true,
};

/** Returns the schema of a list of resources. */
export const listSchema = (names: readonly string[]): JsonSchema => {
  const resources = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return {
    description: 'A page of a list (RFC 7644 §3.4.2, RFC 9865).',
    type: 'object',
    properties: {
      schemas: schemas(LIST_RESPONSE),
      totalResults: {
        ...wholeNumber,
        description: 'The number of all matches. A page by cursor may omit it.',
      },
      startIndex: { ...wholeNumber, description: 'The position of the first resource, from 1.' },
      itemsPerPage: { ...wholeNumber, description: 'The number of resources of this page.' },
      nextCursor: { ...text, description: 'The cursor of the next page. The last page has none.' },
      Resources: { type: 'array', items: resources.length === 1 ? resources[0] : { anyOf: resources } },
    },
    required: ['schemas', 'itemsPerPage', 'Resources'],
    additionalProperties: false,
  };
};

const PATCH_OPERATION: JsonSchema = {
  type: 'object',
  properties: {
    op: { enum: ['add', 'remove', 'replace'], description: 'Upper and lower case are equal.' },
    path: { ...text, examples: ['displayName', 'emails[type eq "work"].value', 'members[value eq "…"]'] },
    value: { description: 'The value, or an object with several attributes if there is no path.' },
  },
  required: ['op'],
};

const BULK_OPERATION: JsonSchema = {
  type: 'object',
  properties: {
    method: { enum: ['POST', 'PUT', 'PATCH', 'DELETE'] },
    path: { ...text, examples: ['/Users', '/Users/bulkId:ada'] },
    bulkId: {
      ...text,
      description: 'A name by which other operations of the request refer to a new resource.',
    },
    version: { ...text, description: 'The ETag that the resource must have.' },
    data: { type: 'object', description: 'The body of the operation.' },
  },
  required: ['method', 'path'],
};

const BULK_RESULT: JsonSchema = {
  type: 'object',
  properties: {
    method: text,
    bulkId: text,
    location: { type: 'string', format: 'uri-reference' },
    version: text,
    status: { ...text, pattern: '^[1-5]\\d\\d$' },
    response: { $ref: '#/components/schemas/Error' },
  },
  required: ['method', 'status'],
  additionalProperties: false,
};

/** The messages of RFC 7644. */
export const MESSAGE_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Error: {
    description: 'An error (RFC 7644 §3.12).',
    type: 'object',
    properties: {
      schemas: schemas(ERROR_MESSAGE),
      status: { ...text, description: 'The HTTP status.', pattern: '^[45]\\d\\d$' },
      scimType: { enum: Object.keys(SCIM_TYPES) },
      detail: { ...text, description: 'What happened, why, and what to change.' },
    },
    required: ['schemas', 'status', 'detail'],
    additionalProperties: false,
  },
  PatchRequest: {
    description: 'A change of a resource (RFC 7644 §3.5.2). Its operations succeed or fail together.',
    type: 'object',
    properties: {
      schemas: schemas(PATCH_OP),
      Operations: { type: 'array', items: PATCH_OPERATION, minItems: 1 },
    },
    required: ['schemas', 'Operations'],
  },
  SearchRequest: {
    description: 'A search whose parameters are in the body (RFC 7644 §3.4.3).',
    type: 'object',
    properties: {
      schemas: schemas(SEARCH_REQUEST),
      attributes: { type: 'array', items: text },
      excludedAttributes: { type: 'array', items: text },
      filter: text,
      sortBy: text,
      sortOrder: { enum: ['ascending', 'descending'] },
      startIndex: { type: 'integer' },
      count: { type: 'integer' },
      cursor: text,
    },
    required: ['schemas'],
  },
  BulkRequest: {
    description: 'Several operations, which succeed or fail one by one (RFC 7644 §3.7).',
    type: 'object',
    properties: {
      schemas: schemas(BULK_REQUEST),
      failOnErrors: { ...wholeNumber, description: 'The number of errors after which the rest is not done.' },
      Operations: { type: 'array', items: BULK_OPERATION, minItems: 1 },
    },
    required: ['schemas', 'Operations'],
  },
  BulkResponse: {
    description: 'The results of the operations, in their order.',
    type: 'object',
    properties: { schemas: schemas(BULK_RESPONSE), Operations: { type: 'array', items: BULK_RESULT } },
    required: ['schemas', 'Operations'],
    additionalProperties: false,
  },
};
