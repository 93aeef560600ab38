import type { Attribute } from '../../scim/attribute';
import { RESOURCE_TYPES } from '../../product/product';

/** The words of the protocol besides its attributes: they reveal nothing about a person. */
const PROTOCOL_WORDS = [
  // Operators, and literals of filters.
  ...[
    'eq',
    'ne',
    'co',
    'sw',
    'ew',
    'gt',
    'ge',
    'lt',
    'le',
    'pr',
    'and',
    'or',
    'not',
    'true',
    'false',
    'null',
  ],
  // Common attributes, and members of messages.
  ...[
    'id',
    'externalId',
    'schemas',
    'meta',
    'created',
    'lastModified',
    'location',
    'version',
    'resourceType',
  ],
  ...[
    'op',
    'path',
    'value',
    'data',
    'method',
    'bulkId',
    'Operations',
    'failOnErrors',
    'add',
    'remove',
    'replace',
  ],
  // Query parameters.
  ...['filter', 'sortBy', 'sortOrder', 'ascending', 'descending', 'startIndex', 'count', 'cursor'],
  ...['attributes', 'excludedAttributes'],
  // Segments of paths, also of those that are often wrong.
  ...['scim', 'v1', 'v2', 'Users', 'User', 'Groups', 'Group', 'Bulk', '.search', 'Me', 'Schemas', 'Schema'],
  ...['ResourceTypes', 'ResourceType', 'ServiceProviderConfig', 'ServiceProviderConfigs', 'readiness'],
  ...['members', 'roles', 'entitlements', 'licenses', 'displayName', 'type', 'admin', 'api'],
  // Methods and media types.
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'application', 'json', 'scim+json', 'charset', 'UTF-8'],
];

const namesOf = ({ name, subAttributes, canonicalValues = [] }: Attribute): string[] => [
  name,
  ...canonicalValues,
  ...subAttributes.flatMap(namesOf),
];

const KNOWN: ReadonlySet<string> = new Set(
  [
    ...PROTOCOL_WORDS,
    ...RESOURCE_TYPES.flatMap(({ schema, extensions }) =>
      [schema, ...extensions].flatMap(({ id, attributes }) => {
        const names = attributes.flatMap(namesOf);
        return [id, ...names, ...names.map((name) => `${id}:${name}`)];
      }),
    ),
  ].map((word) => word.toLowerCase()),
);

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The URN of a schema, and an attribute in it. */
const SCHEMA_URN = /^urn:ietf:params:scim:(?:schemas|api):[\w.:-]{1,120}$/i;
/** A number such as a position or a limit. Longer ones may identify a person. */
const SHORT_NUMBER = /^-?\d{1,4}$/;

/**
 * Returns whether a word of a client is a word of the protocol, such as the path of an attribute, or an id of
 * this service. All other words may be personal.
 */
export const isKnownWord = (word: string): boolean =>
  SHORT_NUMBER.test(word) ||
  UUID.test(word) ||
  SCHEMA_URN.test(word) ||
  KNOWN.has(word.toLowerCase()) ||
  (word.includes('.') && word.split('.').every((part) => KNOWN.has(part.toLowerCase())));
