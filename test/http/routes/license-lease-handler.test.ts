import {
  licenseLeaseHandler,
  type LicenseLeaseDependencies,
} from '../../../shared/http/routes/license-lease-handler';
import { ScimError } from '../../../shared/scim/error';
import type { PublicKey } from '../../../shared/signing/public-key';
import { logger } from '../../../shared/logging/telemetry';
import { apiEvent, lambdaContext } from '../../support/requests/api-events';

const KEY = '4FVS6-7WVT1-TYWR2-B22E9-QPP6J';
const PUBLIC_KEY = { kid: 'k-1' } as unknown as PublicKey;
const LICENSE = {
  status: 'active',
  userType: 'Core User',
  domain: { id: 'd-1', name: 'Example Inc' },
  lease: 'signed',
  expiresAt: '2026-12-02T12:00:00.000Z',
} as const;
const issue: LicenseLeaseDependencies['issue'] = () =>
  Promise.resolve({ ...LICENSE, renewAfterSeconds: 43_200 });

async function send(
  dependencies: Partial<LicenseLeaseDependencies> = {},
  {
    resource = '/v1/lease',
    method = 'GET',
    headers = { 'License-Key': KEY },
    query = {},
  }: Partial<Request> = {},
) {
  const handler = licenseLeaseHandler(() => ({
    issue,
    publicKeys: () => Promise.resolve([PUBLIC_KEY]),
    otherCacheSeconds: 300,
    ...dependencies,
  }));
  const event = { ...apiEvent({ method, headers, query }), resource };
  const response = await handler(event, lambdaContext);
  return {
    status: response.statusCode,
    headers: response.headers,
    body: JSON.parse(response.body) as unknown,
  };
}
interface Request {
  readonly resource: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly query: Record<string, string>;
}

describe('GET /v1/lease', () => {
  it('returns the lease, and when to request the next one', async () => {
    expect(await send()).toEqual({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'private, max-age=43200',
        vary: 'License-Key',
        'x-request-id': 'request-1',
      },
      body: { ...LICENSE, cacheSeconds: 43_200 },
    });
  });

  it.each(['inactive', 'unknown'] as const)(
    'says that a key is %s, as the license check does',
    async (status) => {
      expect(await send({ issue: () => Promise.resolve({ status }) })).toMatchObject({
        status: 200,
        headers: { 'cache-control': 'private, max-age=300' },
        body: { status, cacheSeconds: 300 },
      });
    },
  );

  it.each([
    [undefined, {}],
    ['a_Nonce-1', { nonce: 'a_Nonce-1' }],
    ['x'.repeat(64), { nonce: 'x'.repeat(64) }],
  ])('passes on the nonce %s', async (nonce, query) => {
    const issued = jest.fn(issue);
    await send({ issue: issued }, { query });
    expect(issued).toHaveBeenCalledWith(KEY, nonce);
  });

  it.each(['', 'x'.repeat(65), 'a b', 'é', '"'])('refuses the nonce %j', async (nonce) => {
    const issued = jest.fn(issue);
    expect(await send({ issue: issued }, { query: { nonce } })).toMatchObject({
      status: 400,
      body: { error: 'invalidNonce', detail: expect.stringContaining('1 to 64') as string },
    });
    expect(issued).not.toHaveBeenCalled();
  });

  it('says that the key is missing, and that only GET is allowed', async () => {
    expect(await send({}, { headers: {} })).toMatchObject({
      status: 400,
      body: { error: 'missingLicenseKey' },
    });
    for (const resource of ['/v1/lease', '/v1/jwks'])
      expect(await send({}, { resource, method: 'POST' })).toMatchObject({
        status: 405,
        headers: { allow: 'GET' },
        body: { error: 'methodNotAllowed' },
      });
  });

  it('responds 503 with Retry-After if a key is busy', async () => {
    const busy = () => Promise.reject(ScimError.unavailable('The signing key is busy.', 5));
    for (const [resource, dependencies] of [
      ['/v1/lease', { issue: busy }],
      ['/v1/jwks', { publicKeys: busy }],
    ] as const)
      expect(await send(dependencies, { resource })).toMatchObject({
        status: 503,
        headers: { 'retry-after': '5', 'cache-control': 'no-store' },
        body: { error: 'unavailable' },
      });
  });

  it('logs neither the key nor the lease', async () => {
    const lines: string[] = [];
    const info = jest
      .spyOn(logger, 'info')
      .mockImplementation((...line) => void lines.push(JSON.stringify(line)));
    await send();
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toMatch(new RegExp(`${KEY.slice(0, 5)}|${LICENSE.lease}`));
    info.mockRestore();
  });
});

describe('GET /v1/jwks', () => {
  it('returns the public keys for everybody to cache, without a license key', async () => {
    expect(await send({}, { resource: '/v1/jwks', headers: {} })).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'public, max-age=3600', 'content-type': 'application/json' },
      body: { keys: [PUBLIC_KEY] },
    });
  });
});
