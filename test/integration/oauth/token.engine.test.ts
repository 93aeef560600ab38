import { randomUUID } from 'node:crypto';
import { formatClientSecret, parseClientSecret } from '../../../shared/credentials/client-secret';
import { newId } from '../../../shared/id';
import { newSecret, parseToken } from '../../../shared/scim-key';
import { AuditLog } from '../../../shared/store/audit/audit-log';
import { domainPartition, tokenCountKey } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import {
  accessToken,
  addSecret,
  basic,
  createOAuthClient,
  FORM,
  type OAuthClient,
  postForm,
  requestToken,
  tokenUrl,
} from '../../support/oauth/token-client';
import { provisionUser } from '../../support/requests/provision-user';
import { queryItems } from '../../support/store/records';
import {
  clientWithKey,
  connectionAdmin,
  createDomainClient,
  type DomainClient,
  domainAdmin,
  OPERATOR,
} from '../../support/system/system';

const GRANT = { grant_type: 'client_credentials' };

let domain: DomainClient;
let client: OAuthClient;
beforeAll(async () => {
  domain = await createDomainClient();
  client = await createOAuthClient(domain.domainId);
});

const inForm = (more: Record<string, string | undefined> = {}) => ({
  ...GRANT,
  client_id: client.clientId,
  client_secret: client.clientSecret,
  ...more,
});
const statusWith = async (token: string, authorization = `Bearer ${token}`) =>
  (await clientWithKey(domain.domainId, token).request('GET', '/ResourceTypes', undefined, { authorization }))
    .status;

async function refusals(domainId = domain.domainId) {
  const { events } = await new AuditLog(await systemTable(), domainId).page(
    { action: 'token.refused' },
    100,
    new Date(),
  );
  return events;
}

describe('the token endpoint', () => {
  it.each([
    ['HTTP Basic', () => postForm(GRANT, { authorization: basic(client.clientId, client.clientSecret) })],
    [
      'HTTP Basic in lower case',
      () =>
        postForm(GRANT, {
          authorization: basic(client.clientId, client.clientSecret).replace('Basic', 'basic'),
        }),
    ],
    ['the form', () => postForm(inForm())],
    [
      'the form, with a scope and unknown parameters',
      () => postForm(inForm({ scope: 'scim', resource: 'x', empty: '' })),
    ],
    ['a form with a charset', () => postForm(inForm(), { 'content-type': `${FORM}; charset=utf-8` })],
    [
      'HTTP Basic and the same client id in the form',
      () =>
        postForm(
          { ...GRANT, client_id: client.clientId },
          { authorization: basic(client.clientId, client.clientSecret) },
        ),
    ],
  ])('issues an access token by %s', async (_, send) => {
    const { headers, ...response } = await send();
    expect([response.status, response.body]).toEqual([
      200,
      { access_token: expect.any(String) as string, token_type: 'Bearer', expires_in: 3_600 },
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('application/json');
    const { access_token: token } = response.body as { access_token: string };
    expect(parseToken(token)).toMatchObject({ domainId: domain.domainId, keyId: client.credentialId });
    expect(await statusWith(token)).toBe(200);
    expect(await statusWith(token, token)).toBe(200);
  });

  it('issues tokens that provision, and that show when the connection was last used', async () => {
    const token = await accessToken(client);
    await provisionUser(clientWithKey(domain.domainId, token));
    const admin = await connectionAdmin();
    const { lastUsedAt, credentials } = await admin.getConnection(domain.domainId, client.connectionId);
    expect(lastUsedAt).toBeDefined();
    expect(credentials).toMatchObject([{ credentialId: client.credentialId, lastUsedAt }]);
  });

  it('opens GET /ServiceProviderConfig with a valid access token, and refuses an altered one', async () => {
    const token = await accessToken(client);
    const get = async (bearer: string) =>
      (await clientWithKey(domain.domainId, bearer).request('GET', '/ServiceProviderConfig')).status;
    expect(await get(token)).toBe(200);
    expect(await get(token.slice(0, -1) + (token.endsWith('x') ? 'y' : 'x'))).toBe(401);
  });

  it('stores nothing about the token or the secret', async () => {
    const token = await accessToken(client);
    const items = JSON.stringify(await queryItems(await systemTable(), domainPartition(domain.domainId)));
    expect(items).toContain(client.credentialId);
    expect(items).not.toContain(parseToken(token)?.secret);
    expect(items).not.toContain(parseClientSecret(client.clientSecret)?.secret);
  });
});

describe('a malformed request is refused with an OAuth error, and not with a token', () => {
  it.each<[string, () => ReturnType<typeof postForm>, number, string, RegExp]>([
    ['GET', () => postForm('', {}, 'GET'), 405, 'invalid_request', /GET is not allowed/],
    ['PUT', () => postForm(inForm(), {}, 'PUT'), 405, 'invalid_request', /PUT is not allowed/],
    [
      'JSON',
      () => postForm(JSON.stringify(inForm()), { 'content-type': 'application/json' }),
      400,
      'invalid_request',
      /as a form/,
    ],
    ['no body', () => postForm(''), 401, 'invalid_client', /does not authenticate the client/],
    [
      'no grant type',
      () => postForm(inForm({ grant_type: undefined })),
      400,
      'invalid_request',
      /grant_type/,
    ],
    ['an empty grant type', () => postForm(inForm({ grant_type: '' })), 400, 'invalid_request', /grant_type/],
    [
      'another grant type',
      () => postForm(inForm({ grant_type: 'password' })),
      400,
      'unsupported_grant_type',
      /only one/,
    ],
    [
      'no client id',
      () => postForm(inForm({ client_id: undefined })),
      401,
      'invalid_client',
      /does not authenticate/,
    ],
    [
      'a repeated parameter',
      () => postForm(`${new URLSearchParams(GRANT).toString()}&scope=a&scope=b`),
      400,
      'invalid_request',
      /occurs twice/,
    ],
    ['a broken escape', () => postForm('grant_type=%E0%A4%A'), 400, 'invalid_request', /not a valid form/],
    [
      'a body that is not UTF-8',
      () => postForm('grant_type=%ff'),
      400,
      'invalid_request',
      /not a valid form/,
    ],
    [
      'a very long body',
      () => postForm(inForm({ scope: 'x'.repeat(30_000) })),
      400,
      'invalid_request',
      /larger than/,
    ],
    [
      'Basic and a secret in the form',
      () => postForm(inForm(), { authorization: basic(client.clientId, client.clientSecret) }),
      400,
      'invalid_request',
      /more than one way/,
    ],
    [
      'a secret and an assertion',
      () => postForm(inForm({ client_assertion: 'x.y.z' })),
      400,
      'invalid_request',
      /more than one way/,
    ],
    [
      'an assertion of no type',
      () => postForm({ ...GRANT, client_assertion: 'x.y.z' }),
      400,
      'invalid_request',
      /client_assertion_type/,
    ],
    [
      'a type without an assertion',
      () => postForm(inForm({ client_assertion_type: 'x' })),
      400,
      'invalid_request',
      /without a client_assertion/,
    ],
    [
      'two client ids',
      () =>
        postForm(
          { ...GRANT, client_id: 'other' },
          { authorization: basic(client.clientId, client.clientSecret) },
        ),
      400,
      'invalid_request',
      /another client_id/,
    ],
    [
      'a bearer token',
      () => postForm(GRANT, { authorization: `Bearer ${domain.scimKey}` }),
      401,
      'invalid_client',
      /HTTP Basic/,
    ],
    [
      'Basic without a colon',
      () => postForm(GRANT, { authorization: `Basic ${btoa('x')}` }),
      401,
      'invalid_client',
      /HTTP Basic/,
    ],
    [
      'Basic that is not base64',
      () => postForm(GRANT, { authorization: 'Basic ~~~' }),
      401,
      'invalid_client',
      /HTTP Basic/,
    ],
    [
      'a body with parameters without values',
      () => postForm('grant_type&client_id&client_secret'),
      401,
      'invalid_client',
      /does not authenticate/,
    ],
  ])('%s', async (_, send, status, error, description) => {
    const response = await send();
    expect(response.status).toBe(status);
    expect(response.body).toEqual({ error, error_description: expect.stringMatching(description) as string });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(response.body)).not.toContain(client.clientSecret);
  });

  it('with parameters in the URL, which is logged', async () => {
    const query = new URLSearchParams(inForm()).toString();
    const response = await fetch(`${tokenUrl()}?${query}`, {
      method: 'POST',
      headers: { 'content-type': FORM },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain(client.clientSecret);
  });
});

describe('a client that cannot prove who it is gets invalid_client', () => {
  const secretOf = (keyId: string, secret = newSecret()) => formatClientSecret({ keyId, secret });
  const own = () => parseClientSecret(client.clientSecret)!;
  let foreign: OAuthClient;
  let sibling: OAuthClient;
  beforeAll(async () => {
    foreign = await createOAuthClient((await createDomainClient()).domainId);
    sibling = await createOAuthClient(domain.domainId, 'Sibling');
  });

  it.each<[string, () => [clientId: string, secret: string]]>([
    ['a guessed secret', () => [client.clientId, secretOf(client.credentialId)]],
    ['a secret of an unknown credential', () => [client.clientId, secretOf(newId())]],
    ['a secret of another domain', () => [client.clientId, foreign.clientSecret]],
    ['the client id of another domain', () => [foreign.clientId, client.clientSecret]],
    ['the client id of another connection of the domain', () => [sibling.clientId, client.clientSecret]],
    ['the secret of another connection of the domain', () => [client.clientId, sibling.clientSecret]],
    [
      'a secret with another credential id',
      () => [client.clientId, secretOf(sibling.credentialId, own().secret)],
    ],
    ['a mistyped secret', () => [client.clientId, client.clientSecret.slice(0, -1) + '0']],
    ['a SCIM key', () => [client.clientId, domain.scimKey]],
    ['an access token', () => [client.clientId, formatted()]],
    [
      'the id of the SCIM key',
      () => [
        client.clientId,
        secretOf(parseToken(domain.scimKey)!.keyId, parseToken(domain.scimKey)!.secret),
      ],
    ],
    ['an unknown client id', () => [`${randomUUID()}.${randomUUID()}`, client.clientSecret]],
    ['a client id that is not one', () => ['me', client.clientSecret]],
  ])('%s', async (_, credentials) => {
    const [clientId, clientSecret] = credentials();
    for (const response of [
      await requestToken({ clientId, clientSecret }),
      await postForm(GRANT, { authorization: basic(clientId, clientSecret) }),
    ]) {
      expect([response.status, response.body]).toEqual([
        401,
        { error: 'invalid_client', error_description: expect.any(String) as string },
      ]);
      expect(JSON.stringify(response.body)).not.toContain(clientSecret.slice(-40));
    }
  });

  const formatted = () => domain.scimKey.replace('scim_', 'scimsecret_');

  it('and the domain of a known client gets an audit event that says which check failed', async () => {
    const { domainId } = await createDomainClient();
    const own = await createOAuthClient(domainId, 'Auditable');
    await requestToken({ ...own, clientSecret: secretOf(own.credentialId) });
    const [event, ...others] = await refusals(domainId);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      action: 'token.refused',
      resourceId: own.connectionId,
      resourceName: 'Auditable',
      status: 401,
      request: 'POST /oauth2/token',
      reason: expect.stringMatching(/^secret: The client has no such secret/) as string,
      actor: { kind: 'scimKey', keyName: 'Auditable', sourceAddress: expect.any(String) as string },
    });
  });

  it('and no domain learns of an unknown client', async () => {
    const domainId = randomUUID();
    await requestToken({ clientId: `${domainId}.${newId()}`, clientSecret: secretOf(newId()) });
    expect(await refusals(domainId)).toEqual([]);
  });
});

describe('an access token ends', () => {
  let own: OAuthClient;
  beforeEach(async () => {
    own = await createOAuthClient(domain.domainId, 'Short');
  });

  it('at the next request after its secret was revoked, and another secret of the connection still works', async () => {
    const token = await accessToken(own);
    const next = await addSecret(own.domainId, own.connectionId);
    const nextToken = await accessToken(next);
    expect(await statusWith(token)).toBe(200);
    await (
      await connectionAdmin()
    ).revokeCredential(own.domainId, own.connectionId, own.credentialId, OPERATOR);
    expect(await statusWith(token)).toBe(401);
    expect((await requestToken(own)).status).toBe(401);
    expect(await statusWith(nextToken)).toBe(200);
    const [event] = await refusals();
    expect(event).toMatchObject({
      resourceId: own.connectionId,
      reason: expect.stringMatching(/^revocation: /) as string,
    });
  });

  it('at the next request after its connection was revoked', async () => {
    const token = await accessToken(own);
    expect(await statusWith(token)).toBe(200);
    await (await connectionAdmin()).revokeConnection(own.domainId, own.connectionId, OPERATOR);
    expect(await statusWith(token)).toBe(401);
    expect((await requestToken(own)).status).toBe(401);
  });

  it('while SCIM is switched off in its domain', async () => {
    const { domainId } = await createDomainClient();
    const off = await createOAuthClient(domainId);
    const token = await accessToken(off);
    await (await domainAdmin()).updateDomain(domainId, { scimEnabled: false }, OPERATOR);
    const response = await clientWithKey(domainId, token).request('GET', '/Users');
    expect([response.status, response.body]).toMatchObject([
      403,
      { detail: expect.stringContaining('switched off') as string },
    ]);
  });
});

it('a client gets at most 60 access tokens in a minute, and others still get theirs', async () => {
  const greedy = await createOAuthClient(domain.domainId, 'Greedy');
  const table = await systemTable();
  const minute = Math.floor(Date.now() / 60_000);
  for (const each of [0, 1, 2, 3, 4])
    await table.put({ ...tokenCountKey(domain.domainId, greedy.connectionId, minute + each), total: 60 });
  const limited = await requestToken(greedy);
  expect(limited).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable' } });
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await requestToken(client)).status).toBe(200);
});
