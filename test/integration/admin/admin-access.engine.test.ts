import { newId } from '../../../shared/id';
import {
  type AdminClient,
  adminClient,
  idTokenFor,
  waitUntilKeyIsMailed,
  portalUserClient,
  portalUserIdOf,
} from '../../support/system/admin-client';
import { VALID_BODIES } from './cases/admin-cases';
import { type Operation, OPERATIONS, documentViolations } from './admin-document';
import { createSetupLink } from '../../support/system/setup-links';
import { createDomainClient, session } from '../../support/system/system';
import { Receiver } from '../../support/webhooks/receiver';

const PROTECTED_OPERATIONS = OPERATIONS.filter(({ isPublic }) => !isPublic);
const DOMAIN_OPERATIONS = PROTECTED_OPERATIONS.filter(({ path }) => path.startsWith('/domains/{domainId}'));
const WRITE_OPERATIONS = PROTECTED_OPERATIONS.filter(({ method }) => method !== 'GET');

const withTitles = (operations: readonly Operation[]): [operationId: string, Operation][] =>
  operations.map((each) => [each.operationId, each]);

let parameters: Record<string, string>;
let operator: AdminClient;
let owner: AdminClient;
let viewer: AdminClient;
let stranger: AdminClient;
let otherDomainId: string;
let before: Awaited<ReturnType<typeof readEverything>>;

/** Sends an operation with a valid body and valid parameters, except for the `overrides`. */
function send(
  call: AdminClient,
  { operationId, method, path }: Operation,
  overrides: Record<string, string> = {},
) {
  const values: Record<string, string> = { ...parameters, ...overrides };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const query = operationId === 'deleteDomain' ? '?name=Guarded' : '';
  return call(method, filled + query, VALID_BODIES[operationId]);
}

beforeAll(async () => {
  const [{ domainId, request }, other] = await Promise.all([
    createDomainClient({ name: 'Guarded' }),
    createDomainClient(),
  ]);
  otherDomainId = other.domainId;
  operator = adminClient();
  const user = await request('POST', '/Users', { userName: `${domainId}@example.com` });
  const group = await request('POST', '/Groups', { displayName: 'Engineering' });
  const keys = await operator('GET', `/domains/${domainId}/keys`);
  const { body } = await operator(
    'POST',
    `/domains/${domainId}/subscriptions`,
    // A subscription of this kind has everything except for a token.
    { name: 'Product', kind: 'webhook', endpoint: new Receiver().url },
  );
  const { subscriptionId } = body.subscription;
  const { linkId } = await createSetupLink(domainId, `${domainId}@example.com`);
  parameters = {
    domainId,
    userId: (user.body as { id: string }).id,
    groupId: (group.body as { id: string }).id,
    keyId: keys.body.items[0]?.keyId ?? '',
    connectionId: keys.body.items[0]?.connectionId ?? '',
    credentialId: keys.body.items[0]?.keyId ?? '',
    administratorId: portalUserIdOf(domainId, 'viewer'),
    invitationId: newId(),
    subscriptionId,
    secretId: newId(),
    simulationId: newId(),
    linkId,
    address: `${domainId}@example.com`,
  };
  owner = await portalUserClient(domainId, 'owner');
  viewer = await portalUserClient(domainId, 'viewer');
  stranger = await portalUserClient(otherDomainId, 'owner');
  await waitUntilKeyIsMailed(parameters);
  before = await readEverything();
});

/** Reads everything that an administrator sees of the domain, except the events of refused requests. */
async function readEverything() {
  const { domainId, userId } = parameters as { domainId: string; userId: string };
  const paths = [
    '',
    '/keys',
    '/connections',
    '/administrators',
    '/invitations',
    '/setup-links',
    '/users',
    `/users/${userId}`,
    '/groups',
    '/mappings',
    '/subscriptions',
    '/suppressed-addresses',
    '/audit-events?limit=100',
  ];
  const responses = await Promise.all(paths.map((path) => operator('GET', `/domains/${domainId}${path}`)));
  return responses.map(({ status, body }) => ({
    status,
    body: { ...body, items: body.items?.filter(({ action }) => action !== 'request.refused') },
  }));
}

describe('a request without a credential', () => {
  it.each(withTitles(PROTECTED_OPERATIONS))('for %s returns 401', async (_, each) => {
    const response = await send(adminClient(''), each);
    expect({ status: response.status, problems: documentViolations(each, response) }).toEqual({
      status: 401,
      problems: [],
    });
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
});

describe('an invalid credential', () => {
  it.each([
    ['an expired ID token', () => idTokenFor({ roles: ['operator'], expiresIn: -60 })],
    [
      'an ID token for another client',
      () => idTokenFor({ roles: ['operator'], claims: { aud: 'another-client' } }),
    ],
    [
      'an ID token of another issuer',
      () => idTokenFor({ roles: ['operator'], claims: { iss: 'https://example.com' } }),
    ],
    ['an access token', () => idTokenFor({ roles: ['operator'], claims: { token_use: 'access' } })],
    ['an ID token with modified roles', async () => withRoles(await idTokenFor({ roles: [] }), ['operator'])],
    ['an ID token without a signature', async () => unsigned(await idTokenFor({ roles: ['operator'] }))],
    ['another admin token', () => Promise.resolve(`${session().adminToken.slice(0, -1)}_`)],
    ['a SCIM key', () => Promise.resolve(session().scimKey)],
    ['an arbitrary text', () => Promise.resolve('abc')],
  ])('is refused with 401: %s', async (_, make) => {
    expect((await adminClient(await make())('GET', '/me')).status).toBe(401);
  });
});

describe('an owner of one domain', () => {
  it.each(withTitles(DOMAIN_OPERATIONS))(
    'receives the 404 of an unknown domain if %s is about another domain',
    async (_, each) => {
      const before = await readEverything();
      const [response, unknown] = await Promise.all([
        send(stranger, each),
        send(stranger, each, { domainId: newId() }),
      ]);
      expect(documentViolations(each, response)).toEqual([]);
      expect(response.status).toBe(404);
      expect(withoutIds(response.body)).toEqual(withoutIds(unknown.body));
      expect(await readEverything()).toEqual(before);
    },
  );

  it('sees its own identity and domain', async () => {
    const me = await stranger('GET', '/me');
    expect(me.body.domains).toEqual([{ domainId: otherDomainId, name: 'Test', role: 'owner' }]);
    const { body } = await stranger('GET', '/domains');
    expect(body.items).toEqual([{ domainId: otherDomainId, name: 'Test' }]);
  });

  it('reads nothing of another domain with a cursor of that domain', async () => {
    const users = await operator('GET', `/domains/${parameters.domainId}/audit-events?limit=1`);
    const path = `/domains/${otherDomainId}/audit-events?cursor=${users.body.next}`;
    const { body } = await stranger('GET', path);
    expect(JSON.stringify(body)).not.toContain(parameters.domainId);
  });

  it.each(withTitles(PROTECTED_OPERATIONS.filter(({ isOperatorOnly }) => isOperatorOnly)))(
    'may not use %s',
    async (_, each) => {
      expect((await send(owner, each)).status).toBe(403);
    },
  );

  it.each([{ ratePlan: 'standard' }, { seats: 1 }, { seatPolicy: 'wait' }])(
    'may not set %j',
    async (change) => {
      const { status, body } = await owner('PATCH', `/domains/${parameters.domainId}`, {
        name: 'x',
        ...change,
      });
      expect(status).toBe(403);
      expect(body.detail).toContain(Object.keys(change)[0]);
    },
  );
});

describe('a viewer', () => {
  it.each(withTitles(WRITE_OPERATIONS))('is refused %s', async (_, each) => {
    const before = await readEverything();
    const response = await send(viewer, each);
    expect({ status: response.status, problems: documentViolations(each, response) }).toEqual({
      status: 403,
      problems: [],
    });
    expect(await readEverything()).toEqual(before);
  });

  it.each(
    withTitles(
      PROTECTED_OPERATIONS.filter(({ method, isOperatorOnly }) => method === 'GET' && !isOperatorOnly),
    ),
  )('may use %s', async (_, each) => {
    expect((await send(viewer, each)).status).toBe(200);
  });
});

describe('a user without a role', () => {
  it.each(withTitles(PROTECTED_OPERATIONS))('is refused %s by the authorizer', async (_, each) => {
    const nobody = adminClient(await idTokenFor({ id: 'nobody', roles: ['another-application'] }));
    const response = await send(nobody, each);
    expect({ status: response.status, problems: documentViolations(each, response) }).toEqual({
      status: 403,
      problems: [],
    });
    expect(response.body).toMatchObject({
      title: 'No role',
      detail: expect.stringContaining('Ask the operator to make you an owner or a viewer') as string,
    });
  });
});

it('refused requests change nothing, and those of users with a role in the domain are audit events', async () => {
  expect(await readEverything()).toEqual(before);
  const path = `/domains/${parameters.domainId}/audit-events?action=request&limit=100`;
  const { items } = (await operator('GET', path)).body as unknown as { items: { actor: { name: string } }[] };
  expect(new Set(items.map(({ actor }) => actor.name))).toEqual(new Set(['owner', 'viewer']));
});

const parts = (token: string) => token.split('.') as [string, string, string];
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;

function withRoles(token: string, roles: readonly string[]): string {
  const [header, claims, signature] = parts(token);
  return [header, encoded({ ...decoded(claims), 'cognito:groups': roles }), signature].join('.');
}

const unsigned = (token: string): string =>
  [encoded({ alg: 'none', typ: 'JWT' }), parts(token)[1], ''].join('.');

const withoutIds = (body: object): string =>
  JSON.stringify({ ...body, requestId: '' }).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>');
