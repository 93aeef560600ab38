import { formatAccessToken } from '../../../shared/credentials/access-token';
import { formatToken, newSecret, parseToken } from '../../../shared/credentials/scim-key';
import {
  accessToken,
  addSecret,
  basic,
  createOAuthClient,
  type OAuthClient,
  refusedTokens,
  requestToken,
  statusWith as statusOf,
} from '../../support/oauth/token-client';
import { onlyVersion } from '../../support/service/secret-versions';
import {
  clientWithKey,
  connectionAdmin,
  createDomainClient,
  type DomainClient,
  domainAdmin,
  OPERATOR,
} from '../../support/system/system';

let domain: DomainClient;
let client: OAuthClient;
beforeAll(async () => {
  domain = await createDomainClient();
  client = await createOAuthClient(domain.domainId);
});

const statusWith = (token: string, authorization?: string) => statusOf(domain.domainId, token, authorization);

const refusals = (domainId = domain.domainId) => refusedTokens(domainId);

describe('an access token is refused with 401', () => {
  let token: string;
  let foreign: { domainId: string; token: string };
  beforeAll(async () => {
    token = await accessToken(client);
    const { domainId } = await createDomainClient();
    foreign = { domainId, token: await accessToken(await createOAuthClient(domainId)) };
  });
  const parts = (text: string) => parseToken(text)!;

  it.each<[string, () => string]>([
    [
      'of another domain under the id of this domain',
      () => formatToken({ ...parts(foreign.token), domainId: domain.domainId }),
    ],
    [
      'of this domain under the id of another domain',
      () => formatToken({ ...parts(token), domainId: foreign.domainId }),
    ],
    ['for another credential', () => formatToken({ ...parts(token), keyId: parts(domain.scimKey).keyId })],
    ['with a random secret', () => formatToken({ ...parts(token), secret: newSecret() })],
    [
      'with the secret of the SCIM key',
      () => formatToken({ ...parts(token), secret: parts(domain.scimKey).secret }),
    ],
    [
      'that is altered',
      () => token.replace(/.{7}$/, (end) => (end.startsWith('x') ? 'y' : 'x') + end.slice(1)),
    ],
    [
      'that was signed with another secret',
      () => formatAccessToken({ ...parts(token), expiresAt: 4_000_000_000 }, onlyVersion('guessed')),
    ],
  ])('%s', async (_, forge) => {
    const forged = forge();
    expect(await statusWith(forged)).toBe(401);
    expect(await statusWith(forged, forged)).toBe(401);
    expect(await statusWith(token)).toBe(200);
  });

  it('if it is the client secret itself, in every form', async () => {
    for (const secret of [client.clientSecret, client.clientSecret.replace('scimsecret', 'scim')])
      for (const authorization of [secret, `Bearer ${secret}`, basic(client.clientId, secret)])
        expect(await statusWith(secret, authorization)).toBe(401);
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

  it('while SCIM is disabled in its domain', async () => {
    const { domainId } = await createDomainClient();
    const off = await createOAuthClient(domainId);
    const token = await accessToken(off);
    await (await domainAdmin()).updateDomain(domainId, { scimEnabled: false }, OPERATOR);
    const response = await clientWithKey(domainId, token).request('GET', '/Users');
    expect([response.status, response.body]).toMatchObject([
      403,
      { detail: expect.stringContaining('disabled') as string },
    ]);
  });
});
