import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatToken, newSecret, parseToken } from '../../../shared/credentials/scim-key';
import type { ScimKeyAdmin } from '../../../shared/service/credentials/scim-key-admin';
import type { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import { expectScimError } from '../../support/requests/scim-error';
import {
  type ClientResponse,
  createDomainClient,
  domainAdmin,
  type DomainClient,
  OPERATOR,
  scimKeyAdmin,
  session,
} from '../../support/system/system';

const PATHS = ['/ServiceProviderConfig', '/serviceproviderconfig'];

let admin: DomainAdmin;
let keys: ScimKeyAdmin;
let domain: DomainClient;
beforeAll(async () => {
  [admin, keys, domain] = await Promise.all([domainAdmin(), scimKeyAdmin(), createDomainClient()]);
});

/** Sends a request with exactly this header `Authorization`, or without one. */
async function send(path: string, authorization?: string, method = 'GET'): Promise<ClientResponse> {
  const headers = authorization === undefined ? undefined : { authorization };
  const response = await fetch(session().baseUrl + path, { method, headers });
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}

const maxOperations = ({ body }: ClientResponse): number =>
  (body as { bulk: { maxOperations: number } }).bulk.maxOperations;

describe('GET /ServiceProviderConfig without a credential', () => {
  it.each([
    ...PATHS,
    '//ServiceProviderConfig',
    '/ServiceProviderConfig/',
    '/ServiceProviderConfig?filter=x',
  ])('is served at %s, with the bulk size of the smallest plan', async (path) => {
    const response = await send(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/scim+json');
    expect(maxOperations(response)).toBe(200);
    expect(response.headers.has('ratelimit')).toBe(false);
    const { bulk, ...features } = response.body as Record<string, unknown>;
    const known = (await domain.request('GET', '/ServiceProviderConfig')).body as Record<string, unknown>;
    expect({ ...known, bulk }).toEqual({ ...features, bulk });
  });

  it.each(['/ResourceTypes', '/Schemas', '/resourcetypes', '/SERVICEPROVIDERCONFIG', '/readiness', '/Users'])(
    'opens no other path: %s',
    async (path) => expectScimError(await send(path), 401),
  );

  it.each(PATHS)('opens no other method and no path below: %s', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      expectScimError(await send(path, undefined, method), 401);
    expect((await send(path, undefined, 'HEAD')).status).toBe(401);
    expectScimError(await send(`${path}/x`), 401);
    for (const method of ['POST', 'OPTIONS'])
      expectScimError(await send(path, `Bearer ${domain.scimKey}`, method), 405);
  });
});

describe('GET /ServiceProviderConfig with a credential', () => {
  it.each([
    ['standard', 200],
    ['gallery', 500],
    ['unmetered', 500],
  ] as const)(
    'has the bulk size of the plan %s, and counts as a request of it',
    async (ratePlan, expected) => {
      const { scimKey, domainId } = await createDomainClient({ ratePlan });
      for (const [used, path] of PATHS.entries()) {
        const response = await send(path, used === 0 ? `Bearer ${scimKey}` : scimKey);
        expect(response.status).toBe(200);
        expect(maxOperations(response)).toBe(expected);
        expect(response.headers.has('ratelimit')).toBe(ratePlan !== 'unmetered');
      }
      expect(await keys.listScimKeys(domainId)).toMatchObject([{ lastUsedAt: expect.any(String) as string }]);
    },
  );

  /**
   * Fails unless the function refuses the credential with the body that API Gateway sends on another path.
   */
  async function expectRefusedAlike(authorization: string, status: 401 | 403): Promise<void> {
    const byGateway = await send('/Users', authorization);
    expectScimError(byGateway, status);
    for (const path of PATHS) {
      const response = await send(path, authorization);
      expectScimError(response, status);
      expect(response.body).toEqual(byGateway.body);
      // API Gateway renames this header of every function.
      expect(response.headers.get('x-amzn-remapped-www-authenticate')).toBe(
        byGateway.headers.get('www-authenticate'),
      );
    }
  }

  const parts = () => parseToken(domain.scimKey)!;

  it.each<[string, () => string]>([
    ['empty', () => ''],
    ['without a token', () => 'Bearer '],
    ['Basic', () => `Basic ${btoa(`scim:${domain.scimKey}`)}`],
    ['of another kind', () => 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln'],
    ['truncated', () => `Bearer ${domain.scimKey.slice(0, -1)}`],
    ['with a wrong secret', () => `Bearer ${formatToken({ ...parts(), secret: newSecret() })}`],
    ['with a wrong secret and no scheme', () => formatToken({ ...parts(), secret: newSecret() })],
    ['with an unknown key id', () => `Bearer ${formatToken({ ...parts(), keyId: randomUUID() })}`],
    ['with an unknown domain', () => `Bearer ${formatToken({ ...parts(), domainId: randomUUID() })}`],
  ])('is refused with 401 if it is wrong: %s', async (_, authorization) => {
    await expectRefusedAlike(authorization(), 401);
  });

  it('is refused with 401 after the key was revoked, immediately', async () => {
    const { keyId, token } = await keys.createScimKey(domain.domainId, { name: 'leaked' }, OPERATOR);
    expect((await send('/ServiceProviderConfig', `Bearer ${token}`)).status).toBe(200);
    await keys.revokeScimKey(domain.domainId, keyId, OPERATOR);
    await expectRefusedAlike(`Bearer ${token}`, 401);
  });

  it('is refused with 401 after the key has expired', async () => {
    const expireTime = new Date(Date.now() + 1_000).toISOString();
    const { token } = await keys.createScimKey(domain.domainId, { name: 'short', expireTime }, OPERATOR);
    await sleep(Date.parse(expireTime) - Date.now() + 10);
    await expectRefusedAlike(`Bearer ${token}`, 401);
  });

  it('is refused with 401 after the domain was deleted', async () => {
    const { domainId, scimKey } = await createDomainClient({ name: 'Gone' });
    expect((await send('/ServiceProviderConfig', scimKey)).status).toBe(200);
    await admin.deleteDomain(domainId, 'Gone', OPERATOR);
    await expectRefusedAlike(`Bearer ${scimKey}`, 401);
  });

  it('is refused with 403 and the reason while SCIM is disabled', async () => {
    const { domainId, scimKey } = await createDomainClient();
    await admin.updateDomain(domainId, { scimEnabled: false }, OPERATOR);
    await expectRefusedAlike(`Bearer ${scimKey}`, 403);
    await admin.updateDomain(domainId, { scimEnabled: true }, OPERATOR);
    expect((await send('/ServiceProviderConfig', `Bearer ${scimKey}`)).status).toBe(200);
  });
});
