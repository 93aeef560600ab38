import { AuditLog } from '../../../shared/store/audit/audit-log';
import { subjectWithId } from '../../../shared/store/audit/audit-subject';
import { systemTable } from '../../support/consistency/domain-data';
import { HostedIssuer } from '../../support/assertions/hosted-issuer';
import { createSigningKey, rawJwt } from '../../support/assertions/signing-key';
import { JWT_BEARER, postForm } from '../../support/oauth/token-client';
import {
  clientWithKey,
  connectionAdmin,
  createDomainClient,
  OPERATOR,
  type ClientResponse,
  type DomainClient,
} from '../../support/system/system';

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

const exchange = (clientId: string | undefined, assertion: string): Promise<ClientResponse> =>
  postForm({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: JWT_BEARER,
    client_assertion: assertion,
  });

const tokenIn = ({ body }: ClientResponse): string => (body as { access_token: string }).access_token;

const REFUSED = { status: 401, body: { error: 'invalid_client' } };

let client: TrustedClient;
beforeAll(async () => {
  client = await createTrustedClient();
});

/** Returns the checks that failed in the refused requests of a client, as the audit log names them. */
async function failedChecks({ domain: { domainId }, connectionId }: TrustedClient): Promise<string[]> {
  const log = new AuditLog(await systemTable(), domainId);
  const { events } = await log.page(
    { action: 'token.refused', resource: subjectWithId(connectionId) },
    100,
    new Date(),
  );
  return events.map(({ reason = '' }) => reason.split(':')[0] ?? '');
}

it('an assertion is exchanged for an access token, which provisions a user', async () => {
  const { issuer, domain, clientId } = client;
  for (const aud of issuer.trust.audiences) {
    const response = await exchange(clientId, await issuer.assertion({ aud }));
    expect(response.status).toBe(200);
    const { request } = clientWithKey(domain.domainId, tokenIn(response));
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
    expect(await failedChecks(client)).toContain('replay');
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
    expect(await failedChecks(trusted)).toEqual(['key']);
  });

  it('if the JWKS URL never responds', async () => {
    const trusted = await createTrustedClient();
    await trusted.issuer.beSilent();
    expect(await exchange(trusted.clientId, await trusted.issuer.assertion())).toMatchObject(REFUSED);
  });

  it('after the trust was revoked, and its tokens end at once', async () => {
    const { issuer, domain, connectionId, credentialId, clientId } = await createTrustedClient();
    const { request } = clientWithKey(
      domain.domainId,
      tokenIn(await exchange(clientId, await issuer.assertion())),
    );
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
