import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatToken, newSecret, parseToken, type ScimKeyToken } from '../../../shared/credentials/scim-key';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import type { ScimKeyAdmin } from '../../../shared/service/credentials/scim-key-admin';
import { replaceBody, userBody } from '../../support/requests/bodies';
import { type DomainData, readDomain } from '../../support/consistency/domain-data';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import {
  type ClientResponse,
  clientWithKey,
  type DomainClient,
  domainAdmin,
  createDomainClient,
  OPERATOR,
  scimKeyAdmin,
  session,
} from '../../support/system/system';

let admin: DomainAdmin;
let keys: ScimKeyAdmin;
let domain: DomainClient;
let other: DomainClient;
let user: ProvisionedUser;
let before: readonly DomainData[];
/** Milliseconds since the epoch. */
let startedAt: number;
beforeAll(async () => {
  startedAt = Date.now();
  [admin, keys] = await Promise.all([domainAdmin(), scimKeyAdmin()]);
  [domain, other] = await Promise.all([createDomainClient(), createDomainClient()]);
  user = await provisionUser(domain);
  before = await readBothDomains();
});
// Refused requests change nothing.
afterAll(async () => expect(await readBothDomains()).toEqual(before));

const readBothDomains = () => Promise.all([domain, other].map(({ domainId }) => readDomain(domainId)));

/** Sends one request of each kind. If `authorization` is undefined, the header is not sent. */
async function sendEveryRequest(authorization: string | undefined): Promise<ClientResponse[]> {
  const attempts: [string, string, object?][] = [
    ['GET', user.path],
    ['GET', '/Users?filter=userName%20pr'],
    ['GET', '/ResourceTypes'],
    ['POST', '/ServiceProviderConfig', {}],
    ['GET', '/Nope'],
    ['POST', '/Users', userBody()],
    ['PUT', user.path, userBody()],
    ['PATCH', user.path, replaceBody('active', false)],
    ['DELETE', user.path],
  ];
  return Promise.all(
    attempts.map(async ([method, path, body]) => {
      const response = await fetch(session().baseUrl + path, {
        method,
        headers: {
          ...(authorization !== undefined && { authorization }),
          ...(body && { 'content-type': 'application/scim+json' }),
        },
        body: body && JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    }),
  );
}

/** Fails unless every request is refused with this status, and no response contains the credential. */
async function expectRefused(
  authorization: string | undefined,
  status: 401 | 403,
): Promise<ClientResponse[]> {
  const responses = await sendEveryRequest(authorization);
  const sent = authorization?.split(' ').at(-1) || 'nothing was sent';
  for (const response of responses) {
    expectScimError(response, status);
    expect(response.headers.has('www-authenticate')).toBe(status === 401);
    expect(JSON.stringify([response.body, [...response.headers]])).not.toContain(sent);
  }
  return responses;
}

const parts = (client: DomainClient): ScimKeyToken => parseToken(client.scimKey)!;
const replaceCharacter = (text: string, at: number): string => {
  const letter = text.at(at) === 'x' ? 'y' : 'x';
  return [...text]
    .map((each, index) => (index === (at + text.length) % text.length ? letter : each))
    .join('');
};

describe('a request is refused with 401 and changes nothing', () => {
  it.each<[string, () => string | undefined]>([
    ['without an Authorization header', () => undefined],
    ['with an empty Authorization header', () => ''],
    ['with Basic credentials', () => `Basic ${Buffer.from('user:secret').toString('base64')}`],
    ['with a SCIM key as the password of Basic', () => `Basic ${btoa(`scim:${domain.scimKey}`)}`],
    ['with a SCIM key after the scheme Basic', () => `Basic ${domain.scimKey}`],
    ['with a SCIM key after the word Token', () => `Token ${domain.scimKey}`],
    ['with a mistyped SCIM key without a scheme', () => replaceCharacter(domain.scimKey, -20)],
    ['with a wrong secret without a scheme', () => formatToken({ ...parts(domain), secret: newSecret() })],
    [
      'with a token of another kind',
      () => 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2V4YW1wbGUuY29tIn0.c2ln',
    ],
    ['with nothing after Bearer', () => 'Bearer '],
    ['with a mistyped checksum', () => `Bearer ${replaceCharacter(domain.scimKey, -1)}`],
    ['with a mistyped secret', () => `Bearer ${replaceCharacter(domain.scimKey, -20)}`],
    ['with a truncated key', () => `Bearer ${domain.scimKey.slice(0, -1)}`],
    ['with a key that is too long', () => `Bearer ${domain.scimKey}x`],
    ['with a second word after the key', () => `Bearer ${domain.scimKey} again`],
    ['with a key in capitals', () => `Bearer ${domain.scimKey.toUpperCase()}`],
    ['with a wrong secret', () => `Bearer ${formatToken({ ...parts(domain), secret: newSecret() })}`],
    ['with an unknown key id', () => `Bearer ${formatToken({ ...parts(domain), keyId: randomUUID() })}`],
    ['with an unknown domain', () => `Bearer ${formatToken({ ...parts(domain), domainId: randomUUID() })}`],
    [
      "with another domain's key under this domain's id",
      () => `Bearer ${formatToken({ ...parts(other), domainId: domain.domainId })}`,
    ],
    [
      "with another domain's secret under this domain's key",
      () => `Bearer ${formatToken({ ...parts(domain), secret: parts(other).secret })}`,
    ],
    ['with a key that contains a relative path', () => 'Bearer scim_../../..'],
    ['with a key of 4,000 characters', () => `Bearer scim_${'a'.repeat(4_000)}`],
  ])('%s', async (_, authorization) => {
    await expectRefused(authorization(), 401);
  });
});

/**
 * Creates a key that expires soon, but after its first request. The slower the machine, the longer it is
 * valid.
 */
async function createShortLivedKey(): Promise<{ token: string; expireTime: string }> {
  for (let validMs = 1_000; ; validMs *= 2) {
    const expireTime = new Date(Date.now() + validMs).toISOString();
    const { token } = await keys.createScimKey(domain.domainId, { name: 'short', expireTime }, OPERATOR);
    const { status } = await clientWithKey(domain.domainId, token).request('GET', user.path);
    if (status === 200) return { token, expireTime };
  }
}

describe('a SCIM key', () => {
  it.each(['bearer', 'BEARER', 'Bearer '])('works after the scheme written as %j', async (scheme) => {
    const headers = { authorization: `${scheme} ${domain.scimKey}` };
    expect((await domain.request('GET', user.path, undefined, headers)).status).toBe(200);
  });

  it('works without a scheme, for every method, as the header mode of Okta sends it', async () => {
    const client = await createDomainClient();
    const request: DomainClient['request'] = (method, path, body) =>
      client.request(method, path, body, { authorization: client.scimKey });
    const own = await provisionUser({ ...client, request });
    const found = await request(
      'GET',
      `/Users?filter=${encodeURIComponent(`userName eq "${own.userName}"`)}`,
    );
    expect(found).toMatchObject({ status: 200, body: { totalResults: 1 } });
    expect((await request('PATCH', own.path, replaceBody('active', false))).status).toBe(200);
    expect((await request('DELETE', own.path)).status).toBe(204);
  });

  it('works until it expires, and is refused afterward although the result of the authorizer is cached', async () => {
    const { token, expireTime } = await createShortLivedKey();
    const client = clientWithKey(domain.domainId, token);
    await sleep(Date.parse(expireTime) - Date.now() + 10);
    // The function sends this response, and API Gateway does not pass on its WWW-Authenticate.
    expectScimError(await client.request('PATCH', user.path, replaceBody('active', false)), 401);
    expect((await domain.request('GET', user.path)).body).toMatchObject({ active: true });
    await admin.updateDomain(domain.domainId, { scimEnabled: true }, OPERATOR); // flushes the cache
    await expectRefused(`Bearer ${token}`, 401);
  });

  it('is refused as soon as it is revoked, and other keys of the domain still work', async () => {
    const { keyId, token } = await keys.createScimKey(domain.domainId, { name: 'leaked' }, OPERATOR);
    const client = clientWithKey(domain.domainId, token);
    expect((await client.request('GET', user.path)).status).toBe(200);
    await keys.revokeScimKey(domain.domainId, keyId, OPERATOR);
    await expectRefused(`Bearer ${token}`, 401);
    await expectRefused(token, 401);
    expect((await domain.request('GET', user.path)).status).toBe(200);
  });

  it('is stored only as a hash, with the time of its last use', async () => {
    await domain.request('GET', user.path);
    const [key] = await keys.listScimKeys(domain.domainId);
    const lastUsedAt = Date.parse(key?.lastUsedAt ?? '');
    expect(lastUsedAt).toBeGreaterThanOrEqual(startedAt);
    expect(lastUsedAt).toBeLessThanOrEqual(Date.now());
    expect(JSON.stringify(key)).not.toContain(parts(domain).secret);
  });
});

describe('a domain with disabled SCIM', () => {
  it('is refused immediately with 403 and the reason, and accepted again when SCIM is enabled', async () => {
    expect((await domain.request('GET', user.path)).status).toBe(200);
    await admin.updateDomain(domain.domainId, { scimEnabled: false }, OPERATOR);
    const [response] = await expectRefused(`Bearer ${domain.scimKey}`, 403);
    expect(response?.body).toMatchObject({ detail: expect.stringContaining('disabled') as string });
    expect((await other.request('GET', '/Users')).status).toBe(200);
    await admin.updateDomain(domain.domainId, { scimEnabled: true }, OPERATOR);
    expect(await domain.request('GET', user.path)).toMatchObject({ status: 200, body: { active: true } });
  });

  it('still returns 401 for an invalid key', async () => {
    await admin.updateDomain(domain.domainId, { scimEnabled: false }, OPERATOR);
    const wrong = formatToken({ ...parts(domain), secret: newSecret() });
    await expectRefused(`Bearer ${wrong}`, 401);
    await admin.updateDomain(domain.domainId, { scimEnabled: true }, OPERATOR);
  });
});
