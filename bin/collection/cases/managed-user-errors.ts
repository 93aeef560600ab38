import { type ExampleCase, unchanged, withPath } from './example-case';

const USERNAME_TAKEN: ExampleCase = {
  name: 'Username taken',
  status: 409,
  description: 'Another user of the domain has the username.',
  when: 'after',
  show: unchanged,
};

const MANAGED_BY_CONNECTION: ExampleCase = {
  name: 'Managed by a connection',
  status: 409,
  description: 'A connection manages the user, and SCIM is on.',
  when: 'before',
  show: unchanged,
  send: (request, { inactiveUser }) =>
    withPath(
      /\/domains\/[^/]+\/users\/[^/]+/,
      `/domains/${inactiveUser.domainId}/users/${inactiveUser.userId}`,
    )(request),
};

/** The errors of operations on manually managed users. `undefined` means that no example can be recorded. */
export const MANAGED_USER_ERRORS: Readonly<Record<string, ExampleCase | undefined>> = {
  'createUser 409': USERNAME_TAKEN,
  'changeUser 409': MANAGED_BY_CONNECTION,
  'activateUser 409': MANAGED_BY_CONNECTION,
  'deleteUser 409': MANAGED_BY_CONNECTION,
  // Only a deployment that requires addresses refuses to activate a user without one.
  'activateUser 400': undefined,
};
