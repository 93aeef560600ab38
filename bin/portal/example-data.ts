import { setTimeout as sleep } from 'node:timers/promises';
import { HANG_LIMIT_MS, until } from '../../local/host/processes/until';
import { groupBody, PEOPLE, replacePatch, USER_SCHEMA, userBody } from './example-resources';
import { type CallDomain, createConnections, createMappings, createSubscriptions } from './example-settings';

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
  /** A user whom an administrator manages manually, and who is not active. */
  readonly managedUserId: string;
  /** A deleted user. */
  readonly deletedUserId: string;
  /** The email addresses of accounts at the local issuer. */
  readonly ownerEmail: string;
  readonly viewerEmail: string;
}

/**
 * A user whom an administrator creates manually. Without a license, so that the seats are those of the
 * others.
 */
const MANAGED = {
  userName: 'mary.sand@example.com',
  displayName: 'Mary Sand',
  givenName: 'Mary',
  familyName: 'Sand',
  email: 'mary.sand@example.com',
  active: false,
};
const SEATS = 5;
const POLL_MS = 100;

/**
 * Sends JSON and returns the JSON of the response. Waits and retries if the rate limit refuses the request,
 * and throws on any other error status.
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
  const call: CallDomain = (method, path, body) =>
    callJson(`${adminUrl}/domains/${domainId}${path}`, adminToken, method, body);
  const subscribed = createSubscriptions(call);
  const { token, ...connections } = await createConnections(call);

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
  const managed = await call<{ userId: string }>('POST', '/users', { values: MANAGED });
  await createMappings(call);
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
    managedUserId: managed.userId,
    deletedUserId: leaver.id,
    ownerEmail: await addAccount(running, domainId, 'owner'),
    viewerEmail: await addAccount(running, domainId, 'viewer'),
  };
}

/** Waits until an email has bounced. Emails are sent and bounce asynchronously. */
export async function waitForBounce(url: string, token: string): Promise<void> {
  const check = async () => (await callJson<{ items: unknown[] }>(url, token, 'GET')).items.length > 0;
  await until('the bounced email', HANG_LIMIT_MS, check, POLL_MS);
}
