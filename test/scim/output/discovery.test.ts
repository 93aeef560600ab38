import {
  resourceTypeResources,
  schemaResources,
  serviceProviderConfig,
} from '../../../shared/scim/output/discovery';
import type { Attributes } from '../../../shared/scim/resource';
import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { RESOURCE_TYPES } from '../../../shared/product/product';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

const baseUrl = 'https://scim.example.com/scim/v2';
const features = {
  maxResults: 100,
  pagination: { cursor: false, index: true },
  sort: false,
  eventUris: ['urn:ietf:params:scim:event:prov:delete'],
};

const definitions = (id: string) =>
  schemaResources(RESOURCE_TYPES, baseUrl).find((schema) => schema.id === id)
    ?.attributes as unknown as Attributes[];
const definition = (id: string, name: string) => definitions(id).find((each) => each.name === name);

function everyValue(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null
    ? [value, ...Object.values(value).flatMap(everyValue)]
    : [value];
}

describe('serviceProviderConfig', () => {
  it('describes the features of the service', () => {
    expect(serviceProviderConfig(baseUrl, features)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 100 },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: true },
      pagination: { cursor: false, index: true },
      securityEvents: { asyncRequest: 'none', eventUris: ['urn:ietf:params:scim:event:prov:delete'] },
      authenticationSchemes: [
        expect.objectContaining({ type: 'oauthbearertoken', name: 'SCIM key', primary: true }) as object,
        expect.objectContaining({ type: 'oauth2', primary: false }) as object,
      ],
      meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
    });
  });

  it('describes the features that a deployment adds', () => {
    const documentationUri = 'https://example.com/docs';
    const bulk = { maxOperations: 100, maxPayloadSize: 1_000_000 };
    expect(serviceProviderConfig(baseUrl, { ...features, documentationUri, bulk, sort: true })).toMatchObject(
      {
        documentationUri,
        authenticationSchemes: [
          { type: 'oauthbearertoken', documentationUri },
          { type: 'oauth2', documentationUri },
        ],
        bulk: { supported: true, ...bulk },
        sort: { supported: true },
      },
    );
  });
});

describe('resourceTypeResources', () => {
  it('describes users with their extensions, and groups', () => {
    expect(resourceTypeResources(RESOURCE_TYPES, baseUrl)).toEqual([
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        id: 'User',
        name: 'User',
        description: 'User Account',
        endpoint: '/Users',
        schema: USER_SCHEMA,
        schemaExtensions: [
          { schema: ENTERPRISE_USER_SCHEMA, required: false },
          { schema: PRODUCT_USER_SCHEMA, required: false },
        ],
        meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/User` },
      },
      {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
        id: 'Group',
        name: 'Group',
        description: 'Group',
        endpoint: '/Groups',
        schema: GROUP_SCHEMA,
        meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/Group` },
      },
    ]);
  });
});

describe('schemaResources', () => {
  it('describes every schema that a resource can have', () => {
    expect(schemaResources(RESOURCE_TYPES, baseUrl).map(({ id }) => id)).toEqual([
      USER_SCHEMA,
      GROUP_SCHEMA,
      ENTERPRISE_USER_SCHEMA,
      PRODUCT_USER_SCHEMA,
    ]);
    expect(schemaResources(RESOURCE_TYPES, baseUrl)[0]).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      name: 'User',
      description: 'User Account',
      meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${USER_SCHEMA}` },
    });
  });

  it('describes an attribute by its characteristics', () => {
    expect(definition(USER_SCHEMA, 'userName')).toEqual({
      name: 'userName',
      type: 'string',
      multiValued: false,
      description: 'The name that identifies the user in the domain, compared without case.',
      required: true,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'server',
    });
    expect(definition(USER_SCHEMA, 'password')).toBeUndefined();
    expect(definition(USER_SCHEMA, 'groups')).toMatchObject({ mutability: 'readOnly', multiValued: true });
    expect(definition(USER_SCHEMA, 'profileUrl')).toMatchObject({
      type: 'reference',
      referenceTypes: ['external'],
    });
    expect(definition(PRODUCT_USER_SCHEMA, 'nrUserType')).toMatchObject({
      canonicalValues: ['Basic User', 'Core User', 'Full User'],
    });
  });

  it('describes sub-attributes', () => {
    const emails = definition(USER_SCHEMA, 'emails')?.subAttributes as unknown as Attributes[];
    expect(emails.map(({ name }) => name)).toEqual(['value', 'display', 'type', 'primary']);
    expect(emails[2]).toMatchObject({ type: 'string', canonicalValues: ['work', 'home', 'other'] });
    expect(emails[3]).not.toHaveProperty('caseExact');
  });

  it('omits the common attributes, as RFC 7643 §3.1 requires', () => {
    for (const name of ['id', 'externalId', 'meta', 'schemas'])
      expect(definition(USER_SCHEMA, name)).toBeUndefined();
  });

  it('contains neither null nor undefined, because authentik and Entra read all of it', () => {
    const answers = [
      schemaResources(RESOURCE_TYPES, baseUrl),
      resourceTypeResources(RESOURCE_TYPES, baseUrl),
      serviceProviderConfig(baseUrl, features),
    ];
    expect(everyValue(answers).filter((value) => value === null || value === undefined)).toEqual([]);
  });
});
