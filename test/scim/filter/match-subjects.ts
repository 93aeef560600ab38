import { compileFilter } from '../../../shared/scim/filter/match';
import { parseFilter } from '../../../shared/scim/filter/parse';
import type { Attributes } from '../../../shared/scim/resource';
import type { ResourceType } from '../../../shared/scim/resource-type';
import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { scimErrorOf } from '../../support/scim/scim-fixtures';
import { userResourceType } from '../../../shared/product/product';

export const jensen: Attributes = {
  schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
  id: '2819c223-7f76-453a-919d-413861904646',
  externalId: 'Ext-1',
  userName: 'BJensen@example.com',
  name: { familyName: 'Jensen', givenName: 'Barbara' },
  title: '',
  nickName: null,
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@example.org', type: 'home' },
  ],
  phoneNumbers: [],
  addresses: [{ type: 'work', country: 'NO' }],
  x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJ' }],
  groups: [{ value: 'group-1', display: 'Tour Guides' }],
  meta: {
    resourceType: 'User',
    created: '2010-01-23T04:56:22.000Z',
    lastModified: '2011-05-13T04:42:34.000Z',
  },
  [ENTERPRISE_USER_SCHEMA]: { department: 'Tour Operations', manager: { value: 'Boss-1' } },
};

export const group: Attributes = {
  schemas: [GROUP_SCHEMA],
  id: 'group-1',
  displayName: 'Tour Guides',
  members: [{ value: 'user-1' }, { value: 'user-2' }],
};

/** Returns whether a filter matches a resource. */
export const matches = (text: string, resource = jensen, type: ResourceType = userResourceType): boolean =>
  compileFilter(parseFilter(text), type)(resource);

/** Returns the detail of the `invalidFilter` that compiling a filter throws. */
export function filterErrorOf(text: string, type: ResourceType = userResourceType): string {
  const { detail, ...error } = scimErrorOf(() => compileFilter(parseFilter(text), type));
  expect(error).toEqual({ status: 400, scimType: 'invalidFilter' });
  return detail;
}
