import { verifyAccessToken } from '../../../shared/credentials/access-token';
import {
  formatClientId,
  formatClientSecret,
  hashClientSecret,
} from '../../../shared/credentials/client-secret';
import type { CurrentSecret } from '../../../shared/credentials/secret-versions';
import { newId } from '../../../shared/id';
import { newSecret, parseToken } from '../../../shared/credentials/scim-key';
import type { AssertionResult } from '../../../shared/service/assertions/assertion';
import { type ClientProof, TokenIssuer } from '../../../shared/service/tokens/token-issuer';
import { onlyVersion, twoVersions } from '../../support/service/secret-versions';
import type { ConnectionRecord } from '../../../shared/store/credentials/connection';
import type { Credential } from '../../../shared/store/credentials/credential';

const NOW = new Date('2026-03-01T12:00:00.500Z');
const SECONDS = Math.floor(NOW.getTime() / 1000);
const PEPPER = 'pepper';
const TOKEN_SECRETS = onlyVersion('access tokens');

const client = { domainId: newId(), connectionId: newId() };
const secret = { keyId: newId(), secret: newSecret() };
const credential: Credential = {
  keyId: secret.keyId,
  type: 'client-secret',
  connectionId: client.connectionId,
  name: 'Entra ID',
  hash: hashClientSecret(client, secret, PEPPER),
  createdAt: '2026-01-01T00:00:00.000Z',
  expireTime: '2027-01-01T00:00:00.000Z',
};
const TRUST = { issuer: 'i', subject: 's', audiences: ['a'], jwksUrl: 'https://keys.example.com' };
const trust: Credential = { ...credential, keyId: newId(), type: 'trust', hash: '', trust: TRUST };
const connection: ConnectionRecord = {
  connectionId: client.connectionId,
  name: 'Entra ID',
  identityProvider: 'entra-id',
  createdAt: '2026-01-01T00:00:00.000Z',
  trustIds: [trust.keyId],
  version: 1,
};
const ACCEPTED: AssertionResult = { accepted: true, checks: [], keyId: trust.keyId };

/** Issues a token in a table with these items. Returns the decision and the operations. */
async function issue(
  proof: ClientProof,
  {
    credentials = [credential, trust],
    connections = [connection],
    minutes = 60,
    count = () => Promise.resolve({ allowed: true, retryAfterSeconds: 59 }),
    result = ACCEPTED,
    peppers = onlyVersion(PEPPER),
    rehash = () => Promise.resolve(),
  }: {
    credentials?: Credential[];
    connections?: ConnectionRecord[];
    minutes?: number;
    count?: () => Promise<{ allowed: boolean; retryAfterSeconds: number }>;
    result?: AssertionResult;
    peppers?: CurrentSecret;
    rehash?: () => Promise<void>;
  } = {},
) {
  const operations: string[] = [];
  const failures: unknown[] = [];
  const rehashed: unknown[] = [];
  const issuer = new TokenIssuer({
    connections: {
      get: (domainId, connectionId, options) => {
        operations.push(options?.eventuallyConsistent ? 'connection/2' : 'connection');
        const found = connections.find((each) => each.connectionId === connectionId);
        return Promise.resolve(domainId === client.domainId ? found : undefined);
      },
    },
    credentials: {
      get: (domainId, keyId, options) => {
        operations.push(options?.eventuallyConsistent ? 'credential/2' : 'credential');
        const found = credentials.find((each) => each.keyId === keyId);
        return Promise.resolve(domainId === client.domainId ? found : undefined);
      },
      getAll: (_, keyIds) => {
        operations.push(...keyIds.map(() => 'credential'));
        return Promise.resolve(credentials.filter(({ keyId }) => keyIds.includes(keyId)));
      },
      rehash: (_, keyId, newHash) => {
        operations.push('rehash');
        rehashed.push({ keyId, ...newHash });
        return rehash();
      },
    },
    counter: {
      count: () => {
        operations.push('count');
        return count();
      },
    },
    onFailed: (error) => failures.push(error),
    assertions: {
      verify: () => {
        operations.push('verify');
        return Promise.resolve(result);
      },
    },
    peppers: () => Promise.resolve(peppers),
    accessTokens: () => Promise.resolve(TOKEN_SECRETS),
    accessTokenMinutes: minutes,
  });
  return { issuer, decision: await issuer.issue(proof, NOW), operations, failures, rehashed };
}

const bySecret = (text = formatClientSecret(secret), of = client): ClientProof => ({
  kind: 'secret',
  clientId: formatClientId(of),
  secret: text,
});
const byAssertion = (more: { clientId?: string; assertion?: string } = {}): ClientProof => ({
  kind: 'assertion',
  clientId: formatClientId(client),
  assertion: 'x.y.z',
  ...more,
});
const claims = (payload: object) =>
  ['{"alg":"RS256"}', JSON.stringify(payload), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

describe('a client secret whose hash has the former pepper', () => {
  const rotated = twoVersions(PEPPER, 'new pepper');

  it('gets a new hash, and an access token', async () => {
    const { decision, rehashed } = await issue(bySecret(), { peppers: rotated });
    expect(decision.kind).toBe('issued');
    const hash = hashClientSecret(client, secret, 'new pepper');
    expect(rehashed).toEqual([{ keyId: secret.keyId, hash, pepperId: 2 }]);
    const after = await issue(bySecret(), {
      peppers: rotated,
      credentials: [{ ...credential, hash, pepperId: 2 }],
    });
    expect([after.decision.kind, after.rehashed]).toEqual(['issued', []]);
  });

  it('gets an access token if the new hash cannot be stored', async () => {
    const error = new Error('unreachable');
    const { decision, failures } = await issue(bySecret(), {
      peppers: rotated,
      rehash: () => Promise.reject(error),
    });
    expect([decision.kind, failures]).toEqual(['issued', [error]]);
  });

  it.each<[string, Partial<Credential>, CurrentSecret]>([
    ['it was revoked', { revokedAt: '2026-02-01T00:00:00.000Z' }, rotated],
    ['it has the hash of another secret', { hash: hashClientSecret(client, secret, 'other') }, rotated],
    ['the former pepper was dropped', {}, { ...rotated, accepted: [rotated.issuing] }],
  ])('is refused without a write if %s', async (_, more, peppers) => {
    const { decision, rehashed } = await issue(bySecret(), {
      peppers,
      credentials: [{ ...credential, ...more }],
    });
    expect([decision.kind, rehashed]).toEqual(['refused', []]);
  });
});

describe('an access token', () => {
  it('is issued for a client secret, and expires after the time of the deployment', async () => {
    const { decision } = await issue(bySecret(), { minutes: 90 });
    expect(decision).toMatchObject({ kind: 'issued', expiresIn: 5_400, client });
    const token = parseToken(decision.kind === 'issued' ? decision.accessToken : '')!;
    expect(token).toMatchObject({ domainId: client.domainId, keyId: secret.keyId });
    expect(verifyAccessToken(token, TOKEN_SECRETS)).toBe(SECONDS + 5_400);
  });

  it.each([
    ['client secret', bySecret(), { ...credential, expireTime: '2026-03-01T12:10:00.900Z' }],
    ['trust', byAssertion(), { ...trust, expireTime: '2026-03-01T12:10:00.900Z' }],
  ])('never lives longer than its %s', async (_, proof, short) => {
    expect((await issue(proof, { credentials: [short] })).decision).toMatchObject({
      kind: 'issued',
      expiresIn: 600,
    });
  });

  it('belongs to the trust whose assertion was accepted', async () => {
    const { decision } = await issue(byAssertion());
    expect(parseToken(decision.kind === 'issued' ? decision.accessToken : '')?.keyId).toBe(trust.keyId);
  });

  it.each([['sub'], ['iss']])('is issued for an assertion that names its client as %s', async (claim) => {
    const assertion = claims({ [claim]: formatClientId(client), other: 1 });
    expect((await issue(byAssertion({ clientId: undefined, assertion }))).decision.kind).toBe('issued');
  });

  it('is issued for an assertion that names its client as issuer and as subject', async () => {
    const id = formatClientId(client);
    const assertion = claims({ iss: id, sub: id });
    const { decision } = await issue(byAssertion({ clientId: undefined, assertion }));
    expect(decision).toMatchObject({ kind: 'issued', client });
  });

  it('is refused to a client that got too many', async () => {
    const count = () => Promise.resolve({ allowed: false, retryAfterSeconds: 59 });
    expect((await issue(bySecret(), { count })).decision).toMatchObject({
      kind: 'limited',
      retryAfterSeconds: 59,
    });
  });

  it.each([
    ['secret', bySecret()],
    ['assertion, which is used up', byAssertion()],
  ])('is issued for a %s although the counter is unavailable', async (_, proof) => {
    const busy = new Error('busy');
    const { decision, failures } = await issue(proof, { count: () => Promise.reject(busy) });
    expect(decision).toMatchObject({ kind: 'issued', expiresIn: 3_600 });
    expect(failures).toEqual([busy]);
  });
});

describe('a request is refused, and names the check that failed', () => {
  const other = { domainId: client.domainId, connectionId: newId() };
  it.each<[string, ClientProof, string, Parameters<typeof issue>[1]?]>([
    ['a client id of another form', { kind: 'secret', clientId: 'x', secret: 'y' }, 'client'],
    [
      'an assertion that names no client',
      byAssertion({ clientId: undefined, assertion: claims({ sub: 'x' }) }),
      'client',
    ],
    ['an assertion that is no JWT, without a client id', byAssertion({ clientId: undefined }), 'client'],
    ['a text that is no secret', bySecret('secret'), 'secret'],
    ['a guessed secret', bySecret(formatClientSecret({ ...secret, secret: newSecret() })), 'secret'],
    ['a secret of another connection', bySecret(undefined, other), 'secret'],
    [
      'the secret of a trust',
      bySecret(formatClientSecret({ keyId: trust.keyId, secret: newSecret() })),
      'secret',
    ],
    [
      'a revoked secret',
      bySecret(),
      'revocation',
      { credentials: [{ ...credential, revokedAt: '2026-02-01T00:00:00.000Z' }] },
    ],
    [
      'an expired secret',
      bySecret(),
      'expiry',
      { credentials: [{ ...credential, expireTime: '2026-03-01T12:00:00.000Z' }] },
    ],
    [
      'a secret that expires in this second',
      bySecret(),
      'expiry',
      { credentials: [{ ...credential, expireTime: '2026-03-01T12:00:00.900Z' }] },
    ],
    [
      'a connection without trusts',
      byAssertion(),
      'trust',
      { connections: [{ ...connection, trustIds: [] }] },
    ],
    [
      'a revoked trust',
      byAssertion(),
      'trust',
      { credentials: [{ ...trust, revokedAt: '2026-02-01T00:00:00.000Z' }] },
    ],
    [
      'an expired trust',
      byAssertion(),
      'trust',
      { credentials: [{ ...trust, expireTime: '2026-03-01T12:00:00.000Z' }] },
    ],
    [
      'a trust of another connection',
      byAssertion(),
      'trust',
      { credentials: [{ ...trust, connectionId: newId() }] },
    ],
    [
      'an assertion that fails a check',
      byAssertion(),
      'audience',
      {
        result: {
          accepted: false,
          keyId: trust.keyId,
          checks: [{ name: 'audience', result: 'failed', detail: 'x' }],
        },
      },
    ],
  ])('%s', async (_, proof, check, given = {}) => {
    const { decision, operations } = await issue(proof, given);
    expect(decision).toMatchObject({ kind: 'refused', check });
    expect(operations).not.toContain('count');
    // Only the administrators of a client that exists learn of it.
    const isNamed = check !== 'client' && proof !== undefined && proof.clientId === formatClientId(client);
    if (isNamed) expect(decision).toMatchObject({ connection: { name: 'Entra ID' } });
    else expect(decision).not.toHaveProperty('connection');
  });
});

it('a request that was refused before its credential was checked belongs to the client that it names', async () => {
  const { issuer, operations } = await issue(bySecret());
  const before = operations.length;
  expect(await issuer.refusalOf(formatClientId(client), 'request', 'x')).toMatchObject({
    kind: 'refused',
    client,
    connection: { name: 'Entra ID' },
    check: 'request',
  });
  const unknown = { domainId: newId(), connectionId: newId() };
  expect(await issuer.refusalOf(formatClientId(unknown), 'request', 'x')).not.toHaveProperty('connection');
  expect(operations.slice(before)).toEqual(['connection/2', 'connection/2']);
  expect(await issuer.refusalOf('x', 'request', 'y')).toEqual({
    kind: 'refused',
    check: 'request',
    reason: 'y',
  });
});

describe('an unknown client', () => {
  const units = (operations: string[]) =>
    operations.reduce((sum, each) => sum + (each === 'count' ? 1 : each.endsWith('/2') ? 0.5 : 1), 0);
  const unknown = { domainId: newId(), connectionId: newId() };

  it('with a secret costs no more than a known one, and no write', async () => {
    const text = formatClientSecret({ ...secret, keyId: newId(new Date('2026-01-01T00:00:00Z')) });
    const known = await issue(bySecret());
    const { decision, operations } = await issue(bySecret(text, unknown));
    expect(decision).not.toHaveProperty('connection');
    expect(operations).toEqual(['credential/2', 'connection/2']);
    expect(units(operations)).toBeLessThanOrEqual(units(known.operations));
  });

  it('with an assertion costs no more than a known one, and fetches no keys', async () => {
    const known = await issue(byAssertion());
    const { operations } = await issue(byAssertion({ clientId: formatClientId(unknown) }));
    expect(known.operations).toEqual(['connection', 'credential', 'verify', 'count']);
    expect(operations).toEqual(['connection', 'credential', 'connection/2']);
    expect(units(operations)).toBeLessThanOrEqual(units(known.operations));
  });
});
