import document from '../../../docs/admin-api.openapi.json';
import type { HttpRequest } from '../bru-file';
import { type Fixtures, OPERATOR_EMAIL, OWNER_EMAIL } from '../fixtures';
import {
  type ExampleCase,
  forbiddenCredential,
  tooManyRequests,
  unchanged,
  withMembers,
  withPath,
  withQuery,
  wrongCredential,
} from './example-case';
import { MANAGED_USER_ERRORS } from './managed-user-errors';
import { SUBSCRIPTION_ERRORS } from './subscription-errors';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly requestBody?: unknown;
}

const WRONG_TOKEN = wrongCredential('Wrong token', 'scim_admin_wrong');

const VIEWER = forbiddenCredential('Not allowed', 'The caller is a viewer.', ({ url }, { viewerToken }) =>
  viewerToken(url),
);

const NO_ROLE = forbiddenCredential('No role', 'The caller has no role.', (_, { tokenWithoutRole }) =>
  tokenWithoutRole(),
);

const TOO_MANY_REQUESTS = tooManyRequests('Wait for as many seconds as Retry-After says.');

const INVALID_QUERY: ExampleCase = {
  name: 'Invalid query',
  status: 400,
  when: 'before',
  show: withQuery('limit', '0'),
};

const INVALID_BODY: ExampleCase = {
  name: 'Invalid body',
  status: 400,
  when: 'before',
  show: withMembers({ name: '' }),
};

const INVALID_CURSOR: ExampleCase = {
  name: 'Invalid cursor',
  status: 400,
  when: 'before',
  show: withQuery('cursor', 'abc'),
};

const WRONG_NAME: ExampleCase = {
  name: 'Wrong name',
  status: 400,
  when: 'before',
  show: withQuery('name', 'Something else'),
};

const NO_EMAIL_TO_RESEND: ExampleCase = {
  name: 'No email to send',
  status: 409,
  description: 'The user was never active, so there is no email to send again.',
  when: 'before',
  show: unchanged,
  send: (request, { inactiveUser }) =>
    withPath(
      /\/domains\/.*\/users\/[^/]+/,
      `/domains/${inactiveUser.domainId}/users/${inactiveUser.userId}`,
    )(request),
};

const NO_KEY_TO_REPLACE: ExampleCase = {
  name: 'No active license',
  status: 409,
  description: 'The user is inactive, so there is no key to replace.',
  when: 'before',
  show: unchanged,
  send: (request, { inactiveUser }) =>
    withPath(
      /\/domains\/.*\/licenses\/[^/]+/,
      `/domains/${inactiveUser.domainId}/licenses/${inactiveUser.userId}`,
    )(request),
};

/** The case of an administrator of another domain, with whom the request has another outcome. */
export const withAdministrator = (
  each: Pick<ExampleCase, 'name' | 'status' | 'description'>,
  of: (fixtures: Fixtures) => string,
): ExampleCase => ({
  ...each,
  when: 'before',
  show: unchanged,
  send: (request, fixtures) => withPath(/\/v1\/.*$/, `/v1${of(fixtures)}`)(request),
});

const LAST_OWNER = withAdministrator(
  { name: 'Last owner', status: 409, description: 'The administrator is the last owner of the domain.' },
  ({ owned }) => `/domains/${owned.domainId}/administrators/${owned.ownerId}`,
);

/** Replaces the last id of the path. A path that ends in an id keeps its other ids. */
const unknownIdCase = (template: string): ExampleCase => {
  const [, tail = ''] = /\{\w+\}([^{]*)$/.exec(template) ?? [];
  return {
    name: 'Unknown id',
    status: 404,
    when: 'before',
    show: withPath(new RegExp(`/[^/]+${tail}$`), `/unknown${tail}`),
  };
};

/** The errors of single operations. `undefined` means that no example can be recorded. */
const OF_OPERATION: Readonly<Record<string, ExampleCase | undefined>> = {
  'deleteDomain 400': WRONG_NAME,
  'redriveMail 400': INVALID_CURSOR,
  'inviteAdministrator 409': {
    ...withAdministrator(
      {
        name: 'Already an administrator',
        status: 409,
        description: 'The address is that of an administrator.',
      },
      ({ owned }) => `/domains/${owned.domainId}/administrators`,
    ),
    show: withMembers({ email: OWNER_EMAIL }),
  },
  'inviteOperator 409': {
    name: 'Already an operator',
    status: 409,
    description: 'The address is that of an operator.',
    when: 'before',
    show: withMembers({ email: OPERATOR_EMAIL }),
  },
  'changeAdministrator 409': LAST_OWNER,
  'removeAdministrator 409': LAST_OWNER,
  'replaceMappings 409': {
    name: 'Changed meanwhile',
    status: 409,
    description: 'Somebody else has changed the mappings since they were read.',
    when: 'before',
    show: withMembers({ version: 7 }),
  },
  'resendMail 409': NO_EMAIL_TO_RESEND,
  'replaceKey 409': NO_KEY_TO_REPLACE,
  // Only an account without a free API key causes it.
  'createDomain 409': undefined,
  // Only concurrent administrators cause it.
  'changeDomain 409': undefined,
  'clearAddress 409': undefined,
  // Only a domain with fifty connections, a connection with many credentials, or a revoked one causes it.
  'createConnection 409': undefined,
  'changeConnection 409': undefined,
  'createClientSecret 409': undefined,
  'createTrust 409': undefined,
  // Only concurrent administrators cause it.
  'confirmAdministratorsFromRoles 409': undefined,
  'withdrawAdministratorsFromRoles 409': undefined,
  'revokeConnection 409': undefined,
  'revokeCredential 409': undefined,
  // Only a domain with a hundred keys causes it.
  'createScimKey 409': undefined,
  // Only a domain with twenty usable links causes it.
  'createSetupLink 409': undefined,
  // Only a link that has ended, and a second code within a minute, cause them.
  'sendSetupCode 409': undefined,
  'sendSetupCode 429': undefined,
  ...MANAGED_USER_ERRORS,
  ...SUBSCRIPTION_ERRORS,
};

/**
 * Returns the errors of a request to the admin API: those that the OpenAPI document declares for its
 * operation. `default` stands for those that all operations have.
 */
export function adminErrors(request: HttpRequest, path: string): ExampleCase[] {
  const [template, operation] = operationOf(request.method, path);
  return Object.keys(operation.responses)
    .filter((status) => status >= '400' && status !== 'default')
    .flatMap((status) => {
      const key = `${operation.operationId} ${status}`;
      const found =
        key in OF_OPERATION ? OF_OPERATION[key] : caseOf(status, template, operation, request.method);
      return found ? [found] : [];
    });
}

function caseOf(status: string, template: string, operation: Operation, method: string): ExampleCase {
  const cases: Readonly<Record<string, ExampleCase>> = {
    400: operation.requestBody ? INVALID_BODY : INVALID_QUERY,
    401: WRONG_TOKEN,
    // A viewer may read.
    403: method === 'GET' ? NO_ROLE : VIEWER,
    404: unknownIdCase(template),
    429: TOO_MANY_REQUESTS,
  };
  const found = cases[status];
  if (found) return found;
  throw new Error(`${operation.operationId} has the status ${status}. Add a case for it to admin-errors.ts.`);
}

function operationOf(method: string, path: string): [template: string, operation: Operation] {
  for (const [template, operations] of Object.entries(document.paths)) {
    const pattern = new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
    const operation = (operations as unknown as Record<string, Operation>)[method.toLowerCase()];
    if (operation && pattern.test(path)) return [template, operation];
  }
  throw new Error(`The OpenAPI document has no operation ${method} ${path}.`);
}
