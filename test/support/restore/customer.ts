import type { Session } from '../../../local/product/session';
import type { ChangeEvent } from '../../../shared/events/event';
import { eventually } from '../jest/timeouts';
import { patchBody, replaceBody, uniqueName, userBody } from '../requests/bodies';
import { cli } from './operator';

/** A user, with the key that was emailed. */
export interface Licensed {
  readonly userId: string;
  readonly userName: string;
  readonly licenseKey: string;
}

/** A domain with connections, users, and a product that reads its events. */
export interface Customer {
  readonly domainId: string;
  readonly scimKey: string;
  readonly keyId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly groupId: string;
  readonly users: readonly Licensed[];
  readonly eventsToken: string;
}

interface Mail {
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly text: string };
}

/** The number of users that an identity provider creates at the same time. */
const AT_ONCE = 5;

/**
 * Creates a domain as an operator, an identity provider, and a product do, and waits until all users have
 * their keys.
 */
export async function createCustomer(
  session: Session,
  state: string,
  { users: count, endpoint }: { readonly users: number; readonly endpoint: string },
): Promise<Customer> {
  const { domainId } = await cli<{ domainId: string }>(
    state,
    ...['domain', 'create', 'Restored Inc', '--rate-plan', 'unmetered'],
  );
  const ofDomain = ['--domain', domainId];
  await cli(
    state,
    ...['subscription', 'create', '--name', 'Hook', '--kind', 'webhook', '--endpoint', endpoint, ...ofDomain],
  );
  const feed = await cli<{ token: string }>(
    state,
    ...['subscription', 'create', '--name', 'Feed', ...ofDomain],
  );
  const key = await cli<{ token: string; key: { keyId: string } }>(state, 'key', 'create', domainId);
  const connection = await cli<{ connectionId: string }>(state, 'connection', 'create', domainId);
  const secret = await cli<{ clientId: string; clientSecret: string }>(
    state,
    ...['connection', 'add-secret', domainId, connection.connectionId],
  );
  const call = client(session, key.token);
  const users: Licensed[] = [];
  while (users.length < count) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - users.length) });
    users.push(...(await Promise.all(batch.map(() => addUser(session, call)))));
  }
  const members = users.map(({ userId: value }) => ({ value }));
  const group = await call('POST', '/Groups', { displayName: uniqueName('group'), members });
  return {
    ...{ domainId, scimKey: key.token, keyId: key.key.keyId, eventsToken: feed.token },
    ...{ clientId: secret.clientId, clientSecret: secret.clientSecret },
    groupId: group.id,
    users,
  };
}

/** Sends a SCIM request, and returns the body of its response. Throws if it is refused. */
export type Call = (method: string, path: string, body?: object) => Promise<{ readonly id: string }>;

export const client =
  ({ baseUrl }: Session, token: string): Call =>
  async (method, target, body) => {
    const response = await fetch(baseUrl + target, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as { id: string };
  };

/** Creates a user, and waits for the email with the key. */
export async function addUser(session: Session, call: Call): Promise<Licensed> {
  const userName = uniqueName();
  const { id: userId } = await call('POST', '/Users', userBody(userName));
  let licenseKey = '';
  await eventually(`the email to ${userName}`, async () => {
    const mail = (await mailsOf(session)).find(({ destination }) => destination.to.includes(userName));
    [licenseKey = ''] = /([0-9A-Z]{5}-){4}[0-9A-Z]{5}/.exec(mail?.body.text ?? '') ?? [];
    return licenseKey !== '';
  });
  return { userId, userName, licenseKey };
}

export const setActive = (call: Call, userId: string, active: boolean) =>
  call('PATCH', `/Users/${userId}`, replaceBody('active', active));

export const setTitle = (call: Call, userId: string, title: string) =>
  call('PATCH', `/Users/${userId}`, replaceBody('title', title));

export const removeMember = (call: Call, groupId: string, userId: string) =>
  call('PATCH', `/Groups/${groupId}`, patchBody({ op: 'remove', path: `members[value eq "${userId}"]` }));

/** Returns all emails since the system started. */
export const mailsOf = async ({ mailUrl }: Session): Promise<Mail[]> =>
  ((await (await fetch(`${mailUrl}/store`)).json()) as { emails: Mail[] }).emails;

/**
 * The answer of the product's check of each license: the response of the check, or its status if it was
 * refused.
 */
export type LicenseChecks = Record<string, unknown>;

export async function licenseChecks(
  { licenseCheckUrl }: Session,
  users: readonly Licensed[],
): Promise<LicenseChecks> {
  const statuses: LicenseChecks = {};
  for (const { userName, licenseKey } of users) {
    const response = await fetch(licenseCheckUrl, { headers: { 'license-key': licenseKey } });
    statuses[userName] = response.ok ? await response.json() : response.status;
  }
  return statuses;
}

/** Requests an access token with the client secret. */
export async function accessToken(
  { baseUrl }: Session,
  { clientId, clientSecret }: Pick<Customer, 'clientId' | 'clientSecret'>,
): Promise<string> {
  const response = await fetch(baseUrl.replace(/\/v2$/, '/oauth2/token'), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined)
    throw new Error(`The client got no token: ${response.status} ${JSON.stringify(body)}`);
  return body.access_token;
}

export interface FeedPage {
  readonly status: number;
  readonly items: readonly ChangeEvent[];
  readonly next: string;
}

/** Reads the events of a domain with the token of its product. */
export async function readEvents(
  { adminUrl }: Session,
  { domainId, eventsToken }: Pick<Customer, 'domainId' | 'eventsToken'>,
  after?: string,
): Promise<FeedPage> {
  const cursor = after === undefined ? '' : `&after=${after}`;
  const response = await fetch(`${adminUrl}/domains/${domainId}/events?limit=100${cursor}`, {
    headers: { authorization: `Bearer ${eventsToken}` },
  });
  const body = (await response.json()) as Partial<FeedPage>;
  return { items: [], next: '', ...body, status: response.status };
}
