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
  findStep,
  goneStep,
  groupPath,
  listStep,
  matchStep,
  membersStep,
  ONLY_LISTED,
  patch,
  profileOf,
  readStep,
  userPath,
  withRemedy,
} from '../steps';

/** The schemas of OneLogin's template. They are not those of RFC 7643. */
const TEMPLATE_SCHEMAS = ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'];

const userBody = (user: TestUser, more: object = {}) => ({
  schemas: TEMPLATE_SCHEMAS,
  id: null,
  ...profileOf(user),
  active: 'true',
  ...more,
});

const put = (user: TestUser, more: object) => ({
  method: 'PUT',
  path: `${userPath(user)}?`,
  body: userBody(user, more),
});

/** OneLogin, with the JSON template of its SCIM connectors. */
export const ONELOGIN: Provider = {
  id: 'onelogin',
  name: 'OneLogin',
  headers: { accept: 'application/json', 'content-type': 'application/json' },
  steps: [
    listStep('List one user', '/Users?count=1'),
    matchStep('userName', '+', '&'),
    withRemedy(
      createStep(userBody),
      'Ignore unknown values of schemas, and accept active as text. The template of OneLogin has others than RFC 7643.',
    ),
    findStep('create', 'Find the user in capitals', '+', (userName) => userName.toUpperCase()),
    changeStep('update', 'Replace the profile with PUT', (_, user) => put(user, { title: 'Engineer' })),
    readStep('update', 'Read the updated user', [['title'], 'Engineer'], [['active'], true]),
    { ...listStep('List all groups', '/Groups'), phase: 'group push' },
    withRemedy(
      createGroupStep(({ group: { displayName } }) => ({
        schemas: TEMPLATE_SCHEMAS.slice(0, 1),
        displayName,
      })),
      'Ignore unknown values of schemas. The template of OneLogin has others than RFC 7643.',
    ),
    changeGroupStep('Add the members', (run) =>
      patch(groupPath(run), {
        op: 'add',
        path: 'members',
        value: run.users.map(({ id }) => ({ value: id })),
      }),
    ),
    membersStep('Count the members', ({ users }) => users.length, ALL_MEMBERS),
    changeGroupStep('Remove the first member with a list', (run, user) =>
      patch(groupPath(run), { op: 'remove', path: 'members', value: [{ value: user.id }] }),
    ),
    membersStep('Count the other members', ({ users }) => users.length - 1, ONLY_LISTED),
    withRemedy(
      changeStep(
        'deactivate',
        'Suspend the user, with "false" as text',
        (_, user) => put(user, { active: 'false' }),
        active(false),
      ),
      BOOLEAN_TEXT,
    ),
    readStep('deactivate', 'Read the suspended user', [['active'], false]),
    withRemedy(
      changeStep(
        'deactivate',
        'Resume the user',
        (_, user) => patch(userPath(user), { op: 'replace', path: 'active', value: 'true' }),
        active(true),
      ),
      BOOLEAN_TEXT,
    ),
    deleteGroupStep(),
    deleteUserStep(),
    goneStep(),
  ],
};
