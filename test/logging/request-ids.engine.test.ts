import { eventually } from '../support/jest/timeouts';
import { type AdminBody, adminClient } from '../support/system/admin-client';
import { createDomainClient, type DomainClient, session } from '../support/system/system';

const admin = adminClient();
let domain: DomainClient;
let userId = '';

interface Response {
  readonly headers: Headers;
  readonly body: unknown;
}

interface Trace {
  /** The saved query that finds the lines of the request. */
  readonly query: 'Request/scim' | 'Request/admin';
  /** The audit event of the change. */
  readonly action: string;
}

const scim = (method: string, path: string, body?: unknown) => domain.request(method, path, body);
const ofDomain = (path: string) => `/domains/${domain.domainId}${path}`;

beforeAll(async () => {
  domain = await createDomainClient();
  const created = await scim('POST', '/Users', {
    userName: `first@${domain.domainId}.example`,
    emails: [{ value: `first@${domain.domainId}.example` }],
  });
  userId = (created.body as { id: string }).id;
});

const newUser = (name: string) => ({ userName: `${name}@${domain.domainId}.example` });

/** One change by each function that writes, and by each kind of administration. */
const CHANGES: readonly [string, () => Promise<Response>, Trace][] = [
  [
    'users',
    () => scim('POST', '/Users', newUser('second')),
    { query: 'Request/scim', action: 'user.created' },
  ],
  [
    'groups',
    () => scim('POST', '/Groups', { displayName: 'All', members: [{ value: userId }] }),
    { query: 'Request/scim', action: 'group.created' },
  ],
  [
    'bulk',
    () =>
      scim('POST', '/Bulk', {
        Operations: [{ method: 'POST', path: '/Users', bulkId: 'a', data: newUser('third') }],
      }),
    { query: 'Request/scim', action: 'user.created' },
  ],
  [
    'users, refused',
    () => scim('POST', '/Users', newUser('first')),
    { query: 'Request/scim', action: 'request.refused' },
  ],
  [
    'not-found, refused',
    () => scim('PUT', '/Nothing', {}),
    { query: 'Request/scim', action: 'request.refused' },
  ],
  [
    'admin, settings of a domain',
    () => admin('PATCH', ofDomain(''), { notifyAddresses: ['owner@example.com'] }),
    { query: 'Request/admin', action: 'domain.updated' },
  ],
  [
    'admin, a new SCIM key',
    () => admin('POST', ofDomain('/keys'), { name: 'second' }),
    { query: 'Request/admin', action: 'key.created' },
  ],
  [
    'admin, a resent email',
    () => admin('POST', ofDomain(`/users/${userId}/resend-mail`)),
    { query: 'Request/admin', action: 'license.mailRequested' },
  ],
  [
    'admin, a replaced license key',
    () => admin('POST', ofDomain(`/licenses/${userId}/replace-key`)),
    { query: 'Request/admin', action: 'license.keyReplaced' },
  ],
  [
    'admin, a deactivated user',
    () => admin('POST', ofDomain(`/users/${userId}/deactivate`)),
    { query: 'Request/admin', action: 'user.updated' },
  ],
  [
    'admin, refused',
    () => admin('POST', ofDomain('/keys'), { name: 7 }),
    { query: 'Request/admin', action: 'request.refused' },
  ],
  [
    'admin, a new domain',
    () => admin('POST', '/domains', { name: 'Traced' }),
    { query: 'Request/admin', action: 'domain.created' },
  ],
];

test.each(CHANGES)('%s: the request ID leads to all lines and to the audit event', async (_, send, found) => {
  const response = await send();
  const requestId = response.headers.get('x-request-id') ?? '';
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);

  const { domainId } = found.action === 'domain.created' ? (response.body as AdminBody) : domain;
  const { items } = (await admin('GET', `/domains/${domainId}/audit-events?limit=50`)).body;
  const event = items.find((each) => each.requestId === requestId);
  expect(event?.action ?? `no event of ${items.map(({ action }) => action).join()}`).toBe(found.action);
  expect(event?.actor).not.toHaveProperty('requestId');

  await eventually('the lines of the access log and of the function', async () => {
    const url = `${session().controlUrl}/insights?name=${found.query}&REQUEST-ID=${requestId}`;
    const rows = (await (await fetch(url)).json()) as Record<string, unknown>[];
    const ofFunction = rows.filter(({ message }) => message === 'request' || message === 'admin request');
    return ofFunction.length === 1 && new Set(rows.map((row) => row['@log'])).size >= 2;
  });
});
