import {
  licenseCheckHandler,
  type LicenseCheckDependencies,
} from '../../../shared/http/routes/license-check-handler';
import { logger } from '../../../shared/logging/telemetry';
import { ScimError } from '../../../shared/scim/error';
import { apiEvent, lambdaContext } from '../../support/requests/api-events';

const KEY = '4FVS6-7WVT1-TYWR2-B22E9-QPP6J';
const cacheSeconds = { active: 3_600, other: 300 };

async function checkKey(
  check: LicenseCheckDependencies['check'],
  {
    method = 'GET',
    headers = { 'License-Key': KEY },
    query = {},
  }: { method?: string; headers?: Record<string, string>; query?: Record<string, string> } = {},
) {
  const handler = licenseCheckHandler(() => ({ check, cacheSeconds }));
  const {
    statusCode,
    headers: responseHeaders,
    body,
  } = await handler({ ...apiEvent({ method, headers }), queryStringParameters: query }, lambdaContext);
  return { status: statusCode, headers: responseHeaders, body: JSON.parse(body) as unknown };
}
const rejectIfCalled = () => Promise.reject(new Error('The check must not be called.'));

describe('GET /v1/check', () => {
  it('returns an active license and how long the response may be cached', async () => {
    const domain = { id: 'd-1', name: 'Example Inc' };
    const check = jest.fn(() =>
      Promise.resolve({ status: 'active', userType: 'Core User', domain } as const),
    );
    expect(await checkKey(check)).toEqual({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'private, max-age=3600',
        vary: 'License-Key',
        'x-request-id': 'request-1',
      },
      body: { status: 'active', userType: 'Core User', domain, cacheSeconds: 3_600 },
    });
    expect(check).toHaveBeenCalledWith(KEY, { includesOrganizations: false });
  });

  it.each([
    ['organizations', true],
    ['seats, organizations', true],
    ['organization', false],
    ['', false],
  ])('asks for organizations if the query has include=%s: %s', async (include, includesOrganizations) => {
    const check = jest.fn(() => Promise.resolve({ status: 'unknown' } as const));
    await checkKey(check, { query: { include } });
    expect(check).toHaveBeenCalledWith(KEY, { includesOrganizations });
  });

  it('distinguishes an unknown and an inactive key only by the status', async () => {
    const [unknown, inactive] = await Promise.all(
      (['unknown', 'inactive'] as const).map((status) => checkKey(() => Promise.resolve({ status }))),
    );
    expect(unknown).toMatchObject({ status: 200, body: { status: 'unknown', cacheSeconds: 300 } });
    expect(inactive).toEqual({ ...unknown, body: { status: 'inactive', cacheSeconds: 300 } });
  });

  it.each(['license-key', 'LICENSE-KEY'])('reads the key from the header %s', async (name) => {
    const check = jest.fn(() => Promise.resolve({ status: 'unknown' } as const));
    await checkKey(check, { headers: { [name]: ` ${KEY} ` } });
    expect(check).toHaveBeenCalledWith(KEY, { includesOrganizations: false });
  });

  it.each<Record<string, string>>([{}, { 'License-Key': '' }, { 'License-Key': '  ' }])(
    'says that the key is missing: %j',
    async (headers) => {
      expect(await checkKey(rejectIfCalled, { headers })).toMatchObject({
        status: 400,
        headers: { 'cache-control': 'no-store' },
        body: { error: 'missingLicenseKey', detail: expect.stringContaining('License-Key') as string },
      });
    },
  );

  it.each(['HEAD', 'POST', 'DELETE', 'OPTIONS'])('refuses %s, without CORS headers', async (method) => {
    const response = await checkKey(rejectIfCalled, { method });
    expect(response).toMatchObject({
      status: 405,
      headers: { allow: 'GET' },
      body: {
        error: 'methodNotAllowed',
        detail: `${method} is not allowed on this resource. Allowed methods: GET.`,
      },
    });
    expect(JSON.stringify(response.headers)).not.toMatch(/access-control/i);
  });

  it('responds 503 with Retry-After if the table is busy', async () => {
    const busy = () => Promise.reject(ScimError.unavailable('The database is busy. Ask again.', 1));
    expect(await checkKey(busy)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', 'cache-control': 'no-store' },
      body: { error: 'unavailable', detail: 'The database is busy. Ask again.' },
    });
  });

  it('hides the cause of an internal error, and logs it', async () => {
    const error = jest.spyOn(logger, 'error').mockImplementation(() => undefined);
    const { status, body } = await checkKey(() => Promise.reject(new Error('A name of something inside.')));
    expect(status).toBe(500);
    expect(body).toEqual({ error: 'internal', detail: expect.stringContaining('request-1') as string });
    expect(error).toHaveBeenCalledTimes(1);
    error.mockRestore();
  });

  it('never logs the key', async () => {
    const lines: string[] = [];
    const info = jest
      .spyOn(logger, 'info')
      .mockImplementation((...line) => void lines.push(JSON.stringify(line)));
    await checkKey(() => Promise.resolve({ status: 'unknown' }));
    await checkKey(rejectIfCalled, { method: 'POST' });
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain(KEY.slice(0, 5));
    info.mockRestore();
  });
});
