import type { EventType } from '../../../sdk/src/events.ts';
import { readFeed } from '../../../sdk/src/feed.ts';
import { LeaseKeeper } from '../../../sdk/src/lease-keeper.ts';
import { LicenseChecker } from '../../../sdk/src/license-checker.ts';
import { MemoryStore } from '../../../sdk/src/store.ts';
import { hashLicenseKey } from '../../../shared/license-key';
import { replaceBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { adminClient } from '../../support/system/admin-client';
import { waitForMail } from '../../support/system/mails';
import { type DomainClient, createDomainClient, session, takeCapacity } from '../../support/system/system';

const UNKNOWN_KEY = '4FVS6-7WVT1-TYWR2-B22E9-QPP6J';
const USER_TYPE = 'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User:nrUserType';

let domain: DomainClient;
let user: Awaited<ReturnType<typeof licensedUser>>;
const licenseUrl = () => session().licenseCheckUrl.replace(/\/check$/, '');
beforeAll(async () => {
  domain = await createDomainClient({ name: 'Example Inc' });
  user = await licensedUser(domain);
});

/** Creates a user, and returns the license key from the email. */
async function licensedUser(of: DomainClient) {
  const { path, userName } = await provisionUser(of);
  const [mail] = await waitForMail(userName, 1);
  const key = /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';
  return { path, key, id: path.split('/').pop() ?? '' };
}

async function get(path: string, key?: string, method = 'GET') {
  const headers = key === undefined ? undefined : { 'License-Key': key };
  const response = await fetch(`${licenseUrl()}/${path}`, { method, headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
}

describe('a lease', () => {
  it('is verified by the published keys, and follows the license', async () => {
    const leases = () => new LeaseKeeper({ url: licenseUrl(), store: new MemoryStore() }).current(user.key);
    const first = await leases();
    expect(first).toMatchObject({
      status: 'active',
      lease: {
        issuer: licenseUrl(),
        licenseId: user.id,
        userType: 'Basic User',
        domain: { id: domain.domainId, name: 'Example Inc' },
        keyHash: hashLicenseKey(user.key),
      },
    });
    const lease = first.status === 'active' ? first.lease : undefined;
    expect(Number(lease?.expiresAt) - Number(lease?.issuedAt)).toBe(86_400_000);
    await domain.request('PATCH', user.path, replaceBody(USER_TYPE, 'Full User'));
    expect(await leases()).toMatchObject({ lease: { userType: 'Full User' } });
    await domain.request('PATCH', user.path, replaceBody('active', false));
    expect(await leases()).toEqual({ status: 'inactive' });
    await domain.request('PATCH', user.path, replaceBody('active', true));
    expect(await leases()).toMatchObject({ status: 'active' });
  });

  it('is requested like a license check, at the same cost', async () => {
    const checker = new LicenseChecker({ url: licenseUrl(), store: new MemoryStore() });
    expect(await checker.check(user.key)).toMatchObject({ status: 'active', source: 'service' });
    await Promise.all([takeCapacity(hashLicenseKey(user.key)), takeCapacity(domain.domainId)]);
    const { status, headers, body } = await get('lease', user.key);
    expect({ status, cache: headers.get('cache-control'), vary: headers.get('vary') }).toEqual({
      status: 200,
      cache: 'private, max-age=43200',
      vary: 'License-Key',
    });
    expect(Object.keys(body)).toEqual(['status', 'userType', 'domain', 'lease', 'expiresAt', 'cacheSeconds']);
    const records = [
      ...(await takeCapacity(hashLicenseKey(user.key))),
      ...(await takeCapacity(domain.domainId)),
    ].filter((record) => record.function.includes('LicenseLease'));
    expect(records.map(({ operation, read, write }) => ({ operation, read, write }))).toEqual([
      { operation: 'GetItem', read: 1, write: 0 },
      { operation: 'BatchGetItem', read: 2, write: 0 },
    ]);
  });

  it('is not issued for an unknown key, and a request without a key or with a bad nonce is refused', async () => {
    expect((await get('lease', UNKNOWN_KEY)).body).toEqual({ status: 'unknown', cacheSeconds: 300 });
    expect(await get('lease')).toMatchObject({ status: 400, body: { error: 'missingLicenseKey' } });
    expect(await get('lease?nonce=a%20b', user.key)).toMatchObject({
      status: 400,
      body: { error: 'invalidNonce' },
    });
    expect(await get('lease', user.key, 'POST')).toMatchObject({
      status: 405,
      body: { error: 'methodNotAllowed' },
    });
  });
});

describe('a product that reads the events of the domain', () => {
  it('drops its lease when the license ends, also without a connection to the license API', async () => {
    const of = await createDomainClient();
    const { status, body } = await adminClient()('POST', `/domains/${of.domainId}/subscriptions`, {
      name: 'Product',
      kind: 'feed',
    });
    expect(status).toBe(201);
    const { key, path } = await licensedUser(of);
    let isOnline = true;
    const leases = new LeaseKeeper({
      url: licenseUrl(),
      store: new MemoryStore(),
      fetch: (...request) => (isOnline ? fetch(...request) : Promise.reject(new TypeError('offline'))),
    });
    const { adminUrl } = session();
    const feed = readFeed({
      url: adminUrl,
      token: body.token,
      domainId: of.domainId,
      types: ['license.activated', 'license.changed', 'license.ended'],
      pollSeconds: 0.1,
    });
    /** Changes the user, and applies the events up to one of this type. */
    const change = async (attribute: string, value: unknown, type: EventType) => {
      await of.request('PATCH', path, replaceBody(attribute, value));
      for (let isLast = false; !isLast;) {
        const page = await feed.next();
        for (const event of page.value?.events ?? []) {
          expect(await leases.apply(event)).toBe(true);
          isLast = event.type === type;
        }
      }
    };

    expect((await leases.current(key)).status).toBe('active');
    isOnline = false;
    await change(USER_TYPE, 'Core User', 'license.changed');
    expect(await leases.current(key)).toMatchObject({ status: 'active', source: 'store' });
    await change('active', false, 'license.ended');
    expect(await leases.current(key)).toEqual({ status: 'dropped' });
    isOnline = true;
    expect(await leases.current(key)).toEqual({ status: 'inactive' });
    await change('active', true, 'license.activated');
    expect(await leases.current(key)).toMatchObject({ status: 'active', lease: { userType: 'Core User' } });
    await feed.return();
  });
});

describe('the public keys', () => {
  it('are for everybody, and may be cached for an hour', async () => {
    const { status, headers, body } = await get('jwks');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('public, max-age=3600');
    expect(body).toEqual({
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: expect.any(String) as string,
          y: expect.any(String) as string,
          kid: expect.stringMatching(/^[\w-]{43}$/) as string,
          alg: 'ES256',
          use: 'sig',
        },
      ],
    });
    expect(await get('jwks', undefined, 'DELETE')).toMatchObject({ status: 405 });
  });
});
