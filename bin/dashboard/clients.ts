import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '../../local/product/session';

const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A domain with a SCIM key, and the client of its identity provider. */
export interface Client {
  readonly domainId: string;
  readonly send: (method: string, path: string, body?: unknown) => Promise<{ status: number; id: string }>;
}

export interface ClientOptions {
  readonly name: string;
  readonly keyName: string;
  readonly userAgent: string;
  /** Further settings of the domain. */
  readonly settings?: object;
}

/** Creates a domain with a SCIM key by the admin API. */
export async function createClient(session: Session, options: ClientOptions): Promise<Client> {
  const { name, keyName, userAgent, settings } = options;
  const domain = { name, ratePlan: 'gallery', mailMinutesPerAddress: 0, ...settings };
  const { domainId = '' } = await admin(session, '/domains', domain);
  const { token = '' } = await admin(session, `/domains/${domainId}/keys`, { name: keyName });
  return clientWith(session, domainId, token, userAgent);
}

/** Returns a client that uses a key, which may be wrong. */
export function clientWith(session: Session, domainId: string, token: string, userAgent: string): Client {
  const send: Client['send'] = async (method, path, body) => {
    const response = await fetch(session.baseUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'user-agent': userAgent,
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const id = /"id":"([^"]+)"/.exec(text)?.[1] ?? '';
    return { status: response.status, id };
  };
  return { domainId, send };
}

async function admin(
  session: Session,
  path: string,
  body: object,
): Promise<{ domainId?: string; token?: string }> {
  for (;;) {
    const response = await fetch(session.adminUrl + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${session.adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status === 201) return (await response.json()) as { domainId?: string; token?: string };
    if (response.status !== 429) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
    await sleep(1_000);
  }
}

/** Creates a user, by default with an address of SES's mailbox simulator that accepts emails. */
export const createUser = (
  { send }: Client,
  userName: string,
  address = `success+${userName}@simulator.amazonses.com`,
) =>
  send('POST', '/Users', {
    schemas: [USER_SCHEMA],
    userName,
    emails: [{ value: address, type: 'work', primary: true }],
  });

export const createGroup = ({ send }: Client, displayName: string) =>
  send('POST', '/Groups', { schemas: [GROUP_SCHEMA], displayName });

export const addMember = ({ send }: Client, groupId: string, userId: string) =>
  send('PATCH', `/Groups/${groupId}`, {
    schemas: [PATCH_SCHEMA],
    Operations: [{ op: 'add', path: 'members', value: [{ value: userId }] }],
  });

export const setActive = ({ send }: Client, userId: string, active: boolean) =>
  send('PATCH', `/Users/${userId}`, {
    schemas: [PATCH_SCHEMA],
    Operations: [{ op: 'replace', path: 'active', value: active }],
  });

export const findUser = ({ send }: Client, userName: string) =>
  send('GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
