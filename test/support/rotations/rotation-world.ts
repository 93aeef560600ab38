import { uniqueName, userBody } from '../requests/bodies';
import { type AdminClient, adminClient, idTokenFor } from '../system/admin-client';
import { createOAuthClient, type OAuthClient } from '../oauth/token-client';
import { createSetupLink, openSetupLink } from '../system/setup-links';
import { waitForMail } from '../system/mails';
import { createDomainClient, type DomainClient } from '../system/system';
import { Receiver } from '../webhooks/receiver';

const LICENSE_KEY = /\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}\b/;
const USERS = 4;
const KEYS = 4;
/** The header that the receiver of SETs must get. */
export const RECEIVER_AUTHORIZATION = 'Bearer receiver-of-the-rehearsal';

export interface LicensedUser {
  readonly userId: string;
  readonly userName: string;
  readonly licenseKey: string;
}

/** The things that existed before the rotations, and must keep working. */
export interface RotationWorld {
  readonly domain: DomainClient;
  /** SCIM keys that were not used yet, so their next use is recorded. */
  readonly unusedKeys: readonly { readonly keyId: string; readonly token: string }[];
  readonly clients: readonly OAuthClient[];
  readonly users: readonly LicensedUser[];
  /** Tokens of the admin API that do not depend on the admin token. */
  readonly sessions: { readonly setupLink: string; readonly portal: string };
  readonly webhook: { readonly receiver: Receiver; readonly secret: string; readonly path: string };
  readonly setReceiver: Receiver;
}

/** Creates a domain with each kind of credential and token. */
export async function createRotationWorld(): Promise<RotationWorld> {
  const admin = adminClient();
  const domain = await createDomainClient({ name: 'Rotations' });
  const { domainId } = domain;
  const of = `/domains/${domainId}`;
  const link = uniqueName('link');
  const [receiver, setReceiver] = [new Receiver(), new Receiver()];
  const subscribe = (more: object) => created(admin, `${of}/subscriptions`, { name: 'Rotations', ...more });
  const [unusedKeys, clients, users, setupLink, portal, webhook] = await Promise.all([
    Promise.all(Array.from({ length: KEYS }, () => createKey(admin, domainId))),
    Promise.all([createOAuthClient(domainId, 'One'), createOAuthClient(domainId, 'Two')]),
    Promise.all(Array.from({ length: USERS }, () => createLicensedUser(domain))),
    createSetupLink(domainId, link).then((parts) => openSetupLink(parts, link)),
    idTokenFor({ id: 'rotations', name: 'Rotations', roles: ['operator'] }),
    subscribe({ kind: 'webhook', endpoint: receiver.url, content: 'notice' }),
    subscribe({
      ...{ kind: 'setPush', endpoint: setReceiver.url, content: 'full' },
      authorization: RECEIVER_AUTHORIZATION,
    }),
  ]);
  const { subscription, secret } = webhook as { subscription: { subscriptionId: string }; secret: string };
  const path = `${of}/subscriptions/${subscription.subscriptionId}`;
  return {
    domain,
    unusedKeys,
    clients,
    users,
    sessions: { setupLink, portal },
    webhook: { receiver, secret, path },
    setReceiver,
  };
}

/** Generates a SCIM key through the admin API. */
export async function createKey(
  admin: AdminClient,
  domainId: string,
): Promise<{ keyId: string; token: string }> {
  const { key, token } = await created(admin, `/domains/${domainId}/keys`, { name: 'Rotation' });
  return { keyId: (key as { keyId: string }).keyId, token: token as string };
}

/** Creates an active user, and waits for the email with the license key. */
export async function createLicensedUser(domain: DomainClient): Promise<LicensedUser> {
  const userName = uniqueName('rotation');
  const response = await domain.request('POST', '/Users', userBody(userName));
  const { id } = response.body as { id?: string };
  if (id === undefined) throw new Error(`The user was not created: ${response.status}`);
  return { userId: id, userName, licenseKey: await mailedKey(userName) };
}

/** Returns the license key in the newest of `count` emails. */
export async function mailedKey(userName: string, count = 1): Promise<string> {
  const mails = await waitForMail(userName, count);
  return LICENSE_KEY.exec(mails.at(-1)?.body.text ?? '')?.[0] ?? '';
}

async function created(
  admin: AdminClient,
  path: string,
  body: object,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await admin('POST', path, body);
  if (response.status !== 201)
    throw new Error(`POST ${path}: ${response.status} ${JSON.stringify(response.body)}`);
  return response.body;
}
