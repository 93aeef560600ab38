import { newId } from '../../../shared/id';
import { profileKey } from '../../../shared/store/table/administrator-keys';
import { DEPLOYMENT } from '../../../shared/store/table/keys';
import { createTable } from '../../support/mail/mail-environment';
import { AdministratorsHarness, NO_ROLES, OPERATOR } from '../../support/service/administrators-harness';
import { auditEvent } from '../../support/store/records';

let harness: AdministratorsHarness;
let domainId: string;
let id: string;
let email: string;
beforeAll(async () => {
  harness = new AdministratorsHarness(await createTable());
});
beforeEach(async () => {
  domainId = await harness.createDomain();
  id = newId();
  email = `${id}@example.com`;
});

const claimed = (role: 'owner' | 'viewer', of = domainId) => ({ operator: false, domains: { [of]: role } });
const invite = (input: object = {}, scope = domainId) =>
  harness.invitations('no user pool').invite(scope, { email, role: 'viewer', ...input }, OPERATOR);

describe('the roles of a claim', () => {
  it('are stored by the first request, with an event', async () => {
    const other = await harness.createDomain();
    const claimedRoles = { operator: true, domains: { [domainId]: 'owner', [other]: 'viewer' } } as const;
    expect(await harness.signIn({ id, email, name: 'Ann', roles: claimedRoles })).toEqual(claimedRoles);
    expect(await harness.admin.list(domainId)).toMatchObject([
      { administratorId: id, role: 'owner', email, name: 'Ann', source: 'claim' },
    ]);
    expect(await harness.events(domainId)).toMatchObject([
      {
        action: 'administrator.added',
        resourceId: id,
        actor: { kind: 'system', name: 'role migration' },
        changes: [
          { attribute: 'role', after: 'owner' },
          { attribute: 'notifyAddresses', after: [email] },
        ],
      },
    ]);
    expect((await harness.admin.list(DEPLOYMENT)).map(({ administratorId }) => administratorId)).toContain(
      id,
    );
  });

  it('have no effect afterward: a removed role does not come back, and a new one is not added', async () => {
    await harness.signIn({ id, roles: claimed('viewer') });
    await harness.admin.remove(domainId, id, OPERATOR);
    const other = await harness.createDomain();
    for (const claimedRoles of [claimed('owner'), claimed('owner', other), { operator: true, domains: {} }])
      expect(await harness.signIn({ id, roles: claimedRoles })).toEqual(NO_ROLES);
  });

  it('count only for domains that exist', async () => {
    const claimedRoles = { operator: false, domains: { [domainId]: 'viewer', [newId()]: 'owner' } } as const;
    expect(await harness.signIn({ id, roles: claimedRoles })).toEqual(claimed('viewer'));
    expect((await harness.store.read(id)).profile?.claimedRoles.size).toBe(0);
  });

  it('are completed if their storage was interrupted, but never twice', async () => {
    await harness.store.createProfile(id, [`${domainId}:owner`, 'operator'], new Date(harness.clock));
    const roles = { operator: true, domains: { [domainId]: 'owner' } };
    // The claim of this token is a later one.
    const all = await Promise.all(Array.from({ length: 5 }, () => harness.signIn({ id })));
    for (const each of all) expect(each).toEqual(roles);
    expect(await harness.events(domainId)).toHaveLength(1);
  });

  it('of a stranger leave nothing behind', async () => {
    expect(await harness.signIn({ id, email })).toEqual(NO_ROLES);
    expect(await harness.table.get(profileKey(id))).toBeUndefined();
  });

  it('are stored by simultaneous first requests once', async () => {
    const user = { id, email, roles: claimed('owner') };
    const all = await Promise.all(Array.from({ length: 8 }, () => harness.signIn(user)));
    for (const roles of all) expect(roles).toEqual(claimed('owner'));
    expect(await harness.events(domainId)).toHaveLength(1);
  });
});

describe('an invitation', () => {
  it('gives its role to whoever signs in with the address, however it is written', async () => {
    await invite({ role: 'owner', name: 'Ann' });
    expect(await harness.signIn({ id, email: email.toUpperCase() })).toEqual(claimed('owner'));
    expect(await harness.admin.list(domainId)).toMatchObject([
      { administratorId: id, role: 'owner', email, name: 'Ann', source: 'invitation', grantedBy: 'operator' },
    ]);
    expect(await harness.invitations().list(domainId)).toEqual([]);
    expect(await harness.notifyAddresses(domainId)).toEqual([email]);
    expect((await harness.events(domainId)).map(({ action }) => action)).toEqual([
      'administrator.invited',
      'administrator.added',
    ]);
  });

  it.each([
    ['the address', { name: 'ANN@example.com', email: 'ann@example.com' }, 'Ann'],
    ['nothing', { email: 'ann@example.com' }, 'Ann'],
    ['another name', { name: 'Ann Example', email: 'ann@example.com' }, 'Ann Example'],
  ])('names its recipient if the ID token shows %s', async (_, user, shown) => {
    await harness
      .invitations('no user pool')
      .invite(domainId, { email: user.email, role: 'viewer', name: 'Ann' }, OPERATOR);
    await harness.signIn({ id, ...user });
    expect(await harness.admin.list(domainId)).toMatchObject([{ name: shown }]);
  });

  it('is accepted by a user without a role at any request, by others when they sign in', async () => {
    await invite();
    expect(await harness.roles.of({ id, email, roles: NO_ROLES }, false)).toEqual(claimed('viewer'));
    const other = await harness.createDomain();
    await invite({}, other);
    expect(await harness.roles.of({ id, email, roles: NO_ROLES }, false)).toEqual(claimed('viewer'));
    expect((await harness.signIn({ id, email })).domains).toEqual({
      [domainId]: 'viewer',
      [other]: 'viewer',
    });
  });

  it('is for one person only', async () => {
    await invite({ role: 'owner' });
    const ids = [id, newId(), newId(), newId()];
    const all = await Promise.all(ids.map((each) => harness.signIn({ id: each, email })));
    expect(all.filter(({ domains }) => domains[domainId] === 'owner')).toHaveLength(1);
    expect(await harness.admin.list(domainId)).toHaveLength(1);
  });

  it.each([
    ['without a verified address', {}],
    ['with another address', { email: 'other@example.com' }],
    ['with an address that only begins or ends like it', { email: `x${newId()}@example.com` }],
  ])('gives nothing to a user %s', async (_, user) => {
    await invite();
    expect(await harness.signIn({ id, ...user })).toEqual(NO_ROLES);
    expect(await harness.invitations().list(domainId)).toHaveLength(1);
  });

  it('gives nothing once it has expired or was withdrawn, or its domain was deleted', async () => {
    const { expireTime, invitationId } = await invite();
    const before = harness.clock;
    harness.clock = Date.parse(expireTime);
    expect(await harness.signIn({ id, email })).toEqual(NO_ROLES);
    harness.clock = before;
    await harness.invitations().withdraw(domainId, invitationId, OPERATOR);
    expect(await harness.signIn({ id, email })).toEqual(NO_ROLES);
    harness.clock += 60_000;
    await invite();
    const domain = await harness.domains.get(domainId);
    await harness.domains.delete(domain!, auditEvent('domain.deleted', domainId));
    expect(await harness.signIn({ id, email })).toEqual(NO_ROLES);
    expect(await harness.admin.list(domainId)).toEqual([]);
  });

  it('makes an operator', async () => {
    await invite({ role: 'operator' }, DEPLOYMENT);
    expect(await harness.signIn({ id, email })).toEqual({ operator: true, domains: {} });
    expect(await harness.events(DEPLOYMENT)).toContainEqual(
      expect.objectContaining({ action: 'administrator.added', resourceId: id }),
    );
  });

  it('raises a role, and never lowers it', async () => {
    await harness.signIn({ id, roles: claimed('viewer') });
    await invite({ role: 'owner' });
    expect(await harness.signIn({ id, email })).toEqual(claimed('owner'));
    const second = `second-${email}`;
    await invite({ email: second });
    expect(await harness.signIn({ id, email: second })).toEqual(claimed('owner'));
    expect(await harness.invitations().list(domainId)).toEqual([]);
  });

  it('keeps the addresses that a domain notifies already', async () => {
    const notified = await harness.createDomain(['it@example.com']);
    await invite({ role: 'owner' }, notified);
    await harness.signIn({ id, email });
    expect(await harness.notifyAddresses(notified)).toEqual(['it@example.com']);
  });
});
