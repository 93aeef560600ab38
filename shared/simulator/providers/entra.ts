import { list } from '../expectation';
import type { TestUser } from '../run-state';
import type { Provider } from '../step';
import {
  active,
  ALL_MEMBERS,
  BOOLEAN_TEXT,
  changeGroupStep,
  changeStep,
  createGroupStep,
  createStep,
  deleteGroupStep,
  deleteUserStep,
  ENTERPRISE,
  filterOf,
  findStep,
  goneStep,
  GROUP,
  groupPath,
  JSON_OBJECT,
  matchStep,
  membersStep,
  ONLY_LISTED,
  patch,
  profileOf,
  readStep,
  USER,
  userPath,
  withRemedy,
} from '../steps';

const userBody = (user: TestUser) => ({
  schemas: [USER, ENTERPRISE],
  externalId: user.externalId,
  ...profileOf(user),
  active: true,
  displayName: `${user.givenName} ${user.familyName}`,
  meta: { resourceType: 'User' },
  roles: [],
  [ENTERPRISE]: { department: 'Sales', employeeNumber: '1' },
});

/** The provisioning service of Microsoft Entra ID, with both of its forms of PATCH. */
export const ENTRA: Provider = {
  id: 'entra',
  name: 'Microsoft Entra ID',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json; charset=utf-8' },
  steps: [
    {
      phase: 'test connection',
      title: 'Search for a user that does not exist',
      request: ({ unknownId }) => ({
        method: 'GET',
        path: `/Users?${filterOf('userName', unknownId, '+')}`,
      }),
      expect: [
        ...JSON_OBJECT,
        list(
          0,
          'A search without a result returns 200 and an empty list. Entra ID puts the job into quarantine after 404.',
        ),
      ],
    },
    matchStep('userName', '+'),
    matchStep('externalId', '+'),
    createStep(userBody),
    findStep('create', 'Find the user', '+', (userName) => userName),
    withRemedy(
      changeStep('update', 'Change attributes, in the older form', (_, user) =>
        patch(
          userPath(user),
          { op: 'Replace', path: 'displayName', value: 'Changed User' },
          { op: 'Replace', path: 'name.givenName', value: 'Changed' },
          { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555 0100' },
          { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Engines' },
        ),
      ),
      'Create the element that a value filter names if there is none, and accept operations in any case.',
    ),
    readStep(
      'update',
      'Read the changed attributes',
      [['name', 'givenName'], 'Changed'],
      [['phoneNumbers', 0, 'value'], '+1 555 0100'],
      [[ENTERPRISE, 'department'], 'Engines'],
    ),
    withRemedy(
      changeStep('update', 'Change attributes, in the newer form', (_, user) =>
        patch(userPath(user), {
          op: 'replace',
          value: { 'name.familyName': 'Newer', [`${ENTERPRISE}:department`]: 'Finance' },
        }),
      ),
      'Accept names with dots, and names that begin with the URN of a schema, in a value without a path.',
    ),
    readStep(
      'update',
      'Read the attributes again',
      [['name', 'familyName'], 'Newer'],
      [['name', 'givenName'], 'Changed'],
      [[ENTERPRISE, 'department'], 'Finance'],
    ),
    {
      phase: 'group push',
      title: 'Search for the group without its members',
      request: ({ group }) => ({
        method: 'GET',
        path: `/Groups?excludedAttributes=members&${filterOf('displayName', group.displayName, '+')}`,
      }),
      expect: [
        ...JSON_OBJECT,
        list(0, 'Apply the filter "displayName eq". An unknown name returns 200 with totalResults 0.'),
      ],
    },
    createGroupStep(({ group: { displayName, externalId } }) => ({
      schemas: [GROUP],
      externalId,
      displayName,
      meta: { resourceType: 'Group' },
    })),
    changeGroupStep('Add the members', (run) =>
      patch(groupPath(run), {
        op: 'Add',
        path: 'members',
        value: run.users.map(({ id }) => ({ $ref: null, value: id })),
      }),
    ),
    membersStep('Count the members', ({ users }) => users.length, ALL_MEMBERS),
    changeGroupStep('Remove the first member with a list', (run, user) =>
      patch(groupPath(run), { op: 'Remove', path: 'members', value: [{ $ref: null, value: user.id }] }),
    ),
    membersStep('Count the other members', ({ users }) => users.length - 1, ONLY_LISTED),
    withRemedy(
      changeStep(
        'deactivate',
        'Disable the user, with "False" as text',
        (_, user) => patch(userPath(user), { op: 'Replace', path: 'active', value: 'False' }),
        active(false),
      ),
      BOOLEAN_TEXT,
    ),
    findStep('deactivate', 'Find the disabled user', '+', (userName) => userName),
    readStep('deactivate', 'Read the disabled user', [['active'], false]),
    withRemedy(
      changeStep(
        'deactivate',
        'Enable the user, with "True" as text',
        (_, user) => patch(userPath(user), { op: 'Add', path: 'active', value: 'True' }),
        active(true),
      ),
      BOOLEAN_TEXT,
    ),
    deleteGroupStep(),
    deleteUserStep(),
    goneStep(),
  ],
};
