import { request } from 'node:http';
import { hashLicenseKey } from '../../../shared/license-key';
import { addressShare } from '../../../shared/limits/license-check-limits';
import { replaceBody, userBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { waitForMail } from '../../support/system/mails';
import { type DomainClient, createDomainClient, session, takeCapacity } from '../../support/system/system';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

const UNKNOWN_KEY = '4FVS6-7WVT1-TYWR2-B22E9-QPP6J';
/** The license id that the service reads for an unknown key. */
const UNKNOWN_LICENSE = '00000000-0000-0000-0000-000000000000';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient({ name: 'Example Inc' });
});

interface CheckResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: { status?: string; error?: string; detail?: string } & Record<string, unknown>;
}

async function check(
  key: string | undefined,
  method = 'GET',
  url = session().licenseCheckUrl,
): Promise<CheckResponse> {
  const response = await fetch(url, { method, headers: key === undefined ? {} : { 'License-Key': key } });
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: text === '' ? {} : (JSON.parse(text) as CheckResponse['body']),
  };
}

/** Waits for `count` emails to a user, and returns the key in the last one. */
async function mailedKey(userName: string, count = 1): Promise<string> {
  const mail = (await waitForMail(userName, count)).at(-1);
  return /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';
}

describe('a license key', () => {
  it('is active when its email arrives, in any spelling', async () => {
    const { userName } = await provisionUser(domain);
    const key = await mailedKey(userName);
    const { status, headers, body } = await check(key);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        status: 'active',
        userType: 'Basic User',
        domain: { id: domain.domainId, name: 'Example Inc' },
        cacheSeconds: 3_600,
      },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'private, max-age=3600',
      'x-request-id': expect.stringMatching(/^[\w-]{36}$/) as string,
    });
    expect((await check(key.toLowerCase().replaceAll('-', ' '))).body).toEqual(body);
  });

  it('becomes inactive with its license, and active again with it, before the email arrives', async () => {
    const { path, userName } = await provisionUser(domain);
    const key = await mailedKey(userName);
    await domain.request('PATCH', path, replaceBody('active', false));
    expect((await check(key)).body.status).toBe('inactive');
    await domain.request('PATCH', path, replaceBody('active', true));
    expect((await check(key)).body.status).toBe('active');
    expect(await mailedKey(userName, 3)).toBe(key);
    await domain.request('DELETE', path);
    expect((await check(key)).body.status).toBe('inactive');
  });

  it('returns the current user type', async () => {
    const { path, userName } = await provisionUser(domain, userBody());
    const key = await mailedKey(userName);
    const type = `${PRODUCT_USER_SCHEMA}:nrUserType`;
    await domain.request('PATCH', path, replaceBody(type, 'Full User'));
    expect((await check(key)).body).toMatchObject({ status: 'active', userType: 'Full User' });
  });
});

describe('an unknown, a malformed and an inactive key', () => {
  let inactive: string;
  beforeAll(async () => {
    const { path, userName } = await provisionUser(domain);
    inactive = await mailedKey(userName);
    await domain.request('DELETE', path);
  });

  it('get the same response except for the status', async () => {
    const responses = await Promise.all([UNKNOWN_KEY, 'no key at all', inactive].map((key) => check(key)));
    expect(responses.map(({ body }) => body)).toEqual(
      ['unknown', 'unknown', 'inactive'].map((status) => ({ status, cacheSeconds: 300 })),
    );
    const [headers] = new Set(responses.map((each) => Object.keys(each.headers).sort().join()));
    for (const each of responses) {
      expect(Object.keys(each.headers).sort().join()).toBe(headers);
      expect(each.headers['cache-control']).toBe('private, max-age=300');
    }
  });

  it('consume the same three read units as an active key', async () => {
    const { userName } = await provisionUser(domain);
    const active = await mailedKey(userName);
    const costs = [];
    for (const [key, owner] of [
      [active, domain.domainId],
      [inactive, domain.domainId],
      [UNKNOWN_KEY, UNKNOWN_LICENSE],
      ['no key at all', UNKNOWN_LICENSE],
    ] as const) {
      const hash = hashLicenseKey(key);
      await Promise.all([takeCapacity(hash), takeCapacity(owner)]);
      await check(key);
      const records = [...(await takeCapacity(hash)), ...(await takeCapacity(owner))].filter((record) =>
        record.function.includes('LicenseCheck'),
      );
      costs.push(records.map(({ operation, read, write }) => ({ operation, read, write })));
    }
    const reads = (batch: number) => [
      { operation: 'GetItem', read: 1, write: 0 },
      { operation: 'BatchGetItem', read: batch, write: 0 },
    ];
    // AWS charges a read of a missing item. In a batch, DynamoDB Local does not.
    const missingItems = session().engine === 'dynoxide' ? 2 : 0;
    expect(costs).toEqual([reads(2), reads(2), reads(missingItems), reads(missingItems)]);
  });
});

describe('an invalid license check', () => {
  it('is refused with the missing header or the correct path', async () => {
    expect(await check(undefined)).toMatchObject({ status: 400, body: { error: 'missingLicenseKey' } });
    const elsewhere = `${session().licenseCheckUrl}/${UNKNOWN_KEY}`;
    expect(await check(UNKNOWN_KEY, 'GET', elsewhere)).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: { error: 'notFound', detail: expect.stringContaining('/license/v1/check') as string },
    });
  });

  it.each(['POST', 'DELETE', 'OPTIONS', 'HEAD'])(
    'returns 405 for %s, without CORS headers',
    async (method) => {
      const { status, headers } = await check(UNKNOWN_KEY, method);
      expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET' });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );
});

// Only Linux has more loopback addresses by default.
(process.platform === 'linux' ? describe : describe.skip)('a flood from one address', () => {
  const OWN = '127.0.0.1';
  /** The name of the authorizer's function. On AWS, its end is random. */
  const SALT = 'ScimApi-LicenseCheckAuthorizerHandlerFunction563DFFF4';
  const flooding = Array.from({ length: 200 }, (_, n) => `127.0.1.${n + 1}`).find(
    (address) => addressShare(address, SALT) !== addressShare(OWN, SALT),
  );

  /** Sends a request without a key: usage plans apply before the function, which then has the least work. */
  const sendFrom = (localAddress: string | undefined): Promise<{ status?: number; headers: object }> =>
    new Promise((resolve, reject) => {
      const outgoing = request(session().licenseCheckUrl, { localAddress, agent: false }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      });
      outgoing.on('error', reject).end();
    });

  it('is refused with 429 when its share is used up, while other addresses are served', async () => {
    // The first request caches the result of the authorizer.
    await sendFrom(flooding);
    const responses: Awaited<ReturnType<typeof sendFrom>>[] = [];
    const refused = () => responses.filter(({ status }) => status === 429);
    // The bucket refills continuously, so a slow client must send more requests.
    do responses.push(...(await Promise.all(Array.from({ length: 75 }, () => sendFrom(flooding)))));
    while (refused().length === 0);
    expect(responses.filter(({ status }) => status === 400).length).toBeGreaterThanOrEqual(49);
    expect(refused()[0]?.headers).toMatchObject({
      'retry-after': '30',
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    expect((await check(UNKNOWN_KEY)).status).toBe(200);
  });
});
