import { GROUP_SCHEMA, PATCH_OP } from '../../../../shared/scim/urns';
import { recordEffects, type Effect, type Reply, type ScimClient } from '../actors/scim-client';
import { attributeOf, type SoakDomain, type SoakResource } from '../model/world';
import type { MemberForm } from './operation';

interface Member {
  readonly name: string;
  readonly id: string;
}

/** Returns the users that exist as far as clients know. */
function membersOf(domain: SoakDomain, names: readonly string[]): Member[] {
  return names.flatMap((name) => {
    const { id } = domain.user(name);
    return id === undefined ? [] : [{ name, id }];
  });
}

const groupOf = (displayName: string, members: readonly Member[]): object => ({
  schemas: [GROUP_SCHEMA],
  displayName,
  members: valuesOf(members),
});

const valuesOf = (members: readonly Member[]) => members.map(({ id }) => ({ value: id }));

export async function createGroup(
  client: ScimClient,
  name: string,
  displayName: string,
  names: readonly string[],
): Promise<void> {
  const { domain } = client;
  const group = domain.group(name);
  const members = membersOf(domain, names);
  const reply = await client.send('POST', '/Groups', groupOf(displayName, members));
  recordEffects(reply, [
    [group.exists, 'yes'],
    [attributeOf(group, 'displayName'), displayName],
    ...members.map((member): Effect => [domain.membership(name, member.name), 'in']),
  ]);
  if (reply.outcome === 'done') group.id = reply.body?.id as string;
  group.view = { displayName };
}

export async function renameGroup(client: ScimClient, name: string, displayName: string): Promise<void> {
  const group = client.domain.group(name);
  if (group.id === undefined) return;
  const operation = { op: 'replace', path: 'displayName', value: displayName };
  const reply = await client.send('PATCH', `/Groups/${group.id}`, patchOf(operation));
  recordEffects(reply, [[attributeOf(group, 'displayName'), displayName]]);
  group.view = { displayName };
}

/** Replaces a group and all its members. */
export async function putGroup(
  client: ScimClient,
  name: string,
  displayName: string,
  names: readonly string[],
): Promise<void> {
  const { domain } = client;
  const group = domain.group(name);
  if (group.id === undefined) return;
  const members = membersOf(domain, names);
  touch(domain, name, names);
  const reply = await client.send('PUT', `/Groups/${group.id}`, groupOf(displayName, members));
  recordEffects(reply, [
    [attributeOf(group, 'displayName'), displayName],
    ...replacementEffects(domain, name, members),
  ]);
  group.view = { displayName };
}

export async function deleteGroup(client: ScimClient, name: string): Promise<void> {
  const group = client.domain.group(name);
  if (group.id === undefined) return;
  recordEffects(await client.send('DELETE', `/Groups/${group.id}`), [[group.exists, 'no']]);
  group.id = undefined;
}

/** Changes the members of a group in one of the forms of identity providers. */
export async function patchMembers(
  client: ScimClient,
  name: string,
  form: MemberForm,
  { users, removed = [] }: { readonly users: readonly string[]; readonly removed?: readonly string[] },
): Promise<void> {
  const { domain } = client;
  const group = domain.group(name);
  const members = membersOf(domain, users);
  const leaving = membersOf(domain, removed);
  if (group.id === undefined || (members.length === 0 && form !== 'replace')) return;
  touch(domain, name, [...users, ...removed]);
  const reply = await client.send(
    'PATCH',
    `/Groups/${group.id}`,
    patchOf(...memberOperations(form, members, leaving)),
  );
  recordEffects(reply, memberEffects(domain, name, { form, members, leaving }));
}

function memberOperations(
  form: MemberForm,
  members: readonly Member[],
  leaving: readonly Member[],
): object[] {
  const value = valuesOf(members);
  switch (form) {
    case 'add':
      return [{ op: 'add', path: 'members', value }];
    case 'addWithoutPath':
      return [{ op: 'Add', value: { members: value } }];
    case 'removeByFilter':
      return members.map(({ id }) => ({ op: 'remove', path: `members[value eq "${id}"]` }));
    case 'removeByValues':
      return [{ op: 'Remove', path: 'members', value }];
    case 'replace':
      return [{ op: 'replace', path: 'members', value }];
    case 'addAndRemove':
      return [
        { op: 'add', path: 'members', value },
        ...leaving.map(({ id }) => ({ op: 'remove', path: `members[value eq "${id}"]` })),
      ];
  }
}

function memberEffects(
  domain: SoakDomain,
  group: string,
  change: {
    readonly form: MemberForm;
    readonly members: readonly Member[];
    readonly leaving: readonly Member[];
  },
): Effect[] {
  const { form, members, leaving } = change;
  if (form === 'replace') return replacementEffects(domain, group, members);
  const isRemoval = form === 'removeByFilter' || form === 'removeByValues';
  return [
    ...members.map(({ name }): Effect => [domain.membership(group, name), isRemoval ? 'out' : 'in']),
    ...(form === 'addAndRemove' ? leaving : []).map(({ name }): Effect => [
      domain.membership(group, name),
      'out',
    ]),
  ];
}

/** Changes the groups of a user. */
export async function changeGroupsOfUser(
  client: ScimClient,
  name: string,
  op: 'add' | 'remove',
  groups: readonly string[],
): Promise<void> {
  const { domain } = client;
  const user = domain.user(name);
  const known = groups.flatMap((group) => {
    const { id } = domain.group(group);
    return id === undefined ? [] : [{ group, id }];
  });
  if (user.id === undefined || known.length === 0) return;
  for (const { group } of known) touch(domain, group, [name]);
  const value = known.map(({ id }) => ({ value: id }));
  const reply = await client.send('PATCH', `/Users/${user.id}`, patchOf({ op, path: 'groups', value }));
  recordEffects(
    reply,
    known.map(({ group }): Effect => [domain.membership(group, name), op === 'add' ? 'in' : 'out']),
  );
}

/** Returns what a replacement writes: all users that any client has ever added are in the group, or not. */
function replacementEffects(domain: SoakDomain, group: string, members: readonly Member[]): Effect[] {
  const names = new Set(members.map(({ name }) => name));
  return [
    ...members.map(({ name }): Effect => [domain.membership(group, name), 'in']),
    ...domain
      .membershipsOf(group)
      .filter(([user]) => !names.has(user))
      .map(([, register]): Effect => [register, 'out']),
  ];
}

/** Makes memberships known before a request, so that a replacement at the same time counts for them, too. */
function touch(domain: SoakDomain, group: string, users: readonly string[]): void {
  for (const user of users) domain.membership(group, user);
}

const patchOf = (...operations: object[]): object => ({ schemas: [PATCH_OP], Operations: operations });

/** Remembers a group that a bulk has created. */
export function knowGroup(
  { domain }: ScimClient,
  created: {
    readonly group: SoakResource;
    readonly displayName: string;
    readonly id: string | undefined;
    readonly users: readonly string[];
  },
  reply: Reply,
): void {
  const { group, displayName, id, users } = created;
  recordEffects(reply, [
    [group.exists, 'yes'],
    [attributeOf(group, 'displayName'), displayName],
    ...users.map((user): Effect => [domain.membership(group.name, user), 'in']),
  ]);
  group.id = id;
  group.view = { displayName };
}
