import crypto from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { formatAccessToken, verifyAccessToken } from '../../../shared/credentials/access-token';
import {
  formatClientId,
  formatClientSecret,
  hashClientSecret,
} from '../../../shared/credentials/client-secret';
import { formatEventToken, hashEventToken } from '../../../shared/credentials/event-token';
import { formatToken, hashKey, newSecret, parseToken } from '../../../shared/credentials/scim-key';
import { formatSetupSession, hashSetupSecret } from '../../../shared/credentials/setup-link';
import { sourceAddressOf } from '../../../shared/http/admin/source-address';
import { newId } from '../../../shared/id';
import { hashLicenseKey, type LicenseKeySource } from '../../../shared/license-key';
import { AdminTokenVerifier, toAdminToken } from '../../../shared/service/credentials/admin-token';
import { authenticate } from '../../../shared/service/credentials/authenticate';
import { EventTokenVerifier } from '../../../shared/service/events/event-token-verifier';
import { checkLicense } from '../../../shared/service/licenses/license-check';
import { SetupSessionVerifier } from '../../../shared/service/setup-links/setup-session-verifier';
import { TokenIssuer } from '../../../shared/service/tokens/token-issuer';
import type { Credential } from '../../../shared/store/credentials/credential';
import { onlyVersion } from '../../support/service/secret-versions';

/** The lengths of the values that were compared in constant time. */
const compared: [number, number][] = [];

const { timingSafeEqual } = crypto;
beforeEach(() => {
  compared.length = 0;
  jest.spyOn(crypto, 'timingSafeEqual').mockImplementation((one, other) => {
    compared.push([one.byteLength, other.byteLength]);
    return timingSafeEqual(one, other);
  });
});

const NOW = new Date('2026-03-01T12:00:00.000Z');
const PEPPERS = onlyVersion('pepper');
const ACCESS_TOKENS = onlyVersion('access tokens');
const client = { domainId: newId(), connectionId: newId() };
const key = { domainId: client.domainId, keyId: newId(), secret: newSecret() };
const credential: Credential = {
  ...{ keyId: key.keyId, type: 'scim-key', connectionId: client.connectionId, name: 'Okta' },
  ...{ hash: hashKey(key, 'pepper'), createdAt: '2026-01-01T00:00:00.000Z' },
};
const clientSecret: Credential = {
  ...{ ...credential, type: 'client-secret' },
  hash: hashClientSecret(client, key, 'pepper'),
};
const subscription = { scope: client.domainId, subscriptionId: newId() };
const link = { domainId: client.domainId, linkId: newId() };
const LICENSE_KEY = '4FVS6-7WVT1-TYWR2-B22E9-QPP6J';
const SOURCE: LicenseKeySource = { domainId: client.domainId, userId: newId(), activationId: newId() };

const found = <T>(value: T) => ({ get: () => Promise.resolve(value) });
const readPeppers = () => Promise.resolve(PEPPERS);
const readAccessTokens = () => Promise.resolve(ACCESS_TOKENS);

function checkKey(stored: Credential | undefined, secret = newSecret()) {
  const keys = { ...found(stored), domain: () => Promise.resolve(undefined) };
  const secrets = { peppers: readPeppers, accessTokens: readAccessTokens };
  return authenticate(formatToken({ ...key, secret }), keys as never, secrets, NOW);
}

function requestToken(stored: Credential | undefined, secret = newSecret()) {
  const issuer = new TokenIssuer({
    ...{ connections: found(undefined), credentials: found(stored) },
    ...{ peppers: readPeppers, accessTokens: readAccessTokens, accessTokenMinutes: 60 },
  } as never);
  const text = formatClientSecret({ keyId: key.keyId, secret });
  return issuer.issue({ kind: 'secret', clientId: formatClientId(client), secret: text }, NOW);
}

function checkOf(activationId: string | undefined) {
  const license = { status: 'active', userType: 'Full User', activationId } as never;
  const isKnown = activationId !== undefined;
  return checkLicense(LICENSE_KEY, {
    find: (hash: string) =>
      Promise.resolve(isKnown && hash === hashLicenseKey(LICENSE_KEY) ? SOURCE : undefined),
    license: () => Promise.resolve({ ...(isKnown && { license }) }),
  });
}

describe('a secret that does not exist is compared like a wrong one', () => {
  it.each<[string, () => Promise<object>, () => Promise<object>]>([
    ['a SCIM key', () => checkKey(undefined), () => checkKey(credential)],
    ['a client secret', () => requestToken(undefined), () => requestToken(clientSecret)],
    ['a license key', () => checkOf(undefined), () => checkOf(newId())],
  ])('%s', async (_, unknown, wrong) => {
    await unknown();
    const ofUnknown = compared.splice(0);
    await wrong();
    expect(ofUnknown.length).toBeGreaterThan(0);
    expect(compared).toEqual(ofUnknown);
    expect(compared.every(([one, other]) => one === other)).toBe(true);
  });
});

const eventToken = (secret: string) => {
  const tokenHash = hashEventToken({ ...subscription, secret: key.secret });
  const stored = {
    ...{ sk: subscription.subscriptionId, name: 'Feed', kind: 'feed', content: 'notice', state: 'active' },
    ...{ tokenHash, startPosition: 0, createdAt: NOW.toISOString(), version: 1 },
  };
  const verifier = new EventTokenVerifier(
    found({ ...stored, pk: '', subscriptionId: subscription.subscriptionId }),
  );
  return verifier.verify(formatEventToken({ ...subscription, secret }));
};

const setupSession = (secret: string) => {
  const stored = {
    ...{ linkId: link.linkId, email: 'it@example.com', hash: '', createdAt: NOW.toISOString() },
    ...{ openedAt: NOW.toISOString(), expireTime: '2026-04-01T12:00:00.000Z' },
    sessionHash: hashSetupSecret('session', { ...link, secret: key.secret }),
  };
  const creators = { isValidLink: () => Promise.resolve(true) };
  const verifier = new SetupSessionVerifier(found(stored), creators, () => NOW);
  return verifier.verify(formatSetupSession({ ...link, secret }));
};

const accessToken = (secret: string) => {
  const token = formatAccessToken({ ...key, expiresAt: 1_800_000_000 }, ACCESS_TOKENS);
  const isRight = secret === key.secret;
  const parsed = parseToken(token);
  if (!parsed) throw new Error('The token has no parts.');
  return Promise.resolve(verifyAccessToken(isRight ? parsed : { ...parsed, secret }, ACCESS_TOKENS));
};

const adminToken = async (secret: string) => {
  const verifier = new AdminTokenVerifier(
    () => Promise.resolve([key.secret]),
    () => NOW,
  );
  return (await verifier.matches(toAdminToken(secret))) || undefined;
};

const originSecret = async (secret: string) => {
  const headers = { 'x-portal-origin-secret': secret, 'x-forwarded-for': '203.0.113.5' };
  const event = { headers, requestContext: { identity: { sourceIp: '198.51.100.7' } } };
  const address = await sourceAddressOf(event as unknown as APIGatewayProxyEvent, () =>
    Promise.resolve([key.secret]),
  );
  return address === '203.0.113.5' ? address : undefined;
};

const PATHS: readonly (readonly [string, (secret: string) => Promise<unknown>])[] = [
  ['an events token', eventToken],
  ['the token of a setup link', setupSession],
  ['an access token', accessToken],
  ['the admin token', adminToken],
  ['the secret of the portal', originSecret],
];

describe('a right and a wrong secret are compared in constant time, as values of one length', () => {
  it.each(PATHS)('%s', async (_, check) => {
    expect(await check(key.secret)).toBeDefined();
    const ofRight = compared.splice(0);
    expect(await check(newSecret())).toBeUndefined();
    expect(ofRight.length).toBeGreaterThan(0);
    expect(compared).toEqual(ofRight);
    expect(ofRight.every(([one, other]) => one === other)).toBe(true);
  });
});

it.each([
  ['the admin token', adminToken],
  ['the secret of the portal', originSecret],
])('a guess of another length is compared like any other: %s', async (_, check) => {
  for (const guess of ['x', 'x'.repeat(10_000)]) await check(guess);
  expect(compared).toEqual([
    [32, 32],
    [32, 32],
  ]);
});
