import { catalogOf } from '../../../shared/scim/catalog/catalog';
import type { Mapping } from '../../../shared/scim/mapping/mapping';
import {
  CATALOG_TYPES,
  entitlementResourceType,
  licenseResourceType,
  roleResourceType,
} from '../../../shared/scim/schemas/catalog';
import { groupResourceType, type ResourceType } from '../../../shared/scim/resource-type';
import { explicitUserType, productOf } from '../../../shared/scim/schemas/product-user';
import { DEFAULT_PRODUCT_SETTINGS } from '../../../shared/scim/schemas/product-user';

const BASE_URL = 'https://scim.example.com/scim/v2';
const MAPPINGS: readonly Mapping[] = [
  {
    id: '1',
    from: { kind: 'role', value: 'Admin' },
    to: { kind: 'administrator', role: 'owner', license: false },
  },
  { id: '2', from: { kind: 'role', value: 'ADMIN' }, to: { kind: 'userType', userType: 'Full User' } },
  { id: '3', from: { kind: 'role', value: 'a/b' }, to: { kind: 'noLicense' } },
  {
    id: '4',
    from: { kind: 'entitlement', value: 'Billing' },
    to: { kind: 'organization', organization: 'Acme', role: 'Member' },
  },
  { id: '5', from: { kind: 'entitlement', value: 'full user' }, to: { kind: 'noLicense' } },
  { id: '6', from: { kind: 'group', by: 'displayName', value: 'Team' }, to: { kind: 'noLicense' } },
];
const catalog = (type: ResourceType, mappings = MAPPINGS) =>
  catalogOf(type, DEFAULT_PRODUCT_SETTINGS, mappings, BASE_URL);
const ids = (type: ResourceType, mappings = MAPPINGS) => catalog(type, mappings).map(({ id }) => id);

describe('catalogOf', () => {
  it('lists the roles that mappings name, each once, with what they give', () => {
    expect(catalog(roleResourceType)).toEqual([
      {
        schemas: ['urn:okta:scim:schemas:core:1.0:Role'],
        id: 'Admin',
        displayName: 'Admin',
        description:
          'Gives the role owner in the portal, without a license, a license of the type Full User.',
        meta: { resourceType: 'Role', location: `${BASE_URL}/Roles/Admin` },
      },
      expect.objectContaining({
        id: 'a/b',
        meta: { resourceType: 'Role', location: `${BASE_URL}/Roles/a%2Fb` },
      }),
    ]);
  });

  it('lists the user types as licenses', () => {
    expect(catalog(licenseResourceType)).toMatchObject([
      { id: 'Basic User', type: 'License', description: 'A license of the type Basic User, the default.' },
      { id: 'Core User', type: 'License' },
      {
        schemas: ['urn:okta:scim:schemas:core:1.0:Entitlement'],
        id: 'Full User',
        displayName: 'Full User',
        meta: { resourceType: 'License', location: `${BASE_URL}/Licenses/Full%20User` },
      },
    ]);
  });

  it('lists user types and mapped values as entitlements', () => {
    expect(ids(entitlementResourceType)).toEqual(['Basic User', 'Core User', 'Full User', 'Billing']);
    expect(catalog(entitlementResourceType).at(-1)).toMatchObject({
      type: 'Entitlement',
      description: 'Gives the role Member in the organization Acme.',
    });
  });

  it('lists no roles and the licenses without mappings, and nothing for other types', () => {
    expect(CATALOG_TYPES.map((type) => ids(type, []).length)).toEqual([0, 3, 3]);
    expect(ids(groupResourceType)).toEqual([]);
  });
});

describe('an entitlement with the name of a user type', () => {
  const product = productOf(DEFAULT_PRODUCT_SETTINGS);
  const { schema, userTypeAttribute } = DEFAULT_PRODUCT_SETTINGS.userExtension;

  it.each([
    [[{ value: 'full user', type: 'License' }], 'Full User'],
    [[{ value: 'Billing' }, { value: 'Core User' }, { value: 'Full User' }], 'Core User'],
    [[{ value: '7', display: 'Full User' }], 'Full User'],
    [[{ value: 'Billing' }], undefined],
  ])('is the type of the license: %j', (entitlements, expected) => {
    expect(explicitUserType(product, { entitlements: entitlements })).toBe(expected);
  });

  it('gives way to the attribute of the extension', () => {
    const attributes = {
      entitlements: [{ value: 'Full User' }],
      [schema]: { [userTypeAttribute]: 'Core User' },
    };
    expect(explicitUserType(product, attributes)).toBe('Core User');
  });
});
