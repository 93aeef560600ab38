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
/** Counts the requests for the issuer's keys, and can make the issuer fail. */
const keyRequests = { keys: 0, isDown: false, failures: 0 };

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  key = pair.privateKey;
  publicKey = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  otherKey = (await generateKeyPair('RS256')).privateKey;
  issuer = await listen((request, response) => {
    if (keyRequests.isDown) return void response.writeHead(503).end();
    // Every other failure is a lost connection.
    if (keyRequests.failures > 0)
      return void (keyRequests.failures-- % 2 === 0 ? response.destroy() : response.writeHead(500).end());
    if (request.url?.endsWith('openid-configuration'))
      return sendJson(response, 200, { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` });
    keyRequests.keys++;
    sendJson(response, 200, { keys: [publicKey] });
  }, 0);
});
afterAll(() => issuer.close());
beforeEach(() => Object.assign(keyRequests, { keys: 0, isDown: false, failures: 0 }));

const createVerifier = (issuerUrl = issuer.url) =>
  new PortalTokenVerifier({ issuer: issuerUrl, clientId: CLIENT, rolesClaim: 'cognito:groups' });

interface TokenOptions {
  /** May contain claims that a JWT must not have. */
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
  it('identifies a portal user with its roles', async () => {
    expect(await createVerifier().verify(await token({ claims: { name: 'Ann' } }))).toEqual({
      id: 'user-1',
      name: 'Ann',
      roles: { operator: false, domains: { [DOMAIN]: 'owner' } },
    });
  });

  it.each([
    ['operator', 'user:operator'],
    ['Operator', 'user:Operator'],
    ['\u200boper\u202dator ', 'user:\u200boper\u202dator '],
    ['ｏｐｅｒａｔｏｒ', 'user:ｏｐｅｒａｔｏｒ'],
    ['user:operator', 'user:user:operator'],
    ['operators', 'operators'],
    ['3f2a91c0-0000-4000-8000-000000000000', '3f2a91c0-0000-4000-8000-000000000000'],
  ])('does not have the ID of the admin token: %j', async (sub, id) => {
    const user = await createVerifier().verify(await token({ claims: { sub } }));
    expect(user).toMatchObject({ id, roles: { operator: false } });
  });

  it('uses the email address if the token has no name', async () => {
    expect(await createVerifier().verify(await token())).toMatchObject({ name: 'ann@example.com' });
    const verified = await token({ claims: { email_verified: true } });
    expect(await createVerifier().verify(verified)).toMatchObject({ name: 'ann@example.com' });
  });

  it.each([false, 'false'])('has no name if the address is not verified: %j', async (isVerified) => {
    const unverified = { claims: { email_verified: isVerified } };
    expect(await createVerifier().verify(await token(unverified))).not.toHaveProperty('name');
    const named = { claims: { email_verified: isVerified, name: 'Ann' } };
    expect(await createVerifier().verify(await token(named))).toMatchObject({ name: 'Ann' });
  });

  it.each([
    ['a\r\nb\u2028c', 'a b c'],
    [`${'x'.repeat(99)}😀`, `${'x'.repeat(99)}\ufffd`],
    ['half \ud83d', 'half \ufffd'],
    [' Ann\u202e nnA\u2066\u200f ', 'Ann  nnA'],
  ])('has a name of one storable line: %j', async (name, shown) => {
    expect(await createVerifier().verify(await token({ claims: { name } }))).toMatchObject({ name: shown });
  });

  it.each([
    'Admin token',
    'ADMIN  TOKEN',
    'Admin\u200btoken',
    'Ａdmin token',
    'Operator',
    'The service',
    '\u200b',
    ' ',
  ])('is not shown by the name %j, which is reserved or invisible', async (name) => {
    const shown = await createVerifier().verify(await token({ claims: { name } }));
    expect(shown).toMatchObject({ name: 'ann@example.com' });
    const nameless = await createVerifier().verify(await token({ claims: { name, email: name } }));
    expect(nameless).not.toHaveProperty('name');
  });

  it('fetches the keys of the issuer once', async () => {
    const verifier = createVerifier();
    for (let request = 0; request < 5; request++) await verifier.verify(await token());
    expect(keyRequests.keys).toBe(1);
  });

  it('is verified although the issuer fails for a moment', async () => {
    keyRequests.failures = 4;
    expect(await createVerifier().verify(await token())).toBeDefined();
  });

  it('may have several audiences if it was issued to the portal', async () => {
    const aud = [CLIENT, 'other'];
    expect(await createVerifier().verify(await token({ claims: { aud, azp: CLIENT } }))).toBeDefined();
    expect(await createVerifier().verify(await token({ claims: { aud, azp: 'other' } }))).toBeUndefined();
    expect(await createVerifier().verify(await token({ claims: { aud } }))).toBeUndefined();
  });
});

describe('a token is refused', () => {
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each<[string, () => TokenOptions]>([
    ['if it has expired', () => ({ claims: { exp: NOW() - 10 } })],
    ['if it is not valid yet', () => ({ claims: { nbf: NOW() + 3_600 } })],
    ['if it is for another client', () => ({ claims: { aud: 'other' } })],
    ['if it is from another issuer', () => ({ claims: { iss: 'https://example.com' } })],
    ['if it has no expiry', () => ({ claims: { exp: undefined } })],
    ['if it has no subject', () => ({ claims: { sub: undefined } })],
    ['if its subject is not a text', () => ({ claims: { sub: 5 } })],
    ['if its subject is empty', () => ({ claims: { sub: '' } })],
    ['if it is an access token of Cognito', () => ({ claims: { token_use: 'access' } })],
    ['if it is an access token of RFC 9068', () => ({ header: { typ: 'at+jwt' } })],
    ['if another key signed it', () => ({ key: otherKey })],
    ['if it names a key that the issuer does not have', () => ({ key: otherKey, header: { kid: 'two' } })],
    [
      'if it is signed with a shared secret, such as the public key',
      () => ({ key: Buffer.from(JSON.stringify(publicKey)), header: { alg: 'HS256' } }),
    ],
  ])('%s', async (_, options) => {
    expect(await createVerifier().verify(await token(options()))).toBeUndefined();
  });

  it('if it has no signature', async () => {
    const [, claims] = (await token()).split('.');
    for (const alg of ['none', 'None', ''])
      expect(await createVerifier().verify(`${encoded({ alg, typ: 'JWT' })}.${claims}.`)).toBeUndefined();
  });

  it('if its claims were changed', async () => {
    const [header, , signature] = (await token()).split('.');
    const claims = encoded({
      iss: issuer.url,
      aud: CLIENT,
      sub: 'x',
      iat: NOW(),
      exp: NOW() + 3_600,
      'cognito:groups': ['operator'],
    });
    expect(await createVerifier().verify(`${header}.${claims}.${signature}`)).toBeUndefined();
  });

  it.each(['', 'abc', 'a.b.c', '..', 'x'.repeat(10_000)])('if it is %.20j', async (text) => {
    expect(await createVerifier().verify(text)).toBeUndefined();
  });
});

describe('an issuer', () => {
  it('that cannot be reached causes an error, not a refusal, and is called again', async () => {
    const verifier = createVerifier();
    keyRequests.isDown = true;
    await expect(verifier.verify(await token())).rejects.toThrow('503');
    keyRequests.isDown = false;
    expect(await verifier.verify(await token())).toBeDefined();
  });

  it('that has another name in its configuration is not trusted', async () => {
    await expect(createVerifier(`${issuer.url}/other`).verify(await token())).rejects.toThrow(
      'another issuer',
    );
  });
});
