import { newId } from '../../../shared/id';
import {
  type AdminClient,
  adminClient,
  idTokenFor,
  waitUntilKeyIsMailed,
  portalUserClient,
} from '../../support/system/admin-client';
import { VALID_BODIES } from './admin-cases';
import { type Operation, OPERATIONS, documentViolations } from './admin-document';
import { createDomainClient, session } from '../../support/system/system';

const PROTECTED_OPERATIONS = OPERATIONS.filter(({ isPublic }) => !isPublic);
const DOMAIN_OPERATIONS = PROTECTED_OPERATIONS.filter(({ path }) => path.startsWith('/domains/{domainId}'));
const WRITE_OPERATIONS = PROTECTED_OPERATIONS.filter(({ method }) => method !== 'GET');

const names = (operations: readonly Operation[]): [operationId: string, Operation][] =>
  operations.map((each) => [each.operationId, each]);

let parameters: Record<string, string>;
let operator: AdminClient;
let owner: AdminClient;
let viewer: AdminClient;
let stranger: AdminClient;
let otherDomainId: string;
let before: Awaited<ReturnType<typeof readEverything>>;

/** Sends an operation with what it takes to succeed, in place of some parameters. */
function send(
  call: AdminClient,
  { operationId, method, path }: Operation,
  instead: Record<string, string> = {},
) {
  const values: Record<string, string> = { ...parameters, ...instead };
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
  const keys = await operator('GET', `/domains/${domainId}/keys`);
  parameters = {
    domainId,
    userId: (user.body as { id: string }).id,
    keyId: keys.body.items[0]?.keyId ?? '',
    address: `${domainId}@example.com`,
  };
  owner = await portalUserClient(domainId, 'owner');
  viewer = await portalUserClient(domainId, 'viewer');
  stranger = await portalUserClient(otherDomainId, 'owner');
  await waitUntilKeyIsMailed(parameters);
  before = await readEverything();
});

/** All that an administrator sees of the domain, but what was refused in it. */
async function readEverything() {
  const { domainId, userId } = parameters as { domainId: string; userId: string };
  const paths = ['', '/keys', '/users', `/users/${userId}`, '/suppressed-addresses', '/audit-events'];
  const answers = await Promise.all(paths.map((path) => operator('GET', `/domains/${domainId}${path}`)));
  return answers.map(({ status, body }) => ({
    status,
    body: { ...body, items: body.items?.filter(({ action }) => action !== 'request.refused') },
  }));
}

describe('without a credential', () => {
  it.each(names(PROTECTED_OPERATIONS))('%s is 401', async (_, each) => {
    const answer = await send(adminClient(''), each);
    expect({ status: answer.status, problems: documentViolations(each, answer) }).toEqual({
      status: 401,
      problems: [],
    });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
});

describe('a credential that is not good', () => {
  it.each([
    ['an ID token that has expired', () => idTokenFor({ roles: ['operator'], expiresIn: -60 })],
    ['one for another client', () => idTokenFor({ roles: ['operator'], claims: { aud: 'another-client' } })],
    [
      'one of another issuer',
      () => idTokenFor({ roles: ['operator'], claims: { iss: 'https://example.com' } }),
    ],
    ['an access token', () => idTokenFor({ roles: ['operator'], claims: { token_use: 'access' } })],
    ['one whose roles were changed', async () => withRoles(await idTokenFor({ roles: [] }), ['operator'])],
    ['one without a signature', async () => unsigned(await idTokenFor({ roles: ['operator'] }))],
    ['another admin token', () => Promise.resolve(`${session().adminToken.slice(0, -1)}_`)],
    ['a SCIM key', () => Promise.resolve(session().scimKey)],
    ['anything', () => Promise.resolve('abc')],
  ])('is 401: %s', async (_, make) => {
    expect((await adminClient(await make())('GET', '/me')).status).toBe(401);
  });
});

describe('the owner of one domain', () => {
  it.each(names(DOMAIN_OPERATIONS))('is told by %s that another does not exist', async (_, each) => {
    const before = await readEverything();
    const [answer, none] = await Promise.all([
      send(stranger, each),
      send(stranger, each, { domainId: newId() }),
    ]);
    expect(documentViolations(each, answer)).toEqual([]);
    expect(answer.status).toBe(404);
    expect(withoutIds(answer.body)).toEqual(withoutIds(none.body));
    expect(await readEverything()).toEqual(before);
  });

  it('sees itself and its domain in the lists', async () => {
    const me = await stranger('GET', '/me');
    expect(me.body.domains).toEqual([{ domainId: otherDomainId, name: 'Test', role: 'owner' }]);
    const { body } = await stranger('GET', '/domains');
    expect(body.items).toEqual([{ domainId: otherDomainId, name: 'Test' }]);
  });

  it('reaches nothing of another by a cursor of that one', async () => {
    const users = await operator('GET', `/domains/${parameters.domainId}/audit-events?limit=1`);
    const path = `/domains/${otherDomainId}/audit-events?cursor=${users.body.next}`;
    const { body } = await stranger('GET', path);
    expect(JSON.stringify(body)).not.toContain(parameters.domainId);
  });

  it.each(names(PROTECTED_OPERATIONS.filter(({ isOperatorOnly }) => isOperatorOnly)))(
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
  it.each(names(WRITE_OPERATIONS))('is refused %s', async (_, each) => {
    const before = await readEverything();
    const answer = await send(viewer, each);
    expect({ status: answer.status, problems: documentViolations(each, answer) }).toEqual({
      status: 403,
      problems: [],
    });
    expect(await readEverything()).toEqual(before);
  });

  it.each(
    names(PROTECTED_OPERATIONS.filter(({ method, isOperatorOnly }) => method === 'GET' && !isOperatorOnly)),
  )('may use %s', async (_, each) => {
    expect((await send(viewer, each)).status).toBe(200);
  });
});

describe('somebody without a role', () => {
  it('is let in, and sees nothing', async () => {
    const nobody = adminClient(await idTokenFor({ id: 'nobody' }));
    expect((await nobody('GET', '/me')).body).toMatchObject({ operator: false, domains: [] });
    expect((await nobody('GET', '/domains')).body.items).toEqual([]);
    expect((await nobody('GET', `/domains/${parameters.domainId}`)).status).toBe(404);
  });
});

it('has changed nothing, whatever was refused, and tells of what its own people tried', async () => {
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
