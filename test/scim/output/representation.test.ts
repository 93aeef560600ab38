import type { Attributes } from '../../../shared/scim/resource';
import { readResource } from '../../../shared/scim/input/read-resource';
import { toResource } from '../../../shared/scim/output/representation';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { johnDoe } from '../../support/scim/scim-fixtures';
import { userResourceType } from '../../../shared/product/product';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

const common = {
  id: 'r1',
  version: 3,
  created: '2026-01-31T12:00:00.000Z',
  lastModified: '2026-02-01T12:00:00.000Z',
  baseUrl: 'https://scim.example.com/scim/v2',
};

describe('toResource', () => {
  it('returns a user with schemas, meta, and groups', () => {
    const attributes = { ...johnDoe, [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' } };
    const groups = [{ value: 'g1', display: 'Engineers' }];
    expect(toResource(userResourceType, { ...common, attributes, groups })).toEqual({
      schemas: [USER_SCHEMA, PRODUCT_USER_SCHEMA],
      id: 'r1',
      ...attributes,
      groups: [
        {
          value: 'g1',
          $ref: 'https://scim.example.com/scim/v2/Groups/g1',
          display: 'Engineers',
          type: 'direct',
        },
      ],
      meta: {
        resourceType: 'User',
        created: '2026-01-31T12:00:00.000Z',
        lastModified: '2026-02-01T12:00:00.000Z',
        location: 'https://scim.example.com/scim/v2/Users/r1',
        version: 'W/"3"',
      },
    });
  });

  it('returns a group with members', () => {
    const members = [{ value: 'u1' }];
    const resource = toResource(groupResourceType, { ...common, attributes: { displayName: 'G' }, members });
    expect(resource).toMatchObject({
      schemas: [GROUP_SCHEMA],
      displayName: 'G',
      members: [{ value: 'u1', $ref: 'https://scim.example.com/scim/v2/Users/u1', type: 'User' }],
      meta: { resourceType: 'Group', location: 'https://scim.example.com/scim/v2/Groups/r1' },
    });
    expect(resource).not.toHaveProperty('active');
  });

  it('lists only the extensions that have data in schemas', () => {
    const attributes = { ...johnDoe, [ENTERPRISE_USER_SCHEMA]: { department: 'D' } };
    expect(toResource(userResourceType, { ...common, attributes }).schemas).toEqual([
      USER_SCHEMA,
      ENTERPRISE_USER_SCHEMA,
      PRODUCT_USER_SCHEMA,
    ]);
  });

  it.each([true, false, undefined])('returns active as a boolean if it is %s', (active) => {
    const attributes = { userName: 'ada', ...(active !== undefined && { active }) };
    expect(toResource(userResourceType, { ...common, attributes }).active).toBe(active === true);
  });

  it('omits memberships that were not loaded, and returns an empty array if there are none', () => {
    expect(toResource(userResourceType, { ...common, attributes: johnDoe })).not.toHaveProperty('groups');
    expect(toResource(userResourceType, { ...common, attributes: johnDoe, groups: [] }).groups).toEqual([]);
  });

  it('returns a resource that reads as the same attributes, because Okta sends it back in a PUT', () => {
    const groups = [{ value: 'g1' }];
    const resource = toResource(userResourceType, { ...common, attributes: johnDoe, groups });
    const read = readResource(userResourceType, resource);
    expect(read).toEqual({ ...johnDoe, [PRODUCT_USER_SCHEMA]: { nrUserType: 'Basic User' } });
  });

  it.each<[string, Attributes]>([
    ['no extension', {}],
    ['an extension without a type', { [PRODUCT_USER_SCHEMA]: {} }],
    ['a type that is not in the settings', { [PRODUCT_USER_SCHEMA]: { nrUserType: 'Gold User' } }],
  ])('shows the default type of a user with %s', (_, extension) => {
    const attributes = { ...johnDoe, ...extension };
    const copy = structuredClone(attributes);
    expect(toResource(userResourceType, { ...common, attributes })).toMatchObject({
      schemas: [USER_SCHEMA, PRODUCT_USER_SCHEMA],
      [PRODUCT_USER_SCHEMA]: { nrUserType: 'Basic User' },
    });
    expect(attributes).toEqual(copy);
  });
});
