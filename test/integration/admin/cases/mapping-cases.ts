import { newId } from '../../../../shared/id';
import type { AdminCase } from './admin-case';

/** Mappings that are valid in every domain. */
export const VALID_MAPPINGS = {
  version: 0,
  mappings: [
    {
      from: { kind: 'group', by: 'displayName', value: 'staff' },
      to: { kind: 'organization', organization: 'Research', role: 'member' },
    },
    { from: { kind: 'group', by: 'externalId', value: 'STAFF-2' }, to: { kind: 'noLicense' } },
    { from: { kind: 'role', value: 'guest' }, to: { kind: 'noLicense' } },
  ],
  organizations: [{ name: 'Research', roles: ['member', 'lead'] }],
};

const { version: _, ...PREVIEWED } = VALID_MAPPINGS;
const [FIRST] = VALID_MAPPINGS.mappings;

/** Cases for mappings. They run after those of groups, and before those of users. */
export const MAPPING_CASES: readonly AdminCase[] = [
  {
    operationId: 'getMappings',
    status: 200,
    caller: 'viewer',
    check: ({ body }) =>
      expect(body).toEqual({
        version: 0,
        mappings: [],
        organizations: [],
        vendorOrganizations: [],
        userTypes: ['Basic User', 'Core User', 'Full User'],
        defaultUserType: 'Basic User',
      }),
  },
  {
    operationId: 'previewMappings',
    status: 200,
    caller: 'owner',
    body: PREVIEWED,
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({ examined: 2, total: 2, changed: 1 });
      expect(body.users).toMatchObject([
        {
          userId: parameters.userId,
          before: { license: true, organizations: [] },
          after: { license: true, organizations: [{ organization: 'Research', role: 'member' }] },
        },
      ]);
    },
  },
  {
    operationId: 'previewMappings',
    status: 400,
    condition: 'an organization is not declared',
    body: { mappings: [FIRST] },
    check: ({ body }) => expect(body.detail).toMatch(/"Research", which is not declared/),
  },
  {
    operationId: 'previewMappings',
    status: 400,
    condition: 'the cursor belongs to another list',
    query: 'cursor=abc',
    body: PREVIEWED,
  },
  {
    operationId: 'replaceMappings',
    status: 400,
    condition: 'a source is unknown',
    body: { version: 0, mappings: [{ from: { kind: 'team', value: 'a' }, to: { kind: 'noLicense' } }] },
    check: ({ body }) => expect(body.detail).toMatch(/^"mappings\[0\]\.from\.kind" is not valid\./),
  },
  {
    operationId: 'replaceMappings',
    status: 200,
    caller: 'owner',
    body: VALID_MAPPINGS,
    check: ({ body }, { parameters }) => {
      expect(body).toMatchObject({ version: 1, organizations: VALID_MAPPINGS.organizations });
      expect(body.mappings).toMatchObject(VALID_MAPPINGS.mappings);
      parameters.mappingId = (body.mappings as { id: string }[])[0]?.id ?? '';
    },
  },
  {
    operationId: 'replaceMappings',
    status: 409,
    condition: 'somebody else has changed them',
    caller: 'owner',
    body: { version: 0, mappings: [] },
  },
  {
    operationId: 'getGroup',
    status: 200,
    condition: 'a mapping names the group',
    check: ({ body }, { parameters }) => expect(body.mappings).toMatchObject([{ id: parameters.mappingId }]),
  },
  {
    operationId: 'listUsers',
    status: 200,
    condition: 'the list is filtered by organization',
    query: `organization=${newId()}`,
    check: ({ body }) => expect(body.items).toEqual([]),
  },
];
