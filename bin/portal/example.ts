import { setTimeout as sleep } from 'node:timers/promises';

/** The addresses of a running system, from its session. */
export interface Running {
  /** The SCIM base URL. */
  readonly baseUrl: string;
  readonly adminUrl: string;
  readonly adminToken: string;
  readonly controlUrl: string;
  readonly portalUrl: string;
}

export interface Example {
  readonly domainId: string;
  readonly userId: string;
  /** A user whose email bounced. */
  readonly bouncedId: string;
  /** A domain without users. */
  readonly emptyId: string;
  /** A deleted user. */
  readonly goneId: string;
  /** The email addresses of accounts at the local issuer. */
  readonly owner: string;
  readonly viewer: string;
}

const PEOPLE = [
  ['Ada', 'Lovelace', 'Full User'],
  ['Grace', 'Hopper', 'Core User'],
  ['Hedy', 'Lamarr', 'Core User'],
  ['Katherine', 'Johnson', 'Full User'],
  ['Alan', 'Turing', 'Basic User'],
  ['Margaret', 'Hamilton', 'Core User'],
  ['Barbara', 'Liskov', 'Basic User'],
] as const;
const BOUNCED = 'Hedy';
const SEATS = 5;
const BOUNCE_TIMEOUT_MS = 30_000;
const POLL_MS = 100;
const PRODUCT = 'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Sends JSON and returns the JSON of the response. Throws on an error status. */
export async function call<T>(url: string, token: string, method: string, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Adds an account with a role in a domain to the local issuer, and returns its email address. */
export async function addAccount(running: Running, domainId: string, role: string): Promise<string> {
  const id = `${role}-${domainId}`;
  const email = `${id}@example.com`;
  const account = {
    id,
    email,
    name: role === 'owner' ? 'Oscar Owner' : 'Vera Viewer',
    roles: [`${domainId}:${role}`],
  };
  await call(`${running.controlUrl}/accounts`, '', 'POST', account);
  return email;
}

/** Creates a domain with users, groups, keys, a refused request and a history. One user has no seat. */
export async function makeExample(running: Running, name = 'Example Inc'): Promise<Example> {
  const { adminUrl, adminToken, baseUrl } = running;
  const { domainId } = await call<{ domainId: string }>(`${adminUrl}/domains`, adminToken, 'POST', {
    name,
    ratePlan: 'gallery',
    seats: SEATS,
    seatPolicy: 'wait',
  });
  const generateKey = (keyName: string, expireTime?: string) =>
    call<{ token: string; key: { keyId: string } }>(
      `${adminUrl}/domains/${domainId}/keys`,
      adminToken,
      'POST',
      {
        name: keyName,
        expireTime,
      },
    );
  const old = await generateKey('Old connection');
  const inTwoWeeks = new Date(Date.now() + 14 * 24 * 3_600_000).toISOString();
  const { token } = await generateKey('Okta', inTwoWeeks);
  await call(`${adminUrl}/domains/${domainId}/keys/${old.key.keyId}`, adminToken, 'DELETE');

  const scim = <T>(method: string, path: string, body: unknown) =>
    call<T>(baseUrl + path, token, method, body);
  const leaver = await scim<{ id: string }>('POST', '/Users', userOf(['Leah', 'Leaver', 'Basic User']));
  await scim('DELETE', `/Users/${leaver.id}`, undefined);
  const ids: string[] = [];
  for (const person of PEOPLE) ids.push((await scim<{ id: string }>('POST', '/Users', userOf(person))).id);
  const [userId = '', secondId = '', bouncedId = '', thirdId = ''] = ids;
  await scim('POST', '/Groups', group('Engineering', [userId, secondId]));
  await scim('POST', '/Groups', group('Everyone in the northern offices', [userId, thirdId]));
  await scim('PATCH', `/Users/${userId}`, replace({ title: 'Analyst', 'name.middleName': 'King' }));
  await scim('PATCH', `/Users/${thirdId}`, replace({ active: false }));
  await scim('POST', '/Users', { schemas: [USER], userName: 'no-address' }).catch(() => undefined);
  const { domainId: emptyId } = await call<{ domainId: string }>(`${adminUrl}/domains`, adminToken, 'POST', {
    name: 'The Northern Example Company of Long Names and Sons',
    scimEnabled: false,
  });
  await untilBounced(`${adminUrl}/domains/${domainId}/suppressed-addresses`, adminToken);
  return {
    domainId,
    userId,
    bouncedId,
    emptyId,
    goneId: leaver.id,
    owner: await addAccount(running, domainId, 'owner'),
    viewer: await addAccount(running, domainId, 'viewer'),
  };
}

/** Waits until an email has bounced. Emails are sent and bounce asynchronously. */
async function untilBounced(url: string, token: string): Promise<void> {
  const end = Date.now() + BOUNCE_TIMEOUT_MS;
  for (;;) {
    const { items } = await call<{ items: unknown[] }>(url, token, 'GET');
    if (items.length > 0) return;
    if (Date.now() > end) throw new Error(`No email bounced within ${BOUNCE_TIMEOUT_MS} ms.`);
    await sleep(POLL_MS);
  }
}

function userOf([givenName, familyName, userType]: readonly [string, string, string]) {
  const name = `${givenName}.${familyName}`.toLowerCase();
  // An address of SES's mailbox simulator, which the local host emulates.
  const address = givenName === BOUNCED ? `bounce+${name}@simulator.amazonses.com` : `${name}@example.com`;
  return {
    schemas: [USER, PRODUCT],
    userName: `${name}@example.com`,
    displayName: `${givenName} ${familyName}`,
    name: { givenName, familyName },
    emails: [{ value: address, type: 'work', primary: true }],
    active: true,
    [PRODUCT]: { nrUserType: userType },
  };
}

const group = (displayName: string, members: readonly string[]) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName,
  members: members.map((value) => ({ value })),
});

const replace = (value: object) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value }],
});
