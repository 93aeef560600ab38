import { tokenUrlOf } from '../../../shared/deployment';
import { HostedIssuer } from '../../support/assertions/hosted-issuer';
import { createSigningKey, rawJwt } from '../../support/assertions/signing-key';
import { adminClient, type AdminBody } from '../../support/system/admin-client';
import {
  clientWithKey,
  connectionAdmin,
  createDomainClient,
  OPERATOR,
  session,
  type DomainClient,
} from '../../support/system/system';
import { eventually } from '../../support/jest/timeouts';

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

interface TokenResponse {
  readonly status: number;
  readonly body: { readonly access_token?: string; readonly error?: string };
}

interface TrustedClient {
  readonly issuer: HostedIssuer;
  readonly domain: DomainClient;
  readonly connectionId: string;
  readonly credentialId: string;
  readonly clientId: string;
}

/** Creates a connection that trusts an issuer of its own. */
async function createTrustedClient(issuer?: HostedIssuer): Promise<TrustedClient> {
  const [domain, admin] = await Promise.all([createDomainClient(), connectionAdmin()]);
  const trusted = issuer ?? (await HostedIssuer.create());
  const { domainId } = domain;
  const settings = { name: 'Entra ID', identityProvider: 'entra-id' } as const;
  const { connectionId, clientId } = await admin.createConnection(domainId, settings, OPERATOR);
  const { credentialId } = await admin.createTrust(domainId, connectionId, trusted.trust, OPERATOR);
  return { issuer: trusted, domain, connectionId, credentialId, clientId };
}

async function exchange(clientId: string | undefined, assertion: string): Promise<TokenResponse> {
  const response = await fetch(tokenUrlOf(session()), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(clientId !== undefined && { client_id: clientId }),
      client_assertion_type: JWT_BEARER,
      client_assertion: assertion,
    }),
  });
  return { status: response.status, body: (await response.json()) as TokenResponse['body'] };
}

const REFUSED = { status: 401, body: { error: 'invalid_client' } };

let client: TrustedClient;
beforeAll(async () => {
  client = await createTrustedClient();
});

/** Waits for the audit event that says which check failed. */
const waitForRefusal = ({ domain, connectionId }: TrustedClient, check: string): Promise<void> =>
  eventually(`the audit event of the check ${check}`, async () => {
    const { body } = await adminClient()('GET', `/domains/${domain.domainId}/audit?action=token.refused`);
    return body.items.some((event: AdminBody) => JSON.stringify(event).includes(connectionId) && JSON.stringify(event).includes(check));
  });

it('an assertion is exchanged for an access token, which provisions a user', async () => {
  const { issuer, domain, clientId } = client;
  for (const aud of issuer.trust.audiences) {
    const { status, body } = await exchange(clientId, await issuer.assertion({ aud }));
    expect(status).toBe(200);
    const { request } = clientWithKey(domain.domainId, body.access_token ?? '');
    expect((await request('POST', '/Users', { userName: `${aud.length}@example.com` })).status).toBe(201);
  }
  // The keys were fetched once, or once by each instance of the function.
  expect(await issuer.fetches()).toBeGreaterThanOrEqual(1);
});

it('ES256 is accepted', async () => {
  const { issuer, clientId } = await createTrustedClient(await HostedIssuer.create('ES256'));
  expect(await exchange(clientId, await issuer.assertion())).toMatchObject({ status: 200 });
});

describe('no token is issued', () => {
  it('for a replayed assertion, and the audit log says why', async () => {
    const { issuer, clientId } = client;
    const assertion = await issuer.assertion();
    expect((await exchange(clientId, assertion)).status).toBe(200);
    expect(await exchange(clientId, assertion)).toMatchObject(REFUSED);
    await waitForRefusal(client, 'replay');
  });

  it('for one of many simultaneous uses of an assertion but the first', async () => {
    const assertion = await client.issuer.assertion();
    const all = await Promise.all(Array.from({ length: 5 }, () => exchange(client.clientId, assertion)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 401)).toHaveLength(4);
  });

  it.each([
    ['another issuer', { iss: 'https://login.microsoftonline.com/common/v2.0' }],
    ['another audience', { aud: 'api://another' }],
    ['another tenant', { tid: 'another' }],
    ['another subject', { sub: 'another' }],
    ['a time that has passed', { exp: Math.floor(Date.now() / 1_000) - 600 }],
    ['a time that has not come', { nbf: Math.floor(Date.now() / 1_000) + 600 }],
  ])('for %s', async (_, claims) => {
    expect(await exchange(client.clientId, await client.issuer.assertion(claims))).toMatchObject(REFUSED);
  });

  it('for an assertion without a signature', async () => {
    const { issuer, clientId } = client;
    const [, claims = ''] = (await issuer.assertion()).split('.');
    const parsed = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
    const unsigned = rawJwt({ alg: 'none', kid: issuer.key.kid }, parsed, () => Buffer.alloc(0));
    expect(await exchange(clientId, unsigned)).toMatchObject(REFUSED);
  });

  it('for a key of somebody else', async () => {
    const { issuer, clientId } = client;
    const foreign = await createSigningKey('foreign');
    expect(await exchange(clientId, await issuer.assertion({}, {}, foreign))).toMatchObject(REFUSED);
    const disguised = { ...foreign, kid: issuer.key.kid };
    expect(await exchange(clientId, await issuer.assertion({}, {}, disguised))).toMatchObject(REFUSED);
  });

  it('for the assertion of another client, and for no client', async () => {
    const other = await createTrustedClient();
    expect(await exchange(other.clientId, await client.issuer.assertion())).toMatchObject(REFUSED);
    expect(await exchange(undefined, await client.issuer.assertion())).toMatchObject(REFUSED);
  });

  it.each([
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
    ['10 MB', { body: ' '.repeat(10_000_000) }],
    ['no keys', { body: '<html>' }],
  ])('if the JWKS URL returns %s', async (_, response) => {
    const trusted = await createTrustedClient();
    await trusted.issuer.respond(response);
    expect(await exchange(trusted.clientId, await trusted.issuer.assertion())).toMatchObject(REFUSED);
    await waitForRefusal(trusted, 'key');
  });

  it('if the JWKS URL never responds', async () => {
    const trusted = await createTrustedClient();
    await trusted.issuer.beSilent();
    expect(await exchange(trusted.clientId, await trusted.issuer.assertion())).toMatchObject(REFUSED);
  });

  it('after the trust was revoked, and its tokens end at once', async () => {
    const { issuer, domain, connectionId, credentialId, clientId } = await createTrustedClient();
    const { body } = await exchange(clientId, await issuer.assertion());
    const { request } = clientWithKey(domain.domainId, body.access_token ?? '');
    expect((await request('GET', '/Users?count=0')).status).toBe(200);
    await (await connectionAdmin()).revokeCredential(domain.domainId, connectionId, credentialId, OPERATOR);
    expect((await request('GET', '/Users?count=0')).status).toBe(401);
    expect(await exchange(clientId, await issuer.assertion())).toMatchObject(REFUSED);
  });
});

it.each([
  ['a private address', 'https://10.0.0.1/keys'],
  ['another host', 'https://keys.example.com/keys'],
  ['http', 'http://login.microsoftonline.com/common/discovery/keys'],
])('a trust cannot have a JWKS URL with %s', async (_, jwksUrl) => {
  const { domain, connectionId, issuer } = client;
  const admin = await connectionAdmin();
  await expect(
    admin.createTrust(domain.domainId, connectionId, { ...issuer.trust, jwksUrl }, OPERATOR),
  ).rejects.toThrow(/JWKS URL/);
});
