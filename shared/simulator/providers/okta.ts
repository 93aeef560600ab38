import { json, list, status } from '../expectation';
import type { TestUser } from '../run-state';
import type { Provider } from '../step';
import {
  active,
  ALL_MEMBERS,
  changeGroupStep,
  changeStep,
  createGroupStep,
  createStep,
  deleteGroupStep,
  deleteUserStep,
  filterOf,
  findStep,
  goneStep,
  GROUP,
  groupPath,
  JSON_OBJECT,
  listStep,
  matchStep,
  memberOf,
  membersStep,
  ONLY_LISTED,
  patch,
  profileOf,
  readStep,
  USER,
  userPath,
} from '../steps';

const userBody = (user: TestUser) => ({
  schemas: [USER],
  ...profileOf(user),
  displayName: `${user.givenName} ${user.familyName}`,
  locale: 'en-US',
  externalId: user.externalId,
  groups: [],
  active: true,
});

/** Lays the values of Okta over the representation of the service, as Okta does before a PUT. */
const put = (user: TestUser, values: object) => ({
  method: 'PUT',
  path: userPath(user),
  body: { ...user.shown, ...userBody(user), ...values },
});

/** Okta's SCIM client, in the form of the applications of its catalog. */
export const OKTA: Provider = {
  id: 'okta',
  name: 'Okta',
  headers: {
    'user-agent': 'Okta SCIM Client 1.0.0',
    accept: 'application/scim+json',
    'content-type': 'application/scim+json; charset=utf-8',
  },
  steps: [
    listStep('List users', '/Users?startIndex=1&count=2'),
    listStep('List groups', '/Groups?startIndex=1&count=100'),
    matchStep('userName', '%20', '&startIndex=1&count=100'),
    createStep(userBody),
    {
      phase: 'create',
      title: 'Create the same user again',
      needs: ['user'],
      request: (_, user) => ({ method: 'POST', path: '/Users', body: userBody(user) }),
      expect: [
        status([409], {
          201: 'Refuse a second user with the same userName with 409 and scimType uniqueness.',
        }),
        json,
      ],
    },
    findStep('create', 'Find the user in capitals', '%20', (userName) => userName.toUpperCase()),
    readStep('update', 'Read the user before the update', [['active'], true]),
    changeStep('update', 'Replace the profile with PUT', (_, user) =>
      put(user, { name: { givenName: 'Changed', familyName: user.familyName } }),
    ),
    readStep('update', 'Read the updated user', [['name', 'givenName'], 'Changed'], [['active'], true]),
    {
      phase: 'group push',
      title: 'Search for the group by displayName',
      request: ({ group }) => ({
        method: 'GET',
        path: `/Groups?${filterOf('displayName', group.displayName, '%20')}&startIndex=1&count=100`,
      }),
      expect: [
        ...JSON_OBJECT,
        list(0, 'Apply the filter "displayName eq". An unknown name returns 200 with totalResults 0.'),
      ],
    },
    createGroupStep(({ group }) => ({ schemas: [GROUP], displayName: group.displayName, members: [] })),
    changeGroupStep('Send the name of the group with its id', (run) =>
      patch(groupPath(run), {
        op: 'replace',
        value: { id: run.group.id, displayName: run.group.displayName },
      }),
    ),
    changeGroupStep('Add the members', (run) =>
      patch(groupPath(run), { op: 'add', path: 'members', value: run.users.map(memberOf) }),
    ),
    membersStep('Count the members', ({ users }) => users.length, ALL_MEMBERS),
    changeGroupStep('Remove the first member', (run, user) =>
      patch(groupPath(run), { op: 'remove', path: `members[value eq "${user.id}"]` }),
    ),
    membersStep('Count the other members', ({ users }) => users.length - 1, ONLY_LISTED),
    changeGroupStep('Replace all members ("Push now")', (run) =>
      patch(groupPath(run), { op: 'replace', path: 'members', value: run.users.map(memberOf) }),
    ),
    membersStep('Count the replaced members', ({ users }) => users.length, ALL_MEMBERS),
    changeStep(
      'deactivate',
      'Deactivate the user',
      (_, user) => patch(userPath(user), { op: 'replace', value: { active: false } }),
      active(false),
    ),
    findStep('deactivate', 'Find the inactive user', '%20', (userName) => userName),
    readStep('deactivate', 'Read the inactive user', [['active'], false]),
    changeStep(
      'deactivate',
      'Reactivate the user with PUT',
      (_, user) => put(user, { active: true }),
      active(true),
    ),
    deleteGroupStep(),
    // Okta itself never deletes users.
    deleteUserStep(),
    goneStep(),
  ],
};
