import {
  resourceTypeResources,
  schemaResources,
  serviceProviderConfig,
} from '../../shared/scim/output/discovery';
import { groupResourceType } from '../../shared/scim/resource-type';
import type { JsonSchema } from './json-schema';

const BASE_URL = 'https://scim.example.com/scim/v2';

/**
 * Returns the schema of the values that look like `example`. All its members are required, except those in
 * `optional`.
 */
function schemaLike(example: unknown, optional: readonly string[]): JsonSchema {
  if (Array.isArray(example)) {
    const [first] = example as unknown[];
    return { type: 'array', ...(first !== undefined && { items: schemaLike(first, optional) }) };
  }
  if (typeof example !== 'object' || example === null)
    return { type: typeof example === 'number' ? 'integer' : typeof example };
  const members = Object.entries(example).map(
    ([name, value]) => [name, schemaLike(value, optional)] as const,
  );
  const required = members.map(([name]) => name).filter((name) => !optional.includes(name));
  return { type: 'object', properties: Object.fromEntries(members), required, additionalProperties: false };
}

const config = serviceProviderConfig(BASE_URL, {
  documentationUri: 'https://docs.example.com/api',
  maxResults: 1,
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    defaultPageSize: 1,
    maxPageSize: 1,
    cursorTimeout: 1,
  },
  sort: true,
  bulk: { maxOperations: 1, maxPayloadSize: 1 },
  eventUris: ['urn:example'],
});

const [resourceType] = resourceTypeResources([groupResourceType], BASE_URL);
const [schema] = schemaResources([groupResourceType], BASE_URL);
const EXTENSION: JsonSchema = {
  type: 'object',
  properties: { schema: { type: 'string' }, required: { type: 'boolean' } },
  required: ['schema', 'required'],
  additionalProperties: false,
};

/** The definition of an attribute (RFC 7643 §7). */
const ATTRIBUTE: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    type: { enum: ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference', 'complex'] },
    subAttributes: { type: 'array', items: { $ref: '#/components/schemas/AttributeDefinition' } },
    multiValued: { type: 'boolean' },
    description: { type: 'string' },
    required: { type: 'boolean' },
    canonicalValues: { type: 'array', items: { type: 'string' } },
    caseExact: { type: 'boolean' },
    mutability: { enum: ['readOnly', 'readWrite', 'immutable', 'writeOnly'] },
    returned: { enum: ['always', 'never', 'default', 'request'] },
    uniqueness: { enum: ['none', 'server', 'global'] },
    referenceTypes: { type: 'array', items: { type: 'string' } },
  },
  required: ['name', 'type', 'multiValued', 'required'],
  additionalProperties: false,
};

/** Returns the schema of `example` with other properties in addition. */
function extended(example: unknown, description: string, properties: Record<string, JsonSchema>): JsonSchema {
  const like = schemaLike(example, ['documentationUri']);
  return { description, ...like, properties: { ...(like.properties as object), ...properties } };
}

/** The resources that describe the service (RFC 7643 §5 to §7), as the service itself writes them. */
export const DISCOVERY_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  ServiceProviderConfig: extended(config, 'What the service can do (RFC 7643 §5).', {}),
  ResourceType: extended(resourceType, 'A type of resources (RFC 7643 §6).', {
    schemaExtensions: { type: 'array', items: EXTENSION },
  }),
  Schema: extended(schema, 'A schema (RFC 7643 §7).', {
    attributes: { type: 'array', items: { $ref: '#/components/schemas/AttributeDefinition' } },
  }),
  AttributeDefinition: ATTRIBUTE,
};
