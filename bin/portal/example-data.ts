import { setTimeout as sleep } from 'node:timers/promises';
import { HANG_LIMIT_MS, until } from '../../local/host/processes/until';
import { groupBody, PEOPLE, replacePatch, USER_SCHEMA, userBody } from './example-resources';

/** The addresses of a running system, from its session. */
export interface RunningSystem {
  /** The SCIM base URL. */
  readonly baseUrl: string;
  readonly adminUrl: string;
  readonly adminToken: string;
  readonly controlUrl: string;
  readonly portalUrl: string;
}

export interface ExampleData {
  readonly domainId: string;
  readonly userId: string;
  /** A group of which the user is a member. */
  readonly groupId: string;
  /** A user whose email bounced. */
  readonly bouncedUserId: string;
  /** A domain without users. */
  readonly emptyDomainId: string;
  /** A connection with a SCIM key that is used. */
  readonly oktaConnectionId: string;
  /** A connection with a client secret and a workload identity trust, and without requests. */
  readonly entraConnectionId: string;
  /** A deleted user. */
  readonly deletedUserId: string;
  /** The email addresses of accounts at the local issuer. */
  readonly ownerEmail: string;
  readonly viewerEmail: string;
}

const SEATS = 5;
const POLL_MS = 100;

/**
 * Sends JSON and returns the JSON of the response. Waits and retries if the rate limit refuses the request, and
 * throws on any other error status.
 */
export async function callJson<T>(url: string, token: string, method: string, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response.status === 429) {
    await sleep(1_000 * Number(response.headers.get('retry-after') ?? 1));
    return callJson(url, token, method, body);
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Adds an account with a role in a domain to the local issuer, and returns its email address. */
export async function addAccount(running: RunningSystem, domainId: string, role: string): Promise<string> {
  const id = `${role}-${domainId}`;
  const email = `${id}@example.com`;
  const account = {
    id,
    email,
    name: role === 'owner' ? 'Oscar Owner' : 'Vera Viewer',
    roles: [`${domainId}:${role}`],
  };
  await callJson(`${running.controlUrl}/accounts`, '', 'POST', account);
  return email;
}

/** Creates a domain with users, groups, keys, a refused request and a history. One user has no seat. */
export async function createExample(running: RunningSystem, name = 'Example Inc'): Promise<ExampleData> {
  const { adminUrl, adminToken, baseUrl } = running;
  const { domainId } = await callJson<{ domainId: string }>(`${adminUrl}/domains`, adminToken, 'POST', {
    name,
    ratePlan: 'gallery',
    seats: SEATS,
    seatPolicy: 'wait',
  });
  const subscribed = createSubscriptions(`${adminUrl}/domains/${domainId}/subscriptions`, adminToken);
  const { token, ...connections } = await createConnections((method, path, body) =>
    callJson(`${adminUrl}/domains/${domainId}${path}`, adminToken, method, body),
  );

  const scim = <T>(method: string, path: string, body: unknown) =>
    callJson<T>(baseUrl + path, token, method, body);
  const leaver = await scim<{ id: string }>('POST', '/Users', userBody(['Leah', 'Leaver', 'Basic User']));
  await scim('DELETE', `/Users/${leaver.id}`, undefined);
  const ids: string[] = [];
  for (const person of PEOPLE) ids.push((await scim<{ id: string }>('POST', '/Users', userBody(person))).id);
  const [userId = '', secondId = '', bouncedUserId = '', thirdId = ''] = ids;
  const group = await scim<{ id: string }>('POST', '/Groups', groupBody('Engineering', [userId, secondId]));
  await scim('POST', '/Groups', groupBody('Everyone in the northern offices', [userId, thirdId]));
  await scim('PATCH', `/Users/${userId}`, replacePatch({ title: 'Analyst', 'name.middleName': 'King' }));
  await scim('PATCH', `/Users/${thirdId}`, replacePatch({ active: false }));
  await scim('POST', '/Users', { schemas: [USER_SCHEMA], userName: '' }).catch(() => undefined);
  await createMappings(`${adminUrl}/domains/${domainId}/mappings`, adminToken);
  const { domainId: emptyDomainId } = await callJson<{ domainId: string }>(
    `${adminUrl}/domains`,
    adminToken,
    'POST',
    {
      name: 'The Northern Example Company of Long Names and Sons',
      scimEnabled: false,
    },
  );
  await waitForBounce(`${adminUrl}/domains/${domainId}/suppressed-addresses`, adminToken);
  await subscribed;
  return {
    domainId,
    ...connections,
    userId,
    groupId: group.id,
    bouncedUserId,
    emptyDomainId,
    deletedUserId: leaver.id,
    ownerEmail: await addAccount(running, domainId, 'owner'),
    viewerEmail: await addAccount(running, domainId, 'viewer'),
  };
}

type CallDomain = <T>(method: string, path: string, body?: unknown) => Promise<T>;

const TENANT = '1b2c3d4e-5f60-4718-92a3-b4c5d6e7f809';
const APPLICATION = '0d9c7a52-6f3e-4b7a-8f0e-6a1d2c3b4e5f';

/** A trust in a workload identity of Entra ID. */
const TRUST = {
  issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  jwksUrl: `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
  subject: '5f0c1b1e-8c37-4f0e-9a55-2d3b7c1d9e10',
  audiences: [APPLICATION, `api://${APPLICATION}`],
  tenant: TENANT,
};

/** Creates connections of Okta and Entra ID, and a revoked key without a connection. Returns the key of Okta. */
async function createConnections(call: CallDomain) {
  const old = await call<{ key: { keyId: string } }>('POST', '/keys', { name: 'Old connection' });
  await call('DELETE', `/keys/${old.key.keyId}`);
  const connect = async (name: string, identityProvider: string) =>
    (await call<{ connectionId: string }>('POST', '/connections', { name, identityProvider })).connectionId;
  const entraConnectionId = await connect('Entra ID', 'entra-id');
  await call('POST', `/connections/${entraConnectionId}/secrets`, { name: '2026' });
  await call('POST', `/connections/${entraConnectionId}/trusts`, TRUST);
  const oktaConnectionId = await connect('Okta', 'okta');
  const expireTime = new Date(Date.now() + 14 * 24 * 3_600_000).toISOString();
  const { token } = await call<{ token: string }>('POST', '/keys', {
    name: 'Okta',
    connectionId: oktaConnectionId,
    expireTime,
  });
  return { entraConnectionId, oktaConnectionId, token };
}

/** Mappings of each kind. Only the first two match users. */
const MAPPINGS = [
  {
    from: { kind: 'group', by: 'displayName', value: 'Engineering' },
    to: { kind: 'organization', organization: 'Research', role: 'lead' },
  },
  {
    from: { kind: 'attribute', path: 'title', value: 'Analyst' },
    to: { kind: 'organization', organization: 'Finance', role: 'member' },
  },
  {
    from: { kind: 'entitlement', value: 'professional' },
    to: { kind: 'userType', userType: 'Full User' },
  },
  { from: { kind: 'role', value: 'admin' }, to: { kind: 'administrator', role: 'owner', license: false } },
  { from: { kind: 'group', by: 'externalId', value: '00g-contractors' }, to: { kind: 'noLicense' } },
];

/** Creates mappings and organizations, and waits until all users are evaluated. */
async function createMappings(url: string, token: string): Promise<void> {
  await callJson(url, token, 'PUT', {
    version: 0,
    mappings: MAPPINGS,
    organizations: [
      { name: 'Research', roles: ['member', 'lead'] },
      { name: 'Finance', roles: ['member'] },
    ],
  });
  const isEvaluated = async () =>
    (await callJson<{ evaluation?: { finishedAt?: string } }>(url, token, 'GET')).evaluation?.finishedAt !==
    undefined;
  await until('the evaluation of the users', HANG_LIMIT_MS, isEvaluated, POLL_MS);
}

/** Creates a subscription of each kind. The endpoint of the webhook does not exist. Waits until it has failed. */
async function createSubscriptions(url: string, token: string): Promise<void> {
  const endpoint = 'https://hooks.example.invalid/scim';
  const subscriptions = [
    { name: 'Reports', kind: 'feed', types: ['license.activated', 'license.ended'] },
    { name: 'Example Product', kind: 'webhook', endpoint },
    { name: 'Directory', kind: 'setPush', endpoint, authorization: 'Bearer example' },
    { name: 'Analytics', kind: 'setPoll', types: ['user.created', 'user.deleted'] },
    { name: 'Rules', kind: 'eventBridge', content: 'full' },
  ];
  const [, webhook] = await Promise.all(
    subscriptions.map((body) =>
      callJson<{ subscription: { subscriptionId: string } }>(url, token, 'POST', body),
    ),
  );
  const { subscriptionId = '' } = webhook?.subscription ?? {};
  await callJson(`${url}/${subscriptionId}/test-events`, token, 'POST');
}

/** Waits until an email has bounced. Emails are sent and bounce asynchronously. */
export async function waitForBounce(url: string, token: string): Promise<void> {
  const check = async () => (await callJson<{ items: unknown[] }>(url, token, 'GET')).items.length > 0;
  await until('the bounced email', HANG_LIMIT_MS, check, POLL_MS);
}
