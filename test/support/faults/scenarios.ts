import { randomUUID } from 'node:crypto';
import { BULK_REQUEST } from '../../../shared/scim/urns';
import { loadConversations, replay } from '../replay/conversation';
import { patchBody, replaceBody, uniqueName, userBody } from '../requests/bodies';
import { runConcurrently } from '../requests/outcomes';
import type { ClientResponse, DomainClient } from '../system/system';
import { createFaultClient } from './fault-client';
import type { IdentityProvider } from './identity-provider';

/** The outcome of a scenario: the domain that it used, and a sentence for each step that failed. */
export interface ScenarioResult {
  readonly domainId: string;
  readonly problems: readonly string[];
  /** The domain is deleted at the end. */
  readonly isDeleted?: boolean;
}

/** Replays the conversations of the identity providers, each in a domain of its own, all at the same time. */
export const runConversations = (idp: IdentityProvider): Promise<ScenarioResult[]> =>
  Promise.all(
    loadConversations('idp').map(async ({ name, steps }) => {
      const client = await createFaultClient(idp);
      const run = replay(() => client);
      for (const step of steps) {
        try {
          await run(step);
        } catch (error) {
          // The later steps depend on this one.
          return { domainId: client.domainId, problems: [`${name}, ${step.name}: ${String(error)}`] };
        }
      }
      return { domainId: client.domainId, problems: [] };
    }),
  );

/**
 * Takes users through all changes of their licenses, in parallel, and puts them into one group. `users` is at
 * least 2. Of each three users, one stays active, one is deactivated, and one is deleted.
 */
export async function runLifecycles(idp: IdentityProvider, users: number): Promise<ScenarioResult> {
  const client = await createFaultClient(idp);
  const problems: string[] = [];
  const expecting = expecter(client, problems);
  const group = await expecting('POST', '/Groups', { displayName: `Team ${randomUUID()}` }, 201);
  const groupPath = `/Groups/${idOf(group)}`;
  const ids = await runConcurrently(users, async (at) => {
    const userName = uniqueName('faulty');
    const id = idOf(await expecting('POST', '/Users', userBody(userName), 201));
    const path = `/Users/${id}`;
    await expecting('PATCH', path, replaceBody('title', userName), 200);
    await expecting(
      'PATCH',
      groupPath,
      patchBody({ op: 'add', path: 'members', value: [{ value: id }] }),
      200,
    );
    await expecting('PATCH', path, replaceBody('active', false), 200);
    await expecting('PATCH', path, replaceBody('active', true), 200);
    if (at % 3 === 1) await expecting('PATCH', path, replaceBody('active', false), 200);
    if (at % 3 === 2) await expecting('DELETE', path, undefined, 204);
    return at % 3 === 2 ? [] : [id];
  });
  await runBulk(expecting);
  const kept = ids.flat();
  const members = kept.map((value) => ({ value }));
  await expecting('PUT', groupPath, { displayName: `Team ${randomUUID()}`, members }, 200);
  const read = await expecting('GET', groupPath, undefined, 200);
  const { length } = (read.body as { members?: unknown[] } | undefined)?.members ?? [];
  if (length !== kept.length) problems.push(`The group has ${length} members, not ${kept.length}.`);
  return { domainId: client.domainId, problems };
}

type Expecting = (method: string, path: string, body: unknown, status: number) => Promise<ClientResponse>;

const expecter =
  (client: DomainClient, problems: string[]): Expecting =>
  async (method, path, body, status) => {
    const response = await client.request(method, path, body);
    if (response.status !== status)
      problems.push(`${method} ${path}: ${response.status} ${JSON.stringify(response.body)}`);
    return response;
  };

const idOf = ({ body }: ClientResponse): string => (body as { id?: string } | undefined)?.id ?? 'none';

/** Creates users and a group of them in one bulk. */
async function runBulk(expecting: Expecting): Promise<void> {
  const users = Array.from({ length: 5 }, (_, at) => ({
    ...{ method: 'POST', path: '/Users', bulkId: `user-${at}` },
    data: userBody(uniqueName('bulk')),
  }));
  const members = users.map(({ bulkId }) => ({ value: `bulkId:${bulkId}` }));
  const group = {
    ...{ method: 'POST', path: '/Groups', bulkId: 'group' },
    data: { displayName: `Bulk ${randomUUID()}`, members },
  };
  await expecting('POST', '/Bulk', { schemas: [BULK_REQUEST], Operations: [...users, group] }, 200);
}
