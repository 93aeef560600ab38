import { parseClientSecret } from '../../../shared/credentials/client-secret';
import { parseToken } from '../../../shared/credentials/scim-key';
import { domainPartition, tokenCountKey } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import {
  accessToken,
  basic,
  createOAuthClient,
  FORM,
  formOf,
  GRANT,
  type OAuthClient,
  postForm,
  requestToken,
  statusWith as statusOf,
} from '../../support/oauth/token-client';
import { provisionUser } from '../../support/requests/provision-user';
import { queryItems } from '../../support/store/records';
import {
  clientWithKey,
  connectionAdmin,
  createDomainClient,
  type DomainClient,
} from '../../support/system/system';

let domain: DomainClient;
let client: OAuthClient;
beforeAll(async () => {
  domain = await createDomainClient();
  client = await createOAuthClient(domain.domainId);
});

const inForm = (more?: Record<string, string | undefined>) => formOf(client, more);

const statusWith = (token: string, authorization?: string) => statusOf(domain.domainId, token, authorization);

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
      { access_token: expect.any(String) as string, token_type: 'Bearer', expires_in: 3_600, scope: 'scim' },
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
