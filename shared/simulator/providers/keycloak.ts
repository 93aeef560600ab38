import { json, status, value } from '../expectation';
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
  goneStep,
  GROUP,
  groupPath,
  JSON_OBJECT,
  matchStep,
  memberOf,
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
  schemas: [USER],
  externalId: user.externalId,
  ...profileOf(user),
  active: true,
});

/** The SCIM extensions of Keycloak. */
export const KEYCLOAK: Provider = {
  id: 'keycloak',
  name: 'Keycloak',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json' },
  steps: [
    {
      phase: 'test connection',
      title: 'Read the features of the service',
      request: () => ({ method: 'GET', path: '/ServiceProviderConfig' }),
      expect: [
        ...JSON_OBJECT,
        value(
          ['patch', 'supported'],
          () => true,
          'Support PATCH, and say so in patch.supported of ServiceProviderConfig.',
        ),
      ],
    },
    {
      phase: 'test connection',
      title: 'Read the features with a base URL that ends in a slash',
      request: () => ({ method: 'GET', path: '//ServiceProviderConfig' }),
      expect: [
        status([200], { 404: 'Ignore a slash at the end of the base URL, or enter the URL without it.' }),
        json,
      ],
    },
    matchStep('externalId', '%20'),
    createStep(userBody),
    withRemedy(
      changeStep('update', 'Change attributes with a value that is JSON text', (_, user) =>
        patch(userPath(user), {
          op: 'replace',
          value: JSON.stringify({ displayName: 'Changed User', title: 'Engineer' }),
        }),
      ),
      'Read a value without a path that is the text of a JSON object as this object.',
    ),
    readStep('update', 'Read the updated user', [['displayName'], 'Changed User'], [['title'], 'Engineer']),
    createGroupStep(({ group: { displayName, externalId }, users }) => ({
      schemas: [GROUP],
      externalId,
      displayName,
      members: users.map(memberOf),
    })),
    membersStep(
      'Count the members',
      ({ users }) => users.length,
      'Store the members of the request that creates the group.',
    ),
    changeGroupStep('Remove the first member by display and value', (run, user) =>
      patch(groupPath(run), {
        op: 'remove',
        path: `members[display eq "${user.userName}" and value eq "${user.id}"]`,
      }),
    ),
    membersStep('Count the other members', ({ users }) => users.length - 1, ONLY_LISTED),
    changeGroupStep('Add the member again', (run, user) =>
      patch(groupPath(run), { op: 'add', path: 'members', value: [memberOf(user)] }),
    ),
    membersStep('Count the members again', ({ users }) => users.length, ALL_MEMBERS),
    changeStep(
      'deactivate',
      'Disable the user with PUT',
      (_, user) => ({
        method: 'PUT',
        path: userPath(user),
        body: { ...userBody(user), id: user.id, active: false },
      }),
      active(false),
    ),
    readStep('deactivate', 'Read the disabled user', [['active'], false]),
    deleteGroupStep(),
    deleteUserStep(),
    goneStep(),
  ],
};
