import { newId } from '../../../shared/id';
import { adminClient, idTokenFor, signedInClient, type AdminClient } from '../../support/system/admin-client';
import { exclusively } from '../../support/system/exclusive';
import { createSetupLink, openSetupLink } from '../../support/system/setup-links';
import { createDomainClient } from '../../support/system/system';
import { VALID_BODIES } from './cases/admin-cases';
import { documentViolations, type Operation, OPERATIONS } from './admin-document';

/** The callers of the matrix. Each operation of the document is sent by each of them. */
const CALLERS = [
  'operator',
  'owner',
  'viewer',
  'owner of another domain',
  'setup link',
  'setup link of another domain',
  'nobody',
  'removed operator',
  'removed owner',
] as const;
type CallerName = (typeof CALLERS)[number];

/** The decision about a caller: by the authorizer, by the rules of the route, or none. */
type Decision = 'allowed' | 'not found' | 'forbidden' | 'no role';

const isOfDomain = ({ path }: Operation): boolean => path.includes('{domainId}');
/** The operations that any caller with a role may use. */
const FOR_ANYONE = ['getMe', 'listDomains', 'listEventTypes'];

/** States who may do what. The routes are not consulted. */
function expectedDecision(operation: Operation, caller: CallerName): Decision {
  const { operationId, method, isOperatorOnly, isPublic, allowsSetupLink } = operation;
  if (isPublic || caller === 'operator') return 'allowed';
  if (caller === 'setup link') return allowsSetupLink ? 'allowed' : 'forbidden';
  if (caller === 'setup link of another domain') {
    if (isOfDomain(operation)) return 'not found';
    return allowsSetupLink ? 'allowed' : 'forbidden';
  }
  if (caller === 'nobody' || caller.startsWith('removed')) return 'no role';
  if (FOR_ANYONE.includes(operationId)) return 'allowed';
  if (isOfDomain(operation) && caller === 'owner of another domain') return 'not found';
  if (isOperatorOnly) return 'forbidden';
  return method === 'GET' || caller === 'owner' ? 'allowed' : 'forbidden';
}

let clients: Record<CallerName, AdminClient>;
let parameters: Record<string, string>;

beforeAll(async () => {
  const [{ domainId }, other] = await Promise.all([createDomainClient(), createDomainClient()]);
  const withRoles = (name: string, ...roles: string[]) =>
    signedInClient({ id: `matrix-${name}-${domainId}`, roles });
  const admin = adminClient();
  const [operator, owner, viewer, stranger, removedOperator, removedOwner] = await Promise.all([
    withRoles('operator', 'operator'),
    withRoles('owner', `${domainId}:owner`),
    withRoles('viewer', `${domainId}:viewer`),
    withRoles('stranger', `${other.domainId}:owner`),
    withRoles('removed-operator', 'operator'),
    withRoles('removed-owner', `${domainId}:owner`),
  ]);
  const removed = await Promise.all([
    admin('DELETE', `/administrators/matrix-removed-operator-${domainId}`),
    admin('DELETE', `/domains/${domainId}/administrators/matrix-removed-owner-${domainId}`),
  ]);
  expect(removed.map(({ status }) => status)).toEqual([204, 204]);
  const email = `matrix-${domainId}@example.com`;
  const guest = adminClient(await openSetupLink(await createSetupLink(domainId, email), email));
  const otherGuest = adminClient(await openSetupLink(await createSetupLink(other.domainId, email), email));
  clients = {
    operator,
    owner,
    viewer,
    'owner of another domain': stranger,
    'setup link': guest,
    'setup link of another domain': otherGuest,
    nobody: adminClient(await idTokenFor({ id: `matrix-nobody-${domainId}`, roles: [] })),
    // Their ID tokens have not expired, and still contain the roles.
    'removed operator': removedOperator,
    'removed owner': removedOwner,
  };
  parameters = { domainId };
});

/** Sends an operation about things that do not exist, so that no caller changes anything. */
function send(call: AdminClient, { operationId, method, path }: Operation) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? (name === 'address' ? 'nobody@example.com' : newId())),
  );
  const query = operationId === 'deleteDomain' ? '?name=Not+this+name' : '';
  const request = () => call(method, filled + query, harmlessBody(operationId));
  return operationId === 'redriveMail' ? exclusively('redrive', request) : request();
}

/** Returns a body that an allowed caller gets a 400 or 404 for, if the operation would create something. */
const harmlessBody = (operationId: string): unknown =>
  operationId in VALID_BODIES && operationId !== 'changeDomain'
    ? { unknown: true }
    : VALID_BODIES[operationId];

const NO_ROLE_TITLE = 'No role';

function decisionOf({ status, body }: Awaited<ReturnType<AdminClient>>): Decision {
  if (status === 403) return body.title === NO_ROLE_TITLE ? 'no role' : 'forbidden';
  const isHidden =
    status === 404 && body.detail.includes(parameters.domainId ?? '') && /no domain/.test(body.detail);
  return isHidden ? 'not found' : 'allowed';
}

const titles = OPERATIONS.map((operation): [operationId: string, Operation] => [
  operation.operationId,
  operation,
]);

describe('each caller gets the decision of the matrix', () => {
  it.each(titles)('%s', async (_, operation) => {
    const responses = await Promise.all(CALLERS.map((caller) => send(clients[caller], operation)));
    const byCaller = <T>(of: (caller: CallerName, at: number) => T) =>
      Object.fromEntries(CALLERS.map((caller, at) => [caller, of(caller, at)]));
    expect(byCaller((_caller, at) => decisionOf(responses[at]!))).toEqual(
      byCaller((caller) => expectedDecision(operation, caller)),
    );
    for (const response of responses) {
      expect(response.status).not.toBe(401);
      expect(response.status).toBeLessThan(500);
      expect(documentViolations(operation, response)).toEqual([]);
    }
  });
});
