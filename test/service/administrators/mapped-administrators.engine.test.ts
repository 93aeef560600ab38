import { DOMAIN_INVITATIONS_PER_DAY } from '../../../shared/service/administrators/invitation-limits';
import { newId } from '../../../shared/id';
import type { ConfirmedConnections } from '../../../shared/service/administrators/confirmed-connections';
import {
  MAX_MAPPED_ADMINISTRATORS,
  MappedAdministrators,
} from '../../../shared/service/administrators/mapped-administrators';
import { invitationEnd } from '../../../shared/service/administrators/mapped-invitations';
import type { EvaluatedUser, MappedRole } from '../../../shared/service/administrators/mapped-administrator';
import { takeMappedRole } from '../../../shared/service/administrators/take-mapped-role';
import { setupLinkCallerId } from '../../../shared/service/credentials/caller-identity';
import type { Attributes } from '../../../shared/scim/resource';
import type { MappedAdministrator } from '../../../shared/store/administrators/mapped-administrator';
import type { MappedAdministratorStore } from '../../../shared/store/administrators/mapped-administrator-store';
import type { ConnectionRecord } from '../../../shared/store/credentials/connection';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { toResourceItem } from '../../../shared/store/resources/resource-record';
import { mappedAdministratorKey } from '../../../shared/store/table/administrator-keys';
import { connectionKey, mappingsKey } from '../../../shared/store/table/keys';
import { VersionConflict } from '../../../shared/store/table/operations/transaction';
import { createTable } from '../../support/mail/mail-environment';
import { AdministratorsHarness, NO_ROLES, OPERATOR } from '../../support/service/administrators-harness';
import { AT, auditEvent, groupRecord, userRecord } from '../../support/store/records';

let harness: AdministratorsHarness;
let domainId: string;
let connectionId: string;
let email: string;
beforeAll(async () => {
  harness = new AdministratorsHarness(await createTable());
});
beforeEach(async () => {
  // The tasks of all domains are in one list.
  for (const task of await harness.mappedStore.dueTasks(new Date('2100-01-01T00:00:00Z'), 1000))
    await harness.mappedStore.endTask(task);
  harness.notified.length = 0;
  domainId = await harness.createDomain();
  await harness.table.put({ ...mappingsKey(domainId), revision: 1 });
  connectionId = await createConnection();
  email = `${newId()}@example.com`;
});

const OWNER: MappedRole = { role: 'owner', mappingId: 'mapping-1' };
const VIEWER: MappedRole = { role: 'viewer', mappingId: 'mapping-2' };
const ownerOf = (of: string) => ({ operator: false, domains: { [of]: 'owner' } });
const viewerOf = (of: string) => ({ operator: false, domains: { [of]: 'viewer' } });

async function createConnection(isConfirmed = true): Promise<string> {
  const connection: ConnectionRecord = {
    connectionId: newId(),
    name: 'Okta',
    identityProvider: 'okta',
    createdAt: AT,
    trustIds: [],
    ...(isConfirmed && { administratorsFromRoles: { confirmedAt: AT, confirmedBy: 'owner-1' } }),
    version: 1,
  };
  await harness.table.put({ ...connectionKey(domainId, connection.connectionId), ...connection });
  return connection.connectionId;
}

/** Changes the connection directly, as if the administrators that depend on it were not ended yet. */
async function changeConnection(change: Readonly<Record<string, unknown>>): Promise<void> {
  const stored = await harness.table.get(connectionKey(domainId, connectionId));
  const changed = Object.entries({ ...stored, ...change }).filter(([, value]) => value !== null);
  await harness.table.put({ ...connectionKey(domainId, connectionId), ...Object.fromEntries(changed) });
}

/** Returns the administrators of mappings with another removal. */
function mappedWith(remove: MappedAdministratorStore['remove']): MappedAdministrators {
  const { mappedStore: store, mapped } = harness;
  return new MappedAdministrators({
    ...mapped['parts'],
    store: {
      get: (...of) => store.get(...of),
      list: (...of) => store.list(...of),
      make: (...of) => store.make(...of),
      change: (...of) => store.change(...of),
      remove,
    },
  });
}

const unconfirmed = (count: number) =>
  Promise.all(Array.from({ length: count }, () => createConnection(false)));

/** Stores a user that the connection has provisioned. */
async function storedUser(
  more: Partial<ResourceRecord> = {},
  attributes: Attributes = {},
): Promise<ResourceRecord> {
  const user = {
    ...userRecord(email, { emails: [{ value: email, primary: true }], displayName: 'Ann', ...attributes }),
    sources: [connectionId],
    ...more,
  };
  await harness.table.put({ ...toResourceItem(domainId, 'USER', user) });
  return user;
}

const evaluated = (user: ResourceRecord, mapped?: MappedRole): EvaluatedUser => ({
  userId: user.id,
  user,
  ...(mapped && { mapped }),
  mappingsVersion: 1,
});
const apply = (user: ResourceRecord, mapped?: MappedRole) =>
  harness.mapped.apply(domainId, evaluated(user, mapped));
const signIn = (id = newId()) => harness.signIn({ id, email, name: 'Ann' });
const own = async () =>
  (await harness.mappedStore.list(domainId)).map(({ userId, role }) => ({ userId, role }));

describe('an administrator from a mapping', () => {
  it('is invited once, and has the role after the sign-in', async () => {
    const user = await storedUser();
    expect(await apply(user, OWNER)).toBe('made');
    expect(await apply(user, OWNER)).toBe('unchanged');
    await harness.mappedInvitations.run();
    await harness.mappedInvitations.run();
    expect(harness.notified).toEqual([email]);
    expect(harness.accounts.accounts.has(email)).toBe(true);
    const id = harness.accounts.accounts.get(email) ?? '';
    expect(await signIn(id)).toEqual(ownerOf(domainId));
    expect(await harness.mappedStore.list(domainId)).toMatchObject([
      { userId: user.id, role: 'owner', email, name: 'Ann', mappingId: 'mapping-1', administratorId: id },
    ]);
    expect(await harness.events(domainId)).toMatchObject([
      {
        action: 'administrator.invited',
        resourceId: user.id,
        actor: { kind: 'system', name: 'mapping' },
        changes: [{ after: email }, { after: 'owner' }, { after: 'mapping-1' }],
      },
      { action: 'administrator.added', resourceId: id, actor: { kind: 'admin', id } },
    ]);
  });

  it('has no role without the address', async () => {
    await apply(await storedUser(), OWNER);
    expect(await harness.signIn({ id: newId(), email: 'other@example.com' })).toEqual(NO_ROLES);
    expect(await harness.signIn({ id: newId() })).toEqual(NO_ROLES);
  });

  it('is never an operator, and gives no role in another domain', async () => {
    await apply(await storedUser(), OWNER);
    expect(await signIn()).toEqual({ operator: false, domains: { [domainId]: 'owner' } });
  });

  it('does not count as the last owner', async () => {
    const ownerId = await harness.join(domainId, 'first@example.com', 'owner');
    await apply(await storedUser(), OWNER);
    await signIn();
    await expect(harness.admin.remove(domainId, ownerId, OPERATOR)).rejects.toThrow('last owner');
    await expect(harness.admin.setRole(domainId, ownerId, 'viewer', OPERATOR)).rejects.toThrow('last owner');
  });

  it.each<[what: string, end: (user: ResourceRecord) => Promise<unknown>]>([
    ['no mapping applies', (user) => apply(user)],
    [
      'the user is inactive',
      async (user) => {
        const inactive = { ...user, attributes: { ...user.attributes, active: false } };
        return apply(inactive, OWNER);
      },
    ],
    [
      'the user does not exist',
      async (user) => {
        await harness.table.delete({ pk: `${domainId}#USER`, sk: user.id });
        return harness.mapped.apply(domainId, { userId: user.id, mapped: OWNER, mappingsVersion: 1 });
      },
    ],
  ])('loses the role when %s', async (_what, end) => {
    const user = await storedUser();
    await apply(user, OWNER);
    await harness.mappedInvitations.run();
    const id = harness.accounts.accounts.get(email) ?? '';
    await signIn(id);
    expect(await end(user)).toBe('removed');
    expect(await harness.signIn({ id, email })).toEqual(NO_ROLES);
    expect(await own()).toEqual([]);
    await harness.mappedInvitations.run();
    // The service has created the account, and nothing needs it.
    expect(harness.accounts.deleted).toContain(id);
    expect(await end(user)).toBe('unchanged');
  });

  it('keeps the role of an invitation, and only that one remains', async () => {
    const id = await harness.join(domainId, email, 'viewer');
    const user = await storedUser();
    await apply(user, OWNER);
    expect(await signIn(id)).toEqual(ownerOf(domainId));
    // The person is an administrator already, so no invitation is sent.
    await harness.mappedInvitations.run();
    expect(harness.notified).toEqual([email]);
    await apply(user);
    await harness.mappedInvitations.run();
    expect(await signIn(id)).toEqual(viewerOf(domainId));
    expect(harness.accounts.deleted).not.toContain(id);
  });

  it('of an invited owner stays an owner when a mapping makes the person a viewer', async () => {
    const id = await harness.join(domainId, email, 'owner');
    await apply(await storedUser(), VIEWER);
    expect(await signIn(id)).toEqual(ownerOf(domainId));
  });

  it('changes the role immediately', async () => {
    const user = await storedUser();
    const id = newId();
    await apply(user, OWNER);
    await signIn(id);
    expect(await apply(user, VIEWER)).toBe('changed');
    expect(await harness.roles.of({ id, email, roles: NO_ROLES }, false)).toEqual(viewerOf(domainId));
    expect((await harness.events(domainId)).map(({ action }) => action)).toEqual([
      'administrator.invited',
      'administrator.added',
      'administrator.roleChanged',
    ]);
  });

  it('follows the address of the user', async () => {
    const user = await storedUser();
    const id = newId();
    await apply(user, OWNER);
    await signIn(id);
    const other = `new-${email}`;
    const renamed = {
      ...user,
      attributes: { ...user.attributes, emails: [{ value: other, primary: true }] },
    };
    expect(await apply(renamed, OWNER)).toBe('made');
    expect(await signIn(id)).toEqual(NO_ROLES);
    expect(await harness.signIn({ id: newId(), email: other })).toEqual(ownerOf(domainId));
  });

  it('moves to another portal user who signs in with the address', async () => {
    await apply(await storedUser(), OWNER);
    const [former, current] = [newId(), newId()];
    await signIn(former);
    expect(await signIn(current)).toEqual(ownerOf(domainId));
    expect((await harness.store.read(former)).mappedRoles).toEqual([]);
  });

  it('is one per user, even if two users have one address', async () => {
    const [one, other] = [await storedUser(), await storedUser({ id: newId() })];
    const id = newId();
    await apply(one, OWNER);
    await apply(other, VIEWER);
    await signIn(id);
    await apply(one);
    expect(await signIn(id)).toEqual(viewerOf(domainId));
  });

  it('loses the setup links and the open invitations with the role of an owner', async () => {
    const user = await storedUser();
    const id = newId();
    await apply(user, OWNER);
    await signIn(id);
    const { linkId } = await harness.linkAdmin.create(
      domainId,
      { email: 'it@example.com' },
      { kind: 'admin', id },
    );
    const invitations = harness.invitations('no user pool');
    const byLink = { kind: 'admin', id: setupLinkCallerId(linkId) } as const;
    await invitations.invite(domainId, { email: 'a@example.com', role: 'owner' }, { kind: 'admin', id });
    await invitations.invite(domainId, { email: 'b@example.com', role: 'viewer' }, byLink);
    await apply(user, VIEWER);
    await harness.mappedInvitations.run();
    expect(await invitations.list(domainId)).toEqual([]);
    expect(await harness.links.get(domainId, linkId)).toMatchObject({
      revokedAt: expect.any(String) as string,
    });
  });
});

describe('a result of an evaluation', () => {
  it('is refused if the mappings have changed since', async () => {
    const user = await storedUser();
    await harness.table.put({ ...mappingsKey(domainId), revision: 2 });
    await expect(apply(user, OWNER)).rejects.toThrow(VersionConflict);
  });

  it('is refused if the user has changed since', async () => {
    const user = await storedUser();
    await expect(apply({ ...user, version: 7 }, OWNER)).rejects.toThrow(VersionConflict);
    expect(await own()).toEqual([]);
  });

  it('makes nobody an administrator without an address', async () => {
    const user = await storedUser({}, { emails: [] });
    expect(await apply(user, OWNER)).toBe('noAddress');
  });

  it('makes at most a hundred administrators of a domain', async () => {
    const former = { userId: newId(), mappingsVersion: 1 };
    const ids = [former.userId, ...Array.from({ length: MAX_MAPPED_ADMINISTRATORS - 1 }, () => newId())];
    const rest = { ...VIEWER, email, since: AT, connectionIds: [connectionId], revision: 1 };
    await Promise.all(
      ids.map((userId) => harness.table.put({ ...mappedAdministratorKey(domainId, userId), ...rest })),
    );
    const user = await storedUser();
    expect(await apply(user, OWNER)).toBe('limit');
    expect(await harness.mapped.apply(domainId, former)).toBe('removed');
    expect(await apply(user, OWNER)).toBe('made');
  });
});

describe('the confirmation of a connection', () => {
  it('is needed for each connection that has changed the user', async () => {
    const other = await createConnection(false);
    expect(await apply(await storedUser({ sources: [other] }), OWNER)).toBe('notConfirmed');
    const user = await storedUser();
    await apply(user, OWNER);
    const changed = await storedUser({ id: user.id, sources: [connectionId, other], version: 2 });
    expect(await apply(changed, OWNER)).toBe('notConfirmed');
    expect(await own()).toEqual([]);
  });

  it('of a revoked connection counts if it was given before, and is not needed if the others came later', async () => {
    const applied = async (former: string) =>
      apply(await storedUser({ sources: [connectionId, former] }), OWNER);
    const revoke = (id: string, revokedAt: string) =>
      harness.table.update(connectionKey(domainId, id), { set: { revokedAt } });
    const [confirmed, early, late] = [await createConnection(), ...(await unconfirmed(2))];
    await revoke(confirmed, '2100-01-01T00:00:00.000Z');
    await revoke(late ?? '', '2100-01-01T00:00:00.000Z');
    await revoke(early ?? '', '2000-01-01T00:00:00.000Z');
    expect(await applied(confirmed)).toBe('made');
    expect(await applied(late ?? '')).toBe('notConfirmed');
    email = `${newId()}@example.com`;
    expect(await applied(early ?? '')).toBe('made');
    expect(await applied(newId())).toBe('notConfirmed');
    const onlyRevoked = await storedUser({ sources: [confirmed] });
    expect(await apply(onlyRevoked, OWNER)).toBe('notConfirmed');
    const [made] = await harness.mappedStore.list(domainId);
    expect(made?.connectionIds).toEqual([connectionId]);
  });

  it('is needed for each connection that has changed the group', async () => {
    const other = await createConnection(false);
    const group = { ...groupRecord('Admins'), sources: [other, connectionId] };
    await harness.table.put({ ...toResourceItem(domainId, 'GROUP', group) });
    const user = await storedUser();
    expect(await apply(user, { ...OWNER, groupId: group.id })).toBe('notConfirmed');
    await harness.table.put({ ...toResourceItem(domainId, 'GROUP', { ...group, sources: [connectionId] }) });
    expect(await apply(user, { ...OWNER, groupId: group.id })).toBe('made');
  });

  it('is needed for all connections if an earlier version has stored the user', async () => {
    const user = await storedUser({ sources: undefined });
    expect(await apply(user, OWNER)).toBe('made');
    await apply(user);
    await createConnection(false);
    expect(await apply(user, OWNER)).toBe('notConfirmed');
  });

  it('is checked again by the write', async () => {
    const user = await storedUser();
    const connection = (await harness.connections.get(domainId, connectionId)) as ConnectionRecord;
    const confirmedFor = () => Promise.resolve([connectionId]);
    await harness.connections.change(
      domainId,
      connection,
      { administratorsFromRoles: null },
      auditEvent('connection.updated', connectionId),
    );
    const connections = { confirmedFor } as unknown as ConfirmedConnections;
    const mapped = new MappedAdministrators({
      store: harness.mappedStore,
      connections,
      now: () => new Date(harness.clock),
    });
    await expect(mapped.apply(domainId, evaluated(user, OWNER))).rejects.toThrow(VersionConflict);
  });

  it('ends the roles when it is withdrawn', async () => {
    const user = await storedUser();
    const id = newId();
    await apply(user, OWNER);
    await signIn(id);
    await harness.mapped.endConnection(domainId, newId(), OPERATOR);
    expect(await signIn(id)).toEqual(ownerOf(domainId));
    await harness.mapped.endConnection(domainId, connectionId, OPERATOR);
    expect(await signIn(id)).toEqual(NO_ROLES);
    expect((await harness.events(domainId)).at(-1)).toMatchObject({
      action: 'administrator.removed',
      actor: OPERATOR,
    });
  });

  it.each<[what: string, meanwhile: (before: MappedAdministrator) => Promise<unknown>]>([
    [
      'the invitation is sent',
      (before) => harness.mappedStore.invited(domainId, before, undefined, { at: AT }, {}),
    ],
    ['the user signs in', () => signIn()],
  ])('ends the roles also if %s at the same time', async (_what, meanwhile) => {
    await apply(await storedUser(), OWNER);
    let isFirst = true;
    // The first removal finds that the administrator has changed since it was read.
    const remove: MappedAdministratorStore['remove'] = async (domain, before, ...rest) => {
      if (isFirst) await meanwhile(before);
      isFirst = false;
      return harness.mappedStore.remove(domain, before, ...rest);
    };
    await mappedWith(remove).endConnection(domainId, connectionId, OPERATOR);
    expect(await own()).toEqual([]);
    expect(await signIn()).toEqual(NO_ROLES);
  });

  it('is reported if the roles could not be ended', async () => {
    await apply(await storedUser(), OWNER);
    const remove = () => Promise.reject(new VersionConflict());
    await expect(mappedWith(remove).endConnection(domainId, connectionId, OPERATOR)).rejects.toMatchObject({
      problem: 'conflict',
    });
  });

  it.each([
    ['withdrawn', { administratorsFromRoles: null }],
    ['revoked', { revokedAt: AT }],
  ])('gives no role to a user who signs in after it was %s', async (_what, change) => {
    await apply(await storedUser(), OWNER);
    await changeConnection(change);
    expect(await signIn()).toEqual(NO_ROLES);
    // The role is left to whoever withdraws the confirmation.
    expect(await own()).toHaveLength(1);
  });

  it('is checked by the write that gives the role at a sign-in', async () => {
    const user = await storedUser();
    await apply(user, OWNER);
    const id = newId();
    const before = await harness.connections.get(domainId, connectionId);
    await changeConnection({ administratorsFromRoles: null });
    const connections = { get: () => Promise.resolve(before) };
    const signedIn = { user: { id, email, roles: NO_ROLES }, email, maxRoles: 100, isSignIn: true };
    await expect(
      takeMappedRole({ ...harness.parts, connections }, { ...signedIn, domainId, userId: user.id }),
    ).rejects.toThrow(VersionConflict);
    expect((await harness.store.read(id)).mappedRoles).toEqual([]);
  });
});

describe('an invitation', () => {
  it('is sent later if it fails, or if it is too soon', async () => {
    await apply(await storedUser(), OWNER);
    harness.accounts.failure = new Error('The user pool is not available.');
    await harness.mappedInvitations.run();
    expect(harness.errors.splice(0)).toHaveLength(1);
    harness.clock += 60_000;
    harness.hasMails = false;
    await harness.mappedInvitations.run();
    expect(harness.notified).toEqual([]);
    harness.hasMails = true;
    harness.clock += 3_600_000;
    await harness.mappedInvitations.run();
    expect(harness.notified).toEqual([email]);
    expect(await harness.mappedStore.list(domainId)).toMatchObject([
      { invitedAt: new Date(harness.clock).toISOString() },
    ]);
  });

  it('waits for the next day if the domain has sent all the invitations of the day', async () => {
    const user = await storedUser();
    await apply(user, OWNER);
    for (let sends = 0; sends < DOMAIN_INVITATIONS_PER_DAY; sends++)
      await harness.invitations().invite(domainId, { email: `${sends}-${email}`, role: 'viewer' }, OPERATOR);
    const others = harness.notified.length;
    await harness.mappedInvitations.run();
    expect(harness.notified).toHaveLength(others);
    await expect(harness.mappedInvitations.resend(domainId, user.id, OPERATOR)).rejects.toMatchObject({
      problem: 'tooSoon',
    });
    harness.clock += 86_400_000;
    await harness.mappedInvitations.run();
    expect(harness.notified.slice(others)).toEqual([email]);
  });

  it('is not sent to a user who is no administrator anymore, or has signed in', async () => {
    const user = await storedUser();
    await apply(user, OWNER);
    await apply(user);
    await harness.mappedInvitations.run();
    await apply(user, OWNER);
    await signIn();
    await harness.mappedInvitations.run();
    expect(harness.notified).toEqual([]);
    expect(await harness.mappedStore.dueTasks(new Date(harness.clock + 86_400_000), 10)).toEqual([]);
  });

  it('can be sent again after it has expired, until the user has signed in', async () => {
    const user = await storedUser();
    const resend = () => harness.mappedInvitations.resend(domainId, user.id, OPERATOR);
    await expect(resend()).rejects.toThrow('No mapping makes');
    await apply(user, OWNER);
    await harness.mappedInvitations.run();
    await expect(resend()).rejects.toThrow('less than a minute ago');
    const [first] = await harness.mappedStore.list(domainId);
    const end = invitationEnd(first as MappedAdministrator)?.getTime() ?? 0;
    expect(end).toBe(harness.clock + 7 * 86_400_000);
    harness.clock = end + 1;
    harness.hasMails = false;
    await expect(resend()).rejects.toThrow('all the emails that it may send in this hour');
    harness.hasMails = true;
    harness.clock += 60_000;
    expect(await resend()).toMatchObject({ invitedAt: new Date(harness.clock).toISOString() });
    expect(harness.notified).toEqual([email, email]);
    expect((await harness.events(domainId)).at(-1)).toMatchObject({
      action: 'administrator.invited',
      resourceId: user.id,
      actor: OPERATOR,
      changes: [{ after: email }, { after: 'owner' }],
    });
    await signIn();
    harness.clock += 60_000;
    await expect(resend()).rejects.toThrow('has signed in');
    expect(
      invitationEnd((await harness.mappedStore.list(domainId))[0] as MappedAdministrator),
    ).toBeUndefined();
    await apply(user);
    await expect(resend()).rejects.toThrow('No mapping makes');
    expect(harness.notified).toHaveLength(2);
  });

  it('is not needed by an invited administrator', async () => {
    await harness.join(domainId, email, 'viewer');
    const user = await storedUser();
    await apply(user, OWNER);
    await expect(harness.mappedInvitations.resend(domainId, user.id, OPERATOR)).rejects.toThrow(
      'needs no invitation',
    );
  });
});
