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
  findStep,
  goneStep,
  GROUP,
  groupPath,
  listStep,
  matchStep,
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
  active: true,
});

/**
 * JumpCloud. Its activation creates, changes, and deletes a user and a group, as this whole simulation does.
 */
export const JUMPCLOUD: Provider = {
  id: 'jumpcloud',
  name: 'JumpCloud',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json' },
  steps: [
    listStep('List users', '/Users?startIndex=1&count=1'),
    matchStep('userName', '%20'),
    createStep(userBody),
    findStep('create', 'Find the user', '%20', (userName) => userName),
    changeStep('update', 'Change one attribute with each operation', (_, user) =>
      patch(
        userPath(user),
        { op: 'replace', path: 'displayName', value: 'Changed User' },
        { op: 'replace', path: 'name.familyName', value: 'Changed' },
        { op: 'replace', path: 'title', value: 'Engineer' },
      ),
    ),
    readStep('update', 'Read the updated user', [['name', 'familyName'], 'Changed'], [['title'], 'Engineer']),
    createGroupStep(({ group: { displayName }, users }) => ({
      schemas: [GROUP],
      displayName,
      members: users.map(({ id }) => ({ value: id })),
    })),
    membersStep(
      'Count the members',
      ({ users }) => users.length,
      'Store the members of the request that creates the group.',
    ),
    changeGroupStep('Add a member again', (run, user) =>
      patch(groupPath(run), { op: 'add', path: 'members', value: [{ value: user.id }] }),
    ),
    membersStep('Count the members again', ({ users }) => users.length, ALL_MEMBERS),
    changeGroupStep('Remove the first member with a list', (run, user) =>
      patch(groupPath(run), { op: 'remove', path: 'members', value: [{ value: user.id }] }),
    ),
    membersStep('Count the other members', ({ users }) => users.length - 1, ONLY_LISTED),
    changeStep(
      'deactivate',
      'Deactivate the user',
      (_, user) => patch(userPath(user), { op: 'replace', path: 'active', value: false }),
      active(false),
    ),
    readStep('deactivate', 'Read the inactive user', [['active'], false]),
    changeStep(
      'deactivate',
      'Reactivate the user',
      (_, user) => patch(userPath(user), { op: 'replace', path: 'active', value: true }),
      active(true),
    ),
    deleteGroupStep(),
    deleteUserStep(),
    goneStep(),
  ],
};
