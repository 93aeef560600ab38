import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTHeaderParameters } from 'jose';
import { type Listening, listen, sendJson } from '../../../local/host/http';
import { PortalTokenVerifier } from '../../../shared/service/credentials/portal-token-verifier';

const DOMAIN = '01890000-0000-7000-8000-00000000000a';
const CLIENT = 'portal';
const NOW = () => Math.floor(Date.now() / 1000);

let issuer: Listening;
let key: CryptoKey;
let otherKey: CryptoKey;
let publicKey: object;
/** How often the issuer's keys were asked for, and whether it answers at all. */
const keyRequests = { keys: 0, isDown: false };

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  key = pair.privateKey;
  publicKey = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  otherKey = (await generateKeyPair('RS256')).privateKey;
  issuer = await listen((request, response) => {
    if (keyRequests.isDown) return void response.writeHead(503).end();
    if (request.url?.endsWith('openid-configuration'))
      return sendJson(response, 200, { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` });
    keyRequests.keys++;
    sendJson(response, 200, { keys: [publicKey] });
  }, 0);
});
afterAll(() => issuer.close());
beforeEach(() => Object.assign(keyRequests, { keys: 0, isDown: false }));

const users = (issuerUrl = issuer.url) =>
  new PortalTokenVerifier({ issuer: issuerUrl, clientId: CLIENT, rolesClaim: 'cognito:groups' });

interface TokenOptions {
  /** Also such as JWTs must not have. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Partial<JWTHeaderParameters>;
  readonly key?: CryptoKey | Uint8Array;
}

function token({ claims = {}, header = {}, key: signing = key }: TokenOptions = {}): Promise<string> {
  return new SignJWT({
    iss: issuer.url,
    aud: CLIENT,
    sub: 'user-1',
    iat: NOW(),
    exp: NOW() + 3_600,
    token_use: 'id',
    email: 'ann@example.com',
    'cognito:groups': [`${DOMAIN}:owner`],
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
    .sign(signing);
}

describe('an ID token of the issuer', () => {
  it('is a portal user with its roles', async () => {
    expect(await users().verify(await token({ claims: { name: 'Ann' } }))).toEqual({
      id: 'user-1',
      name: 'Ann',
      roles: { operator: false, domains: { [DOMAIN]: 'owner' } },
    });
  });

  it('goes by the mail address where it has no name', async () => {
    expect(await users().verify(await token())).toMatchObject({ name: 'ann@example.com' });
  });

  it.each([
    ['a\r\nb\u2028c', 'a b c'],
    [`${'x'.repeat(99)}😀`, `${'x'.repeat(99)}\ufffd`],
    ['half \ud83d', 'half \ufffd'],
  ])('is told by a name of one line that can be stored: %j', async (name, shown) => {
    expect(await users().verify(await token({ claims: { name } }))).toMatchObject({ name: shown });
  });

  it('needs the keys of the issuer once', async () => {
    const own = users();
    for (let request = 0; request < 5; request++) await own.verify(await token());
    expect(keyRequests.keys).toBe(1);
  });

  it('may be for several audiences, where it was issued to the portal', async () => {
    const aud = [CLIENT, 'other'];
    expect(await users().verify(await token({ claims: { aud, azp: CLIENT } }))).toBeDefined();
    expect(await users().verify(await token({ claims: { aud, azp: 'other' } }))).toBeUndefined();
    expect(await users().verify(await token({ claims: { aud } }))).toBeUndefined();
  });
});

describe('it is nobody', () => {
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each<[string, () => TokenOptions]>([
    ['who comes with a token that has expired', () => ({ claims: { exp: NOW() - 10 } })],
    ['with one that is not valid yet', () => ({ claims: { nbf: NOW() + 3_600 } })],
    ['with one for another client', () => ({ claims: { aud: 'other' } })],
    ['with one of another issuer', () => ({ claims: { iss: 'https://example.com' } })],
    ['with one without an expiry', () => ({ claims: { exp: undefined } })],
    ['with one without a subject', () => ({ claims: { sub: undefined } })],
    ['with one whose subject is no text', () => ({ claims: { sub: 5 } })],
    ['with one whose subject is empty', () => ({ claims: { sub: '' } })],
    ['with an access token of Cognito', () => ({ claims: { token_use: 'access' } })],
    ['with an access token of RFC 9068', () => ({ header: { typ: 'at+jwt' } })],
    ['with one by a key that the issuer does not have', () => ({ key: otherKey })],
    ['with one that names such a key', () => ({ key: otherKey, header: { kid: 'two' } })],
    [
      'with one by a shared secret, such as the public key',
      () => ({ key: Buffer.from(JSON.stringify(publicKey)), header: { alg: 'HS256' } }),
    ],
  ])('%s', async (_, wish) => {
    expect(await users().verify(await token(wish()))).toBeUndefined();
  });

  it('with a token without a signature', async () => {
    const [, claims] = (await token()).split('.');
    for (const alg of ['none', 'None', ''])
      expect(await users().verify(`${encoded({ alg, typ: 'JWT' })}.${claims}.`)).toBeUndefined();
  });

  it('with changed claims', async () => {
    const [header, , signature] = (await token()).split('.');
    const claims = encoded({
      iss: issuer.url,
      aud: CLIENT,
      sub: 'x',
      iat: NOW(),
      exp: NOW() + 3_600,
      'cognito:groups': ['operator'],
    });
    expect(await users().verify(`${header}.${claims}.${signature}`)).toBeUndefined();
  });

  it.each(['', 'abc', 'a.b.c', '..', 'x'.repeat(10_000)])('with %.20j', async (text) => {
    expect(await users().verify(text)).toBeUndefined();
  });
});

describe('an issuer', () => {
  it('that cannot be reached is an error, not a refusal, and is asked again', async () => {
    const own = users();
    keyRequests.isDown = true;
    await expect(own.verify(await token())).rejects.toThrow('503');
    keyRequests.isDown = false;
    expect(await own.verify(await token())).toBeDefined();
  });

  it('that calls itself by another name is not trusted', async () => {
    await expect(users(`${issuer.url}/other`).verify(await token())).rejects.toThrow('another issuer');
  });
});
