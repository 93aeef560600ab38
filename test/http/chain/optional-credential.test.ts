import { INVALID_KEY_DETAIL } from '../../../shared/credentials/authorization';
import { optionalCredential } from '../../../shared/http/chain/optional-credential';
import { ok } from '../../../shared/http/chain/response';
import { scimHandler } from '../../../shared/http/chain/scim-handler';
import type { CredentialDecision } from '../../../shared/service/credentials/credential-check';
import {
  apiEvent,
  type EventInput,
  lambdaContext,
  parseBody,
  PRINCIPAL,
} from '../../support/requests/api-events';

const DECISIONS: Readonly<Record<string, CredentialDecision>> = {
  good: { kind: 'granted', domainId: 'domain-1', context: PRINCIPAL, usageIdentifierKey: 'usage' },
  expired: {
    kind: 'granted',
    domainId: 'domain-1',
    context: { ...PRINCIPAL, expireTime: '2020-01-01T00:00:00Z' },
    usageIdentifierKey: 'usage',
  },
  off: { kind: 'denied', domainId: 'domain-1', reason: 'Off.' },
};

let checked: string[];
let printed: string[];
const handler = scimHandler(
  () => [
    { method: 'GET', path: '/open', access: 'anyone', handle: ({ principal }) => ok({ principal }) },
    { method: 'GET', path: '/closed', handle: ({ principal }) => ok({ principal }) },
  ],
  Date.now,
  optionalCredential((authorization) => {
    checked.push(authorization);
    return Promise.resolve(DECISIONS[authorization] ?? { kind: 'refused' });
  }),
);
const send = (input: EventInput) => handler(apiEvent({ authorizer: null, ...input }), lambdaContext);

beforeAll(() => {
  process.env.RATE_PLANS = JSON.stringify({ unmetered: null });
});
beforeEach(() => {
  checked = [];
  printed = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => printed.push(String(line)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const loggedDomains = () =>
  printed
    .map((line) => JSON.parse(line) as { message?: string; domainId?: string })
    .filter(({ message }) => message === 'request')
    .map(({ domainId }) => domainId);

describe('a function behind a method without an authorizer', () => {
  it('serves an open route without a credential, and logs no domain', async () => {
    const response = await send({ path: '/open' });
    expect([response.statusCode, parseBody(response)]).toEqual([200, {}]);
    expect(checked).toEqual([]);
    expect(loggedDomains()).toEqual([undefined]);
  });

  it.each(['/closed', '/unknown'])(
    'refuses %s without a credential, so that paths stay unknown',
    async (path) => {
      expect((await send({ path })).statusCode).toBe(401);
      expect((await send({ path, method: 'DELETE' })).statusCode).toBe(401);
    },
  );

  it.each(['Authorization', 'authorization', 'AUTHORIZATION'])(
    'identifies the client by the header %s, and logs its domain',
    async (name) => {
      for (const path of ['/open', '/closed']) {
        const response = await send({ path, headers: { [name]: 'good' } });
        expect([response.statusCode, parseBody(response)]).toEqual([
          200,
          { principal: { ...PRINCIPAL, connectionId: PRINCIPAL.keyId } },
        ]);
      }
      expect(loggedDomains()).toEqual(['domain-1', 'domain-1']);
    },
  );

  it.each<[string, number, string | undefined]>([
    ['bad', 401, INVALID_KEY_DETAIL],
    ['', 401, INVALID_KEY_DETAIL],
    ['off', 403, 'Off.'],
    ['expired', 401, undefined],
  ])('refuses the credential %j with %d', async (Authorization, status, detail) => {
    const response = await send({ path: '/open', headers: { Authorization } });
    expect(response.statusCode).toBe(status);
    if (detail !== undefined) expect(parseBody(response)).toMatchObject({ status: String(status), detail });
    expect(response.headers?.['www-authenticate']).toBe(status === 401 ? 'Bearer realm="scim"' : undefined);
  });

  it('does not check a credential again that the authorizer has checked', async () => {
    await send({ path: '/open', headers: { Authorization: 'bad' }, authorizer: PRINCIPAL });
    expect(checked).toEqual([]);
  });
});
