import { createHmac, createPublicKey, sign, type JsonWebKey } from 'node:crypto';
import { exportPKCS8 } from 'jose';
import { listen, sendJson, type Listening } from '../../../local/host/http';
import {
  failedCheck,
  type AssertionResult,
  type TrustCredential,
} from '../../../shared/service/assertions/assertion';
import {
  ASSERTION_CHECKS,
  JwtAssertionVerifier,
} from '../../../shared/service/assertions/assertion-verification';
import { fetchJwks } from '../../../shared/service/assertions/fetch-jwks';
import { JwksCache } from '../../../shared/service/assertions/jwks-cache';
import { isWellFormed } from '../../../shared/scim/text';
import type { Trust } from '../../../shared/store/credentials/credential';
import { memoryUses } from '../../support/assertions/memory-uses';
import {
  createSigningKey,
  rawJwt,
  signAssertion,
  type SigningKey,
} from '../../support/assertions/signing-key';

const NOW = new Date('2026-03-01T12:00:00Z');
const SECONDS = NOW.getTime() / 1_000;
const ISSUER = 'https://login.microsoftonline.com/6babcaad-604b-40ac-a9d7-9fd97c0b779f/v2.0';
const SUBJECT = '5a5cf1a1-1c3f-4d3c-9f6e-0a2a6c1b1a01';
const TENANT = '6babcaad-604b-40ac-a9d7-9fd97c0b779f';
const AUDIENCES = [
  'api://0b7d7c3e-8a9a-4f0e-9d53-5b1f6b0c7d11',
  'api://0b7d7c3e-8a9a-4f0e-9d53-5b1f6b0c7d11/scim.example.com',
];
const CLAIMS = {
  iss: ISSUER,
  sub: SUBJECT,
  aud: AUDIENCES[0],
  tid: TENANT,
  iat: SECONDS,
  nbf: SECONDS,
  exp: SECONDS + 3_900,
  jti: 'j1',
};

let rsa: SigningKey;
let ec: SigningKey;
/** A key of the attacker. */
let foreign: SigningKey;
let host: Listening;
let published: object[];
let requests: number;
let verifier: JwtAssertionVerifier;

beforeAll(async () => {
  [rsa, ec, foreign] = await Promise.all([
    createSigningKey('rsa'),
    createSigningKey('ec', 'ES256'),
    createSigningKey('rsa'),
  ]);
  host = await listen((_, response) => {
    requests++;
    sendJson(response, 200, { keys: published });
  }, 0);
});
afterAll(() => host.close());
beforeEach(() => {
  published = [rsa.jwk, ec.jwk];
  requests = 0;
  const origins = [host.url];
  const keys = new JwksCache((url) => fetchJwks(url, { origins }));
  verifier = new JwtAssertionVerifier({ keys, uses: memoryUses(), origins });
});

const trusted = (trust: Partial<Trust> = {}, keyId = 'trust-1'): TrustCredential => ({
  domainId: 'd1',
  connectionId: 'connection-1',
  keyId,
  trust: {
    issuer: ISSUER,
    subject: SUBJECT,
    audiences: AUDIENCES,
    tenant: TENANT,
    jwksUrl: `${host.url}/keys`,
    ...trust,
  },
});

const assertion = (claims: Readonly<Record<string, unknown>> = {}, header = {}, key = rsa): Promise<string> =>
  signAssertion(key, { ...CLAIMS, ...claims }, header);

const exchange = (text: string, trusts = [trusted()], now = NOW): Promise<AssertionResult> =>
  verifier.verify(text, trusts, { use: true, now });

const failureOf = async (text: string, trusts = [trusted()], now = NOW): Promise<string | undefined> =>
  failedCheck(await exchange(text, trusts, now))?.name;

describe('An assertion is accepted', () => {
  it.each([
    ['of Entra ID, with the short audience', {}],
    ['of Entra ID, with the long audience', { aud: AUDIENCES[1] }],
    ['with both audiences', { aud: AUDIENCES }],
    ['without nbf and iat', { nbf: undefined, iat: undefined }],
    ['with a clock that is a minute ahead', { nbf: SECONDS + 60, iat: SECONDS + 60, exp: SECONDS + 360 }],
    ['within a minute after its end', { exp: SECONDS - 59 }],
    ['for a day', { exp: SECONDS + 86_400 }],
  ])('%s', async (_, claims) => {
    const { accepted, checks, keyId } = await exchange(await assertion(claims));
    expect(checks.filter(({ result }) => result !== 'passed')).toEqual([]);
    expect({ accepted, keyId }).toEqual({ accepted: true, keyId: 'trust-1' });
    expect(checks.map(({ name }) => name)).toEqual(ASSERTION_CHECKS);
  });

  it('with ES256', async () => {
    expect(await failureOf(await assertion({}, {}, ec))).toBeUndefined();
  });

  it.each([undefined, 'JWT', 'jwt', 'client-authentication+jwt', 'application/at+jwt'])(
    'of the type %j',
    async (typ) => {
      expect(await failureOf(await assertion({}, { typ }))).toBeUndefined();
    },
  );

  it('of a tenant, if the trust names none', async () => {
    expect(
      await failureOf(await assertion({ tid: undefined }), [trusted({ tenant: undefined })]),
    ).toBeUndefined();
  });

  it('with a certificate in its header, which is not used', async () => {
    expect(await failureOf(await assertion({}, { x5c: ['MIIB'], x5t: 'abc' }))).toBeUndefined();
  });

  it('for the one trust of a connection that fits', async () => {
    const trusts = [trusted({ subject: 'other' }, 'a'), trusted({}, 'b'), trusted({ issuer: 'other' }, 'c')];
    expect(await exchange(await assertion(), trusts)).toMatchObject({ accepted: true, keyId: 'b' });
  });

  it('for the second of two trusts that differ only in their keys', async () => {
    const other = await listen((_, response) => sendJson(response, 200, { keys: [foreign.jwk] }), 0);
    const origins = [host.url, other.url];
    const keys = new JwksCache((url) => fetchJwks(url, { origins }));
    verifier = new JwtAssertionVerifier({ keys, uses: memoryUses(), origins });
    const trusts = [trusted({ jwksUrl: `${other.url}/keys` }, 'a'), trusted({}, 'b')];
    expect(await exchange(await assertion(), trusts)).toMatchObject({ accepted: true, keyId: 'b' });
    await other.close();
  });
});

describe('The algorithm is refused', () => {
  const unsigned = () => Buffer.alloc(0);

  it.each(['none', 'None', 'NONE', ''])('%j, without a signature', async (alg) => {
    expect(await failureOf(rawJwt({ alg, kid: 'rsa' }, CLAIMS, unsigned))).toBe('algorithm');
  });

  it.each(['PEM', 'DER', 'the modulus', 'the JWK'])(
    'HS256, with %s of the public key as the secret',
    async (form) => {
      const publicKey = createPublicKey({ key: rsa.jwk as JsonWebKey, format: 'jwk' });
      const secrets: Record<string, string | Buffer> = {
        PEM: publicKey.export({ type: 'spki', format: 'pem' }),
        DER: publicKey.export({ type: 'spki', format: 'der' }),
        'the modulus': Buffer.from(rsa.jwk.n ?? '', 'base64url'),
        'the JWK': JSON.stringify(rsa.jwk),
      };
      const mac = (text: string) =>
        createHmac('sha256', secrets[form] ?? '')
          .update(text)
          .digest();
      expect(await failureOf(rawJwt({ alg: 'HS256', kid: 'rsa' }, CLAIMS, mac))).toBe('algorithm');
    },
  );

  it.each([
    'RS384',
    'RS512',
    'PS256',
    'ES384',
    'ES512',
    'EdDSA',
    'HS512',
    'rs256',
    'RSA1_5',
    5,
    null,
    ['RS256'],
  ])('%j', async (alg) => {
    expect(await failureOf(rawJwt({ alg, kid: 'rsa' }, CLAIMS, () => Buffer.from('x')))).toBe('algorithm');
  });

  it('if it is absent', async () => {
    expect(await failureOf(rawJwt({ kid: 'rsa' }, CLAIMS, () => Buffer.from('x')))).toBe('algorithm');
  });

  it('RS256 with an empty signature', async () => {
    expect(await failureOf(rawJwt({ alg: 'RS256', kid: 'rsa' }, CLAIMS, unsigned))).toBe('signature');
  });

  it.each([
    ['zeros', Buffer.alloc(64)],
    [
      'the values 0 and n',
      Buffer.from(
        `${'00'.repeat(32)}ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551`,
        'hex',
      ),
    ],
    ['a signature in DER', undefined],
  ])('ES256 with %s', async (_, signature) => {
    const pem = await exportPKCS8(ec.privateKey);
    const make = (text: string) => signature ?? sign('sha256', Buffer.from(text), pem);
    expect(await failureOf(rawJwt({ alg: 'ES256', kid: 'ec' }, CLAIMS, make))).toBe('signature');
  });
});

describe('The header is refused', () => {
  it.each([
    ['jku', { jku: 'https://keys.example.com/keys' }],
    ['x5u', { x5u: 'https://keys.example.com/certificate' }],
    ['crit', { crit: ['exp'], exp: 1 }],
    ['b64', { b64: false }],
    ['an empty jku', { jku: '' }],
  ])('with %s', async (_, more) => {
    const text = rawJwt({ alg: 'RS256', kid: 'rsa', ...more }, CLAIMS, () => Buffer.from('x'));
    expect(await failureOf(text)).toBe('header');
    expect(requests).toBe(0);
  });

  it('with the key of the attacker', async () => {
    expect(await failureOf(await assertion({}, { jwk: foreign.jwk }, foreign))).toBe('header');
  });

  it.each([undefined, '', 5, null, ['rsa']])('with the kid %j', async (kid) => {
    expect(await failureOf(rawJwt({ alg: 'RS256', kid }, CLAIMS, () => Buffer.from('x')))).toBe('header');
  });

  it.each(['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'JWE', 5, null])('of the type %j', async (typ) => {
    expect(await failureOf(rawJwt({ alg: 'RS256', kid: 'rsa', typ }, CLAIMS, () => Buffer.from('x')))).toBe(
      'header',
    );
  });
});

describe('The key is refused', () => {
  it('if its kid is foreign', async () => {
    expect(await failureOf(await assertion({}, { kid: 'foreign' }, foreign))).toBe('key');
  });

  it('if only its kid is known', async () => {
    expect(await failureOf(await assertion({}, {}, foreign))).toBe('signature');
  });

  it('if several keys have its kid', async () => {
    published = [rsa.jwk, { ...foreign.jwk, kid: 'rsa' }];
    expect(await failureOf(await assertion())).toBe('key');
  });

  it.each([
    ['is for encryption', { use: 'enc' }],
    ['is for another algorithm', { alg: 'RS512' }],
    ['must only encrypt', { key_ops: ['encrypt'] }],
    ['is an RSA key of the wrong type', { kty: 'oct', k: 'AAAA' }],
    ['has an exponent of 5 bytes', { e: 'AQAAAAE' }],
    ['has no modulus', { n: undefined }],
  ])('if it %s', async (_, change) => {
    published = [{ ...rsa.jwk, ...change }];
    expect(await failureOf(await assertion())).toBe('key');
  });

  it('if an RSA key has 1,024 bits', async () => {
    published = [
      {
        ...rsa.jwk,
        n: Buffer.from(rsa.jwk.n ?? '', 'base64url')
          .subarray(0, 128)
          .toString('base64url'),
      },
    ];
    expect(await failureOf(await assertion())).toBe('key');
  });

  it('if it is an EC key and the algorithm RS256', async () => {
    published = [{ ...ec.jwk, kid: 'rsa' }];
    expect(await failureOf(await assertion())).toBe('key');
  });

  it('if it is an EC key on another curve', async () => {
    published = [{ ...ec.jwk, crv: 'P-384' }];
    expect(await failureOf(await assertion({}, {}, ec))).toBe('key');
  });

  it('if it was withdrawn, once the keys are fetched again', async () => {
    expect(await failureOf(await assertion())).toBeUndefined();
    published = [ec.jwk];
    const later = new Date(NOW.getTime() + 16 * 60_000);
    expect(await failureOf(await assertion({ jti: 'j2' }), [trusted()], later)).toBe('key');
  });
});

describe('A claim is refused', () => {
  it.each([
    ['issuer', { iss: 'https://login.microsoftonline.com/another/v2.0' }],
    ['issuer', { iss: `${ISSUER}/` }],
    ['issuer', { iss: ISSUER.toUpperCase() }],
    ['issuer', { iss: [ISSUER] }],
    ['issuer', { iss: undefined }],
    ['subject', { sub: 'another' }],
    ['subject', { sub: SUBJECT.toUpperCase() }],
    ['subject', { sub: undefined }],
    ['audience', { aud: 'api://another' }],
    ['audience', { aud: `${AUDIENCES[0]}/` }],
    ['audience', { aud: 'https://scim.example.com' }],
    ['audience', { aud: [AUDIENCES[0], 'api://another'] }],
    ['audience', { aud: [] }],
    ['audience', { aud: [[AUDIENCES[0]]] }],
    ['audience', { aud: undefined }],
    ['audience', { aud: '' }],
    ['tenant', { tid: 'another' }],
    ['tenant', { tid: undefined }],
    ['expiry', { exp: SECONDS - 60 }],
    ['expiry', { exp: undefined }],
    ['expiry', { exp: String(SECONDS + 60) }],
    ['expiry', { exp: 1e300 }],
    ['expiry', { exp: (SECONDS + 60) * 1_000 }],
    ['expiry', { exp: SECONDS + 86_400 + 61 }],
    ['expiry', { iat: undefined, exp: SECONDS + 86_400 + 61 }],
    ['expiry', { iat: SECONDS - 86_400, exp: SECONDS + 61 }],
    ['not-before', { nbf: SECONDS + 61 }],
    ['not-before', { nbf: 'soon' }],
    ['issued-at', { iat: SECONDS + 61 }],
    ['issued-at', { iat: null }],
    ['token-id', { jti: '' }],
    ['token-id', { jti: 5 }],
    ['token-id', { jti: 'x'.repeat(1_025) }],
  ])('%s: %j', async (check, claims) => {
    const result = await exchange(await assertion(claims));
    expect(result.accepted).toBe(false);
    expect(failedCheck(result)).toMatchObject({
      name: check,
      detail: expect.stringMatching(/[.] [A-Z].*[.]$/) as string,
    });
    // No key is fetched for an assertion that cannot be accepted.
    expect(requests).toBe(0);
    const at = result.checks.findIndex(({ name }) => name === check);
    expect(result.checks.map(({ result: each }) => each)).toEqual(
      ASSERTION_CHECKS.map((_, index) => (index < at ? 'passed' : index === at ? 'failed' : 'not-checked')),
    );
  });

  it('if it was changed after the signature', async () => {
    const [header = '', , signature = ''] = (await assertion()).split('.');
    const claims = Buffer.from(JSON.stringify({ ...CLAIMS, jti: 'forged' })).toString('base64url');
    expect(await failureOf(`${header}.${claims}.${signature}`)).toBe('signature');
  });

  it('if the assertion is of another client', async () => {
    const other = trusted({ subject: 'another', audiences: ['api://another'] }, 'trust-2');
    expect(await failureOf(await assertion(), [other])).toBe('subject');
  });

  it('if the connection has no trust', async () => {
    expect(await failureOf(await assertion(), [])).toBe('trust');
  });
});

describe('The text is refused', () => {
  it.each([
    ['empty', ''],
    ['no JWT', 'secret'],
    ['two parts', 'a.b'],
    ['five parts', 'a.b.c.d.e'],
    ['a header that is no JSON', `${Buffer.from('x').toString('base64url')}.e30.c2ln`],
    ['a header that is a list', `${Buffer.from('[]').toString('base64url')}.e30.c2ln`],
    ['claims that are null', `e30.${Buffer.from('null').toString('base64url')}.c2ln`],
    ['base64 with padding', 'e30=.e30=.c2ln'],
    ['white space', ' e30.e30.c2ln'],
    ['another encoding', `e30.${Buffer.from('{"a":"\u00e9"}', 'latin1').toString('base64url')}.c2ln`],
    ['very long', `e30.e30.${'x'.repeat(17_000)}`],
  ])('%s', async (_, text) => {
    expect(await failureOf(text)).toBe('format');
  });
});

describe('A replayed assertion is refused', () => {
  it('by its jti', async () => {
    const text = await assertion();
    expect(await failureOf(text)).toBeUndefined();
    expect(await failureOf(text)).toBe('replay');
    expect(await failureOf(await assertion({ iat: SECONDS - 1 }))).toBe('replay');
    expect(await failureOf(await assertion({ jti: 'j2' }))).toBeUndefined();
  });

  it('if it is sent many times at once', async () => {
    const text = await assertion();
    const all = await Promise.all(Array.from({ length: 20 }, () => failureOf(text)));
    expect(all.filter((each) => each === undefined)).toHaveLength(1);
  });

  it('by all of it, if it has no jti', async () => {
    const text = await assertion({ jti: undefined });
    expect(await failureOf(text)).toBeUndefined();
    expect(await failureOf(text)).toBe('replay');
    expect(await failureOf(await assertion({ jti: undefined, iat: SECONDS - 1 }))).toBeUndefined();
  });

  it('although its ES256 signature was changed into another valid one', async () => {
    const text = await assertion({ jti: undefined }, {}, ec);
    expect(await failureOf(text)).toBeUndefined();
    const n = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
    const [header = '', claims = '', signature = ''] = text.split('.');
    const bytes = Buffer.from(signature, 'base64url');
    const s = n - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
    const other = Buffer.concat([
      bytes.subarray(0, 32),
      Buffer.from(s.toString(16).padStart(64, '0'), 'hex'),
    ]);
    expect(await failureOf(`${header}.${claims}.${other.toString('base64url')}`)).toBe('replay');
  });

  it.each([
    ['with a jti', {}],
    ['without a jti', { jti: undefined }],
  ])('by another trust of the connection too, %s', async (_, claims) => {
    const text = await assertion(claims);
    expect(await failureOf(text)).toBeUndefined();
    expect(await failureOf(text, [trusted({}, 'trust-2')])).toBe('replay');
  });

  it.each([true, false])('if two trusts of the connection accept it (use: %s)', async (use) => {
    const trusts = [trusted({}, 'trust-1'), trusted({}, 'trust-2')];
    const text = await assertion();
    expect(await exchange(text, trusts)).toMatchObject({ accepted: true, keyId: 'trust-1' });
    const again = await verifier.verify(text, trusts, { use, now: NOW });
    expect(again).toMatchObject({ accepted: false, keyId: 'trust-1' });
    expect(failedCheck(again)?.name).toBe('replay');
    expect(await failureOf(text, trusts.toReversed())).toBe('replay');
  });

  it('but not one of another issuer or another connection with the same jti', async () => {
    expect(await failureOf(await assertion())).toBeUndefined();
    expect(
      await failureOf(await assertion({ iss: 'other' }), [trusted({ issuer: 'other' }, 'trust-2')]),
    ).toBeUndefined();
    expect(
      await failureOf(await assertion(), [{ ...trusted(), connectionId: 'connection-2' }]),
    ).toBeUndefined();
  });

  it('only if it was accepted', async () => {
    const text = await assertion();
    expect(await failureOf(text, [trusted({ tenant: 'another' })])).toBe('tenant');
    expect(await failureOf(text)).toBeUndefined();
  });

  it('unless it is of Entra ID, whose assertions have no jti', async () => {
    const jwksUrl = 'https://login.microsoftonline.com/common/discovery/v2.0/keys';
    const keys = { keys: () => Promise.resolve([{ kty: 'RSA', ...rsa.jwk, kid: 'rsa' }]) };
    verifier = new JwtAssertionVerifier({ keys: keys, uses: memoryUses(), origins: [] });
    const text = await assertion({ jti: undefined });
    expect(await failureOf(text, [trusted({ jwksUrl })])).toBeUndefined();
    expect(await failureOf(text, [trusted({ jwksUrl })])).toBeUndefined();
    const withId = await assertion();
    expect(await failureOf(withId, [trusted({ jwksUrl })])).toBeUndefined();
    expect(await failureOf(withId, [trusted({ jwksUrl })])).toBe('replay');
  });
});

describe('A test of an assertion', () => {
  const test = (text: string, trusts = [trusted()]) =>
    verifier.verify(text, trusts, { use: false, now: NOW });
  const resultsOf = ({ checks }: AssertionResult) =>
    Object.fromEntries(checks.map(({ name, result }) => [name, result]));

  it('does not use up the assertion', async () => {
    const text = await assertion();
    for (let round = 0; round < 2; round++) expect(await test(text)).toMatchObject({ accepted: true });
    expect(await failureOf(text)).toBeUndefined();
    expect(resultsOf(await test(text))).toMatchObject({ signature: 'passed', replay: 'failed' });
  });

  it('shows each check that fails, not only the first one', async () => {
    const text = await assertion({ iss: 'other', aud: 'api://other', exp: SECONDS - 3_600, tid: undefined });
    expect(resultsOf(await test(text))).toEqual({
      trust: 'passed',
      format: 'passed',
      algorithm: 'passed',
      header: 'passed',
      issuer: 'failed',
      subject: 'passed',
      audience: 'failed',
      tenant: 'failed',
      expiry: 'failed',
      'not-before': 'passed',
      'issued-at': 'passed',
      'token-id': 'passed',
      key: 'passed',
      signature: 'passed',
      replay: 'not-checked',
    });
  });

  it('shows what cannot be checked', async () => {
    const unknown = await test(await assertion({}, { kid: 'unknown' }));
    expect(resultsOf(unknown)).toMatchObject({
      key: 'failed',
      signature: 'not-checked',
      replay: 'not-checked',
    });
    const noJwt = await test('x');
    expect(resultsOf(noJwt)).toMatchObject({ trust: 'passed', format: 'failed', algorithm: 'not-checked' });
  });

  it('shows the checks of the trust that fits best', async () => {
    const trusts = [trusted({ issuer: 'a', subject: 'b' }, 'a'), trusted({ tenant: 'other' }, 'b')];
    expect(await test(await assertion(), trusts)).toMatchObject({ accepted: false, keyId: 'b' });
  });

  it('says how to correct an audience that was copied with the suffix of a scope', async () => {
    const [audience] = AUDIENCES;
    const result = await test(await assertion(), [trusted({ audiences: [`${audience}/.default`] })]);
    expect(failedCheck(result)?.detail).toContain('without "/.default"');
  });

  it('shows no more of a long value than its beginning', async () => {
    const result = await test(await assertion({ sub: `x${'y'.repeat(5_000)}\n` }));
    expect(failedCheck(result)?.detail.length).toBeLessThan(500);
  });

  it.each([198, 199])('splits no character of a long value, if it begins at %d', async (at) => {
    const result = await test(await assertion({ sub: 'x'.repeat(at - 1) + '\u{1f600}'.repeat(20) }));
    expect(failedCheck(result)?.name).toBe('subject');
    expect(isWellFormed(failedCheck(result)?.detail ?? '')).toBe(true);
  });

  it('says why the keys cannot be fetched', async () => {
    const result = await test(await assertion(), [trusted({ jwksUrl: 'https://10.0.0.1/keys' })]);
    expect(failedCheck(result)).toMatchObject({
      name: 'key',
      detail: expect.stringContaining('not on the allow-list') as string,
    });
  });
});
