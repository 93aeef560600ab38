import type { Attribute, Schema } from '../attribute';
import type { ResourceType } from '../resource-type';
import type { Attributes, Json, Resource } from '../resource';
import { RESOURCE_TYPE_SCHEMA, SCHEMA_SCHEMA, SERVICE_PROVIDER_CONFIG_SCHEMA } from '../urns';

/** Features that depend on the deployment or on code outside of `shared/scim`. */
export interface ServiceFeatures {
  /** Absolute URL of the page that describes the API and its authentication. */
  readonly documentationUri?: string;
  /** Maximum number of resources per page. */
  readonly maxResults: number;
  /** Pagination (RFC 9865). */
  readonly pagination: {
    readonly cursor: boolean;
    readonly index: boolean;
    readonly defaultPaginationMethod?: 'cursor' | 'index';
    readonly defaultPageSize?: number;
    readonly maxPageSize?: number;
    /** Seconds. */
    readonly cursorTimeout?: number;
  };
  readonly sort: boolean;
  /** Undefined if `/Bulk` is not supported. `maxPayloadSize` is in bytes. */
  readonly bulk?: { readonly maxOperations: number; readonly maxPayloadSize: number };
  /** The URIs of the events that are sent as SETs (RFC 9967 §4). */
  readonly eventUris: readonly string[];
}

/** Returns the response of `/ServiceProviderConfig` (RFC 7643 §5). */
export function serviceProviderConfig(baseUrl: string, features: ServiceFeatures): Attributes {
  const { documentationUri, maxResults, pagination, sort, bulk, eventUris } = features;
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_SCHEMA],
    ...(documentationUri !== undefined && { documentationUri }),
    patch: { supported: true },
    bulk: { supported: bulk !== undefined, maxOperations: 0, maxPayloadSize: 0, ...bulk },
    filter: { supported: true, maxResults },
    changePassword: { supported: false },
    sort: { supported: sort },
    etag: { supported: true },
    pagination: { ...pagination },
    // No request is completed after its response.
    securityEvents: { asyncRequest: 'none', eventUris: [...eventUris] },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'SCIM key',
        description: 'A SCIM key of the authentication domain, sent as Authorization: Bearer <key>.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        ...(documentationUri !== undefined && { documentationUri }),
        primary: true,
      },
      {
        type: 'oauth2',
        name: 'OAuth 2.0 client credentials',
        description:
          'An access token from the token endpoint next to the base URL, for a client secret or a client assertion.',
        specUri: 'https://www.rfc-editor.org/info/rfc6749',
        ...(documentationUri !== undefined && { documentationUri }),
        primary: false,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

/** Returns the resources of `/ResourceTypes` (RFC 7643 §6). */
export const resourceTypeResources = (types: readonly ResourceType[], baseUrl: string): Resource[] =>
  types.map(({ name, description, endpoint, schema, extensions }) => ({
    schemas: [RESOURCE_TYPE_SCHEMA],
    id: name,
    name,
    description,
    endpoint,
    schema: schema.id,
    ...(extensions.length > 0 && {
      schemaExtensions: extensions.map(({ id, attributes }) => ({
        schema: id,
        required: attributes.some(({ required }) => required),
      })),
    }),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
  }));

/** Returns the resources of `/Schemas` (RFC 7643 §7): the core schemas, then the extensions. */
export function schemaResources(types: readonly ResourceType[], baseUrl: string): Resource[] {
  const schemas = new Set([
    ...types.map(({ schema }) => schema),
    ...types.flatMap(({ extensions }) => extensions),
  ]);
  return [...schemas].map((schema) => schemaResource(schema, baseUrl));
}

const schemaResource = ({ id, name, description, attributes }: Schema, baseUrl: string): Resource => ({
  schemas: [SCHEMA_SCHEMA],
  id,
  name,
  description,
  attributes: attributes.filter(isAdvertised).map(attributeDefinition),
  meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
});

/**
 * Returns whether `/Schemas` lists an attribute. `password` is accepted and dropped, so a client that finds
 * it would offer to synchronize passwords.
 */
const isAdvertised = ({ mutability }: Attribute): boolean => mutability !== 'writeOnly';

function attributeDefinition(attribute: Attribute): Json {
  const { name, type, description, multiValued, required, mutability, returned, uniqueness } = attribute;
  const { canonicalValues, caseExact, referenceTypes, subAttributes } = attribute;
  const isText = type === 'string' || type === 'reference' || type === 'binary';
  return {
    name,
    type,
    ...(type === 'complex' && { subAttributes: subAttributes.map(attributeDefinition) }),
    multiValued,
    description,
    required,
    ...(canonicalValues && { canonicalValues: [...canonicalValues] }),
    ...(isText && { caseExact }),
    mutability,
    returned,
    uniqueness,
    ...(referenceTypes && { referenceTypes: [...referenceTypes] }),
  };
}
