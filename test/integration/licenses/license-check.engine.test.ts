import { request } from 'node:http';
import { hashLicenseKey } from '../../../shared/license-key';
import { shareOf } from '../../../shared/license-check-limits';
import { replaceBody, userBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import {
  type DomainClient,
  createDomainClient,
  session,
  takeCapacity,
  waitForMail,
} from '../../support/system/system';

const UNKNOWN_KEY = '4FVS6-7WVT1-TYWR2-B22E9-QPP6J';
/** Stands for the license of an unknown key. */
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

/** The key in the last of `count` mails to a user. */
async function mailedKey(userName: string, count = 1): Promise<string> {
  const mail = (await waitForMail(userName, count)).at(-1);
  return /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';
}

describe('a license key', () => {
  it('is active from the moment at which its mail arrives, however it is typed', async () => {
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

  it('ends with its activation: the next one has a key of its own, and the first stays inactive', async () => {
    const { path, userName } = await provisionUser(domain);
    const first = await mailedKey(userName);
    await domain.request('PATCH', path, replaceBody('active', false));
    expect((await check(first)).body.status).toBe('inactive');
    await domain.request('PATCH', path, replaceBody('active', true));
    const second = await mailedKey(userName, 3);
    expect((await check(first)).body.status).toBe('inactive');
    expect((await check(second)).body.status).toBe('active');
    await domain.request('DELETE', path);
    expect((await check(second)).body.status).toBe('inactive');
  });

  it('says the type that the user has now', async () => {
    const { path, userName } = await provisionUser(domain, userBody());
    const key = await mailedKey(userName);
    const type = 'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User:nrUserType';
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

  it('have the same answer but for the status', async () => {
    const answers = await Promise.all([UNKNOWN_KEY, 'no key at all', inactive].map((key) => check(key)));
    expect(answers.map(({ body }) => body)).toEqual(
      ['unknown', 'unknown', 'inactive'].map((status) => ({ status, cacheSeconds: 300 })),
    );
    const [headers] = new Set(answers.map((each) => Object.keys(each.headers).sort().join()));
    for (const each of answers) {
      expect(Object.keys(each.headers).sort().join()).toBe(headers);
      expect(each.headers['cache-control']).toBe('private, max-age=300');
    }
  });

  it('cost the same reads as one another, and as an active key: three units', async () => {
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
    // AWS counts what is not there like what is; in a batch DynamoDB Local does not.
    const nothing = session().engine === 'dynoxide' ? 2 : 0;
    expect(costs).toEqual([reads(2), reads(2), reads(nothing), reads(nothing)]);
  });
});

describe('what is no check', () => {
  it('is told what it lacks', async () => {
    expect(await check(undefined)).toMatchObject({ status: 400, body: { error: 'missingLicenseKey' } });
    const elsewhere = `${session().licenseCheckUrl}/${UNKNOWN_KEY}`;
    expect(await check(UNKNOWN_KEY, 'GET', elsewhere)).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: { error: 'notFound', detail: expect.stringContaining('/license/v1/check') as string },
    });
  });

  it.each(['POST', 'DELETE', 'OPTIONS', 'HEAD'])(
    'is 405 for %s, and nothing for other sites',
    async (method) => {
      const { status, headers } = await check(UNKNOWN_KEY, method);
      expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET' });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );
});

// Only Linux has further loopback addresses without being told.
(process.platform === 'linux' ? describe : describe.skip)('a flood from one address', () => {
  const OWN = '127.0.0.1';
  const flooding = Array.from({ length: 200 }, (_, n) => `127.0.1.${n + 1}`).find(
    (address) => shareOf(address) !== shareOf(OWN),
  );

  /** Without a key: the plan comes before the function, which then has least to do. */
  const askFrom = (localAddress: string | undefined): Promise<{ status?: number; headers: object }> =>
    new Promise((resolve, reject) => {
      const outgoing = request(session().licenseCheckUrl, { localAddress, agent: false }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      });
      outgoing.on('error', reject).end();
    });

  it('is 429 when its share is used up, while other addresses are answered', async () => {
    // From then on the authorizer's answer is cached.
    await askFrom(flooding);
    const answers: Awaited<ReturnType<typeof askFrom>>[] = [];
    const refused = () => answers.filter(({ status }) => status === 429);
    // The bucket is filled again all the time: a slow client has to send more.
    do answers.push(...(await Promise.all(Array.from({ length: 75 }, () => askFrom(flooding)))));
    while (refused().length === 0);
    expect(answers.filter(({ status }) => status === 400).length).toBeGreaterThanOrEqual(49);
    expect(refused()[0]?.headers).toMatchObject({
      'retry-after': '30',
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    expect((await check(UNKNOWN_KEY)).status).toBe(200);
  });
});
