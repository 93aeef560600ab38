import type { Session } from '../../local/product/session';
import { callJson, waitForBounce } from '../portal/example-data';
import type { HttpRequest } from './bru-file';

/** The value of the collection's variable `run`. Names that contain it are the same in each recording. */
export const RUN = 'example';

/** The addresses of an owner of a domain, and of an operator. */
export const OWNER_EMAIL = 'oscar@example.com';
export const OPERATOR_EMAIL = 'olivia@example.com';

const OTHER_SUBSCRIPTIONS = {
  feed: { name: 'Other feed', kind: 'feed' },
  pausedWebhook: { name: 'Paused webhook', kind: 'webhook', endpoint: 'https://hooks.example.com/paused' },
} as const;

/** Domains, users, and credentials that the cases need besides the resources of the collection. */
export interface Fixtures {
  /** The key of a domain in which SCIM is disabled. */
  readonly disabledKey: string;
  /** Returns the key of a new domain with a low rate limit. */
  readonly newLimitedKey: () => Promise<string>;
  /** The key of a domain without a free seat. */
  readonly fullKey: string;
  /** A user who was never active. */
  readonly inactiveUser: { readonly domainId: string; readonly userId: string };
  /** A domain with an owner and a viewer. */
  readonly owned: { readonly domainId: string; readonly ownerId: string; readonly viewerId: string };
  readonly operatorId: string;
  /** An address to which emails bounced. */
  readonly bounced: { readonly domainId: string; readonly address: string };
  /** Returns the id of another subscription of the scope (a domain or the deployment) that a URL names. */
  readonly otherSubscription: (url: string, which: keyof typeof OTHER_SUBSCRIPTIONS) => Promise<string>;
  /** Returns the ID token of a viewer of the domain in a URL of the admin API. */
  readonly viewerToken: (url: string) => Promise<string>;
  /** Returns the ID token of a portal user without any role. */
  readonly tokenWithoutRole: () => Promise<string>;
}

/** Creates what the cases need. */
export async function createFixtures(session: Session): Promise<Fixtures> {
  const { adminUrl, adminToken, baseUrl, scimKey, controlUrl } = session;
  const createDomain = async (domain: object) => {
    const { domainId } = await callJson<{ domainId: string }>(
      `${adminUrl}/domains`,
      adminToken,
      'POST',
      domain,
    );
    const keys = `${adminUrl}/domains/${domainId}/keys`;
    const { token } = await callJson<{ token: string }>(keys, adminToken, 'POST', { name: 'Connection' });
    return { domainId, key: token };
  };
  const idTokenOf = async (user: object) =>
    (await callJson<{ idToken: string }>(`${controlUrl}/id-token`, adminToken, 'POST', user)).idToken;
  const signIn = async (id: string, email: string, role: string) => {
    const claims = { email, email_verified: true };
    await callJson(`${adminUrl}/me`, await idTokenOf({ id, roles: [role], claims }), 'GET');
    return id;
  };
  const owned = await createDomain({ name: 'Owned Ltd' });
  const ownerId = await signIn('fixture-owner', OWNER_EMAIL, `${owned.domainId}:owner`);
  const viewerId = await signIn('fixture-viewer', 'vera@example.com', `${owned.domainId}:viewer`);
  const operatorId = await signIn('fixture-operator', OPERATOR_EMAIL, 'operator');
  const disabled = await createDomain({ name: 'Disabled Ltd', scimEnabled: false });
  const full = await createDomain({ name: 'Full Ltd', seats: 0, seatPolicy: 'refuse' });
  const createUser = async (key: string, user: object) => {
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], ...user };
    return (await callJson<{ id: string }>(`${baseUrl}/Users`, key, 'POST', body)).id;
  };
  const userId = await createUser(full.key, { userName: 'never.active', active: false });
  const address = 'bounce@simulator.amazonses.com';
  const bouncing = await createDomain({ name: 'Bouncing Ltd' });
  await createUser(bouncing.key, { userName: 'bouncing', emails: [{ value: address }] });
  await waitForBounce(`${adminUrl}/domains/${bouncing.domainId}/suppressed-addresses`, adminToken);
  const group = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: `Reviewers ${RUN}`,
  };
  await callJson(`${baseUrl}/Groups`, scimKey, 'POST', group);
  return {
    disabledKey: disabled.key,
    newLimitedKey: async () => (await createDomain({ name: 'Limited Ltd', ratePlan: 'standard' })).key,
    fullKey: full.key,
    inactiveUser: { domainId: full.domainId, userId },
    owned: { domainId: owned.domainId, ownerId, viewerId },
    operatorId,
    bounced: { domainId: bouncing.domainId, address },
    otherSubscription: otherSubscriptions(adminToken),
    viewerToken: (url) => {
      const [, domainId = session.domainId] = /\/domains\/([^/?]+)/.exec(url) ?? [];
      return idTokenOf({ id: `viewer-of-${domainId}`, name: 'Vera Viewer', roles: [`${domainId}:viewer`] });
    },
    tokenWithoutRole: () => idTokenOf({ id: 'newcomer', name: 'Nora Newcomer', roles: [] }),
  };
}

/** Creates a subscription when a case first needs it, so that no earlier example contains it. */
function otherSubscriptions(adminToken: string): Fixtures['otherSubscription'] {
  const ids = new Map<string, string>();
  return async (url, which) => {
    const [collection = ''] = /^.*\/subscriptions(?=\/)/.exec(url) ?? [];
    const key = `${which} ${collection}`;
    const known = ids.get(key);
    if (known !== undefined) return known;
    const { subscription } = await callJson<{ subscription: { subscriptionId: string } }>(
      collection,
      adminToken,
      'POST',
      OTHER_SUBSCRIPTIONS[which],
    );
    const { subscriptionId } = subscription;
    if (which === 'pausedWebhook')
      await callJson(`${collection}/${subscriptionId}`, adminToken, 'PATCH', { state: 'paused' });
    ids.set(key, subscriptionId);
    return subscriptionId;
  };
}

/** Sets the variable `run` in a request. */
export function withRun(request: HttpRequest): HttpRequest {
  const filled = (text: string) => text.replaceAll('{{run}}', RUN);
  return { ...request, url: filled(request.url), ...(request.body && { body: filled(request.body) }) };
}
