import { type Conversation, loadConversations, replay } from '../replay/conversation';
import { patchBody, replaceBody, uniqueName, userBody } from '../requests/bodies';
import { type AdminClient, adminClient } from '../system/admin-client';
import { type ClientResponse, clientWithKey, type DomainClient } from '../system/system';

/** A domain that outlives a phase, with what its next phase must find. */
export interface KeptDomain {
  readonly domainId: string;
  readonly scimKey: string;
  readonly users: readonly string[];
  readonly groupId: string;
}

/**
 * Returns a client of the admin API. One of the versions may fail. What it was refused is reported at the end
 * of the phase.
 */
function persistentAdmin(): AdminClient {
  const call = adminClient();
  return async (...request) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await call(...request);
      if (response.status < 500 || attempt === MAX_ATTEMPTS) return response;
    }
  };
}

/** Creates a domain through the admin API, so that the functions write all of its items. */
async function createDomain(): Promise<DomainClient> {
  const admin = persistentAdmin();
  const settings = { name: 'Versions', ratePlan: 'unmetered' };
  const { domainId } = expectStatus(await admin('POST', '/domains', settings), 201).body as {
    domainId: string;
  };
  const key = expectStatus(await admin('POST', `/domains/${domainId}/keys`, { name: 'versions' }), 201);
  return clientWithKey(domainId, (key.body as { token: string }).token);
}

const MAX_ATTEMPTS = 10;

function expectStatus<T extends { readonly status: number; readonly body: unknown }>(
  response: T,
  status: number,
): T {
  if (response.status === status) return response;
  throw new Error(`${response.status} ${JSON.stringify(response.body)}`);
}

const idOf = ({ body }: ClientResponse): string => (body as { id: string }).id;

/** Adds users and changes all of what a domain has. Returns the domain for the next phase. */
export async function changeDomain(kept: KeptDomain | undefined): Promise<KeptDomain> {
  const client = kept ? clientWithKey(kept.domainId, kept.scimKey) : await createDomain();
  const call = async (status: number, method: string, path: string, body?: unknown) => {
    const response = await client.request(method, path, body);
    if (response.status === status) return response;
    throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(response.body)}`);
  };
  const former = kept?.users ?? [];
  const group =
    kept?.groupId ?? idOf(await call(201, 'POST', '/Groups', { displayName: uniqueName('group') }));
  await readAll(call, former, group);
  for (const id of former) {
    const path = `/Users/${id}`;
    await call(200, 'PATCH', path, replaceBody('title', uniqueName('title')));
    await call(200, 'PATCH', path, replaceBody('active', false));
    await call(200, 'PATCH', path, replaceBody('active', true));
  }
  const users: string[] = [];
  for (let at = 0; at < 4; at += 1) {
    const name = uniqueName('versions');
    const id = idOf(await call(201, 'POST', '/Users', userBody(name, { externalId: name })));
    const member = { op: 'add', path: 'members', value: [{ value: id }] };
    await call(200, 'PATCH', `/Groups/${group}`, patchBody(member));
    const found = await call(200, 'GET', `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}`);
    if ((found.body as { totalResults: number }).totalResults !== 1) throw new Error(`${name} is not found.`);
    users.push(id);
  }
  // One user of each phase is deleted by the next one, and one keeps what the phase left.
  for (const id of former.slice(0, 1)) await call(204, 'DELETE', `/Users/${id}`);
  const all = [...former.slice(1), ...users];
  await call(200, 'PUT', `/Groups/${group}`, {
    displayName: uniqueName('group'),
    members: all.map((value) => ({ value })),
  });
  await readAll(call, all, group);
  await administer(client, all);
  return { domainId: client.domainId, scimKey: client.scimKey, users: all, groupId: group };
}

/** Administers what a phase left: users with their licenses, the counts, a key, and the switch of SCIM. */
async function administer(client: DomainClient, users: readonly string[]): Promise<void> {
  const admin = persistentAdmin();
  const domain = `/domains/${client.domainId}`;
  const { items } = expectStatus(await admin('GET', `${domain}/users`), 200).body;
  if (items.length !== users.length)
    throw new Error(`The admin API lists ${items.length} users, and there are ${users.length}.`);
  for (const id of users) expectStatus(await admin('GET', `${domain}/users/${id}`), 200);
  const counts = expectStatus(await admin('POST', `${domain}/verify-counts`, {}), 200).body;
  if ((counts.differences as unknown[]).length > 0)
    throw new Error(`The counts differ: ${JSON.stringify(counts.differences)}`);
  const expectServed = async (served: DomainClient, status: number) =>
    void expectStatus(await served.request('GET', '/Users?count=0'), status);
  const created = expectStatus(await admin('POST', `${domain}/keys`, { name: 'temporary' }), 201).body;
  const temporary = clientWithKey(client.domainId, created.token);
  await expectServed(temporary, 200);
  expectStatus(await admin('DELETE', `${domain}/keys/${created.key.keyId}`), 204);
  await expectServed(temporary, 401);
  for (const scimEnabled of [false, true]) {
    expectStatus(await admin('PATCH', domain, { scimEnabled }), 200);
    await expectServed(client, scimEnabled ? 200 : 403);
  }
}

type Call = (status: number, method: string, path: string) => Promise<ClientResponse>;

/** Reads what a phase left in every way that has a path of its own in the stores. */
async function readAll(call: Call, users: readonly string[], group: string): Promise<void> {
  const members =
    ((await call(200, 'GET', `/Groups/${group}`)).body as { members?: unknown[] }).members ?? [];
  if (members.length !== users.length)
    throw new Error(`The group has ${members.length} members, and ${users.length} were added.`);
  for (const id of users) await call(200, 'GET', `/Users/${id}`);
  const listed = (await call(200, 'GET', '/Users?count=200')).body as { totalResults: number };
  if (listed.totalResults !== users.length)
    throw new Error(`The list has ${listed.totalResults} users, and there are ${users.length}.`);
  await call(200, 'GET', '/readiness');
}

/** The folders whose conversations two versions answer in the same way. */
const FOLDERS = ['idp', 'rfc7644'];

/**
 * The conversations that run at the same time. With more of them, so many instances of two versions start at
 * once that a busy machine lets calls to AWS run into their timeouts.
 */
const AT_ONCE = 4;

/**
 * Replays conversations, each in a domain of its own. Returns what failed, by the name of the conversation.
 */
export async function runConversations(
  names?: readonly string[],
  folders: readonly string[] = FOLDERS,
): Promise<Record<string, string | null>> {
  const conversations: readonly Conversation[] = folders.flatMap(loadConversations);
  const waiting = conversations.filter(({ name }) => !names || names.includes(name));
  const results: Record<string, string | null> = {};
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next.name] = await problemOf(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** Returns what failed in a conversation; null if nothing did. */
async function problemOf({ steps }: Conversation): Promise<string | null> {
  let at = 'the domain';
  try {
    const client = await createDomain();
    const run = replay(() => client);
    for (const step of steps) {
      at = step.name;
      await run(step);
    }
    return null;
  } catch (error) {
    return `${at}: ${String(error)}`;
  }
}
