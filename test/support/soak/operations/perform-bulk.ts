import { BULK_REQUEST, GROUP_SCHEMA } from '../../../../shared/scim/urns';
import { recordEffects, type Reply, type ScimClient } from '../actors/scim-client';
import type { Attributes } from './operation';
import { knowGroup } from './perform-groups';
import { creationEffects, know } from './perform-users';
import { sentValues, userOf } from './user-bodies';

interface Result {
  readonly bulkId?: string;
  readonly status: string;
  readonly location?: string;
  readonly response?: { readonly detail?: string };
}

const CONFLICT = '409';

/** Creates users, and a group of them, in one request. */
export async function createInBulk(
  client: ScimClient,
  bulk: {
    readonly users: readonly { readonly user: string; readonly values: Attributes }[];
    readonly group: string;
    readonly displayName: string;
  },
): Promise<void> {
  const { domain } = client;
  const { users, displayName } = bulk;
  const operations = users.map(({ user, values }) => ({
    ...{ method: 'POST', path: '/Users', bulkId: user },
    data: userOf(sentValues(values, domain.tag)),
  }));
  const members = users.map(({ user }) => ({ value: `bulkId:${user}` }));
  const group = {
    ...{ method: 'POST', path: '/Groups', bulkId: bulk.group },
    data: { schemas: [GROUP_SCHEMA], displayName, members },
  };
  const reply = await client.send('POST', '/Bulk', {
    schemas: [BULK_REQUEST],
    Operations: [...operations, group],
  });
  const results = (reply.body?.Operations ?? []) as Result[];
  const created: string[] = [];
  for (const { user, values } of users) {
    const sent = sentValues(values, domain.tag);
    const filter = `userName eq "${sent.userName}"`;
    const { outcome, id } = await outcomeOf(client, reply, results, { bulkId: user, filter, path: '/Users' });
    recordEffects({ ...reply, outcome }, creationEffects(domain.user(user), sent));
    if (outcome === 'done' && id !== undefined) know(domain.user(user), id, values);
    if (outcome !== 'refused') created.push(user);
  }
  const filter = `displayName eq "${displayName}"`;
  const { outcome, id } = await outcomeOf(client, reply, results, {
    ...{ bulkId: bulk.group, filter, path: '/Groups' },
  });
  // The members of a group that an earlier attempt has created may lack a user.
  const isSure = outcome === 'done' && reply.attempts === 1;
  knowGroup(
    client,
    { group: domain.group(bulk.group), displayName, id, users: created },
    { ...reply, outcome: isSure || outcome === 'refused' ? outcome : 'unknown' },
  );
}

/**
 * Returns the outcome of one operation of a bulk. An earlier attempt of the bulk may have created the
 * resource.
 */
async function outcomeOf(
  client: ScimClient,
  reply: Reply,
  results: readonly Result[],
  operation: {
    readonly bulkId: string;
    readonly filter: string;
    readonly path: string;
  },
): Promise<{ readonly outcome: Reply['outcome']; readonly id?: string }> {
  const result = results.find(({ bulkId }) => bulkId === operation.bulkId);
  if (reply.outcome !== 'done' || !result)
    return { outcome: reply.outcome === 'done' ? 'unknown' : reply.outcome };
  if (result.status === '201') return { outcome: 'done', id: result.location?.split('/').pop() };
  if (result.status === CONFLICT) {
    const query = `${operation.path}?filter=${encodeURIComponent(operation.filter)}`;
    const found = await client.send('GET', query);
    const [resource] = (found.body?.Resources ?? []) as { id: string }[];
    return resource ? { outcome: 'done', id: resource.id } : { outcome: 'unknown' };
  }
  if (Number(result.status) >= 500 || result.status === '429') return { outcome: 'unknown' };
  // A group is refused if one of its members was not created at first. No client sends the rest again.
  const isExpected = /seat|No resource was created/i.test(result.response?.detail ?? '');
  if (!isExpected && !client.domain.isDeleted)
    client.around.problems.push(`${client.name}: bulk: ${JSON.stringify(result)}`);
  return { outcome: reply.attempts > 1 ? 'unknown' : 'refused' };
}
