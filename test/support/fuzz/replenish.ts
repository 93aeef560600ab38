import { createOAuthClient } from '../oauth/token-client';
import { adminClient } from '../system/admin-client';
import { SUBSCRIBED_KINDS, type World } from './world';

/** A domain may have 20 subscriptions and 20 setup links that are valid. Requests create some, too. */
const MAX_OTHERS = 8;

/**
 * Switches the domain on again, and replaces what requests have deleted, so that later requests refer to
 * things that exist.
 */
export async function replenish(world: World): Promise<void> {
  const { domainId } = world;
  const limits = { mailPaused: false, mailDelayMinutes: 0, mailsPerHour: null, seats: null };
  await adminClient()('PATCH', `/domains/${domainId}`, {
    ...{ scimAvailable: true, scimEnabled: true, ratePlan: 'unmetered', ...limits },
  });
  await replenishResources(world);
  await replenishConnections(world);
  await replenishSubscriptions(world);
  await replenishAdministrators(world);
  await replenishLinks(world);
}

async function replenishResources({ things, ids }: World): Promise<void> {
  const exists = async (path: string) => (await things.domain.request('GET', path)).status === 200;
  for (const [at, userId] of ids.userId.entries())
    if (!(await exists(`/Users/${userId}`))) ids.userId[at] = (await things.user()) ?? userId;
  for (const [at, groupId] of ids.groupId.entries())
    if (!(await exists(`/Groups/${groupId}`))) ids.groupId[at] = (await things.group(ids.userId)) ?? groupId;
}

async function replenishConnections(world: World): Promise<void> {
  const { things, ids, credentials, domainId, mark } = world;
  const isValid = async (connectionId = '', credentialId = '') => {
    const { status, body } = await adminClient()('GET', `${things.path}/connections/${connectionId}`);
    const credential = status === 200 && body.credentials.find((each) => each.credentialId === credentialId);
    return credential && body.status === 'active' && credential.revokedAt === undefined;
  };
  if (!(await isValid(ids.keyId[0], ids.keyId[0]))) {
    const created = await things.key();
    if (created) {
      ids.keyId = [created.key.keyId];
      credentials.add(created.token);
    }
  }
  if (await isValid(ids.connectionId[0], ids.credentialId[0])) return;
  const { clientId, clientSecret, connectionId, credentialId } = await createOAuthClient(
    domainId,
    `Entra ${mark}`,
  );
  credentials.add(clientSecret);
  world.oauth = { clientId, clientSecret };
  [ids.connectionId, ids.credentialId] = [[connectionId], [credentialId]];
}

async function replenishSubscriptions(world: World): Promise<void> {
  const { things, ids, subscriptions, eventsTokens, values } = world;
  const admin = adminClient();
  const base = `${things.path}/subscriptions`;
  const pathOf = (subscriptionId: string) => `${base}/${subscriptionId}`;
  const { items } = (await admin('GET', base)).body;
  const others = items.map((each) => each.subscriptionId).filter((id) => !ids.subscriptionId.includes(id));
  for (const id of others.slice(MAX_OTHERS)) await admin('DELETE', pathOf(id));
  for (const kind of SUBSCRIBED_KINDS) {
    const change = { state: 'active', ...(kind === 'webhook' && { endpoint: things.receiver.url }) };
    if ((await admin('PATCH', pathOf(subscriptions[kind]), change)).status === 200) continue;
    const created = await things[kind]();
    if (!created) continue;
    subscriptions[kind] = created.subscription.subscriptionId;
    if (kind !== 'webhook') rememberToken(world, kind, created.token);
  }
  ids.subscriptionId = Object.values(subscriptions);
  const status = await admin('GET', `${pathOf(subscriptions.webhook)}/delivery-status`);
  ids.secretId = listOf<{ secretId: string }>(status.body.secrets).map(({ secretId }) => secretId);

  const feed = await adminClient(eventsTokens.feed)('GET', `${things.path}/events?limit=1`);
  if (feed.status !== 200) await replaceToken(world, 'feed', pathOf(subscriptions.feed));
  const poll = () =>
    adminClient(eventsTokens.setPoll)('POST', `${pathOf(subscriptions.setPoll)}/sets`, {
      returnImmediately: true,
    });
  if ((await poll()).status !== 200) await replaceToken(world, 'setPoll', pathOf(subscriptions.setPoll));
  values.ack = Object.keys((await poll()).body.sets ?? {});
}

async function replaceToken(world: World, kind: 'feed' | 'setPoll', path: string): Promise<void> {
  const { status, body } = await adminClient()('POST', `${path}/token`);
  if (status === 200) rememberToken(world, kind, body.token);
}

function rememberToken({ eventsTokens, credentials }: World, kind: 'feed' | 'setPoll', token: string): void {
  eventsTokens[kind] = token;
  credentials.add(token);
}

async function replenishAdministrators({ things, ids, adminTokens, credentials }: World): Promise<void> {
  for (const role of ['owner', 'viewer'] as const) {
    const { body } = await adminClient(adminTokens[role])('GET', things.path);
    if (body.domainId === things.domain.domainId) continue;
    const { id, token } = await things.administrator(role);
    adminTokens[role] = token;
    credentials.add(token);
    if (role === 'viewer') ids.administratorId = [id];
  }
  const { items } = (await adminClient()('GET', `${things.path}/invitations`)).body;
  if (items.some(({ invitationId }) => invitationId === ids.invitationId[0])) return;
  const created = await things.invitation();
  if (created) ids.invitationId = [created.invitationId];
}

/** Replaces the link whose secret and code requests have, and the one that is open in a browser. */
async function replenishLinks({ things, ids, values, adminTokens, credentials }: World): Promise<void> {
  const admin = adminClient();
  const path = `${things.path}/setup-links`;
  const { items } = (await admin('GET', path)).body as unknown as { items: readonly Link[] };
  const known = items.find(({ linkId }) => linkId === ids.linkId[0]);
  const others = items.filter((link) => link !== known && !link.openedAt && !link.revokedAt);
  for (const { linkId } of others.slice(MAX_OTHERS)) await admin('DELETE', `${path}/${linkId}`);
  if (!known || known.openedAt || known.revokedAt) {
    const link = await things.codedLink();
    if (link) {
      [ids.linkId, values.secret, values.code] = [[link.linkId], [link.secret], [link.code]];
      credentials.add(link.secret);
    }
  }
  if ((await adminClient(adminTokens.setup)('GET', `${things.path}/connections`)).status === 200) return;
  const opened = await things.openedLink();
  if (!opened) return;
  adminTokens.setup = opened.token;
  credentials.add(opened.token).add(opened.secret);
}

interface Link {
  readonly linkId: string;
  readonly openedAt?: string;
  readonly revokedAt?: string;
}

const listOf = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? (value as T[]) : []);
