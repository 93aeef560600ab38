import { newId } from '../../../shared/id';
import { DEPLOYMENT } from '../../../shared/store/table/keys';
import { createTable } from '../../support/mail/mail-environment';
import { AdministratorsHarness, NO_ROLES, OPERATOR } from '../../support/service/administrators-harness';

let harness: AdministratorsHarness;
let domainId: string;
beforeAll(async () => {
  harness = new AdministratorsHarness(await createTable());
});
beforeEach(async () => {
  domainId = await harness.createDomain();
});

let count = 0;
const address = (name: string) => `${name}-${++count}@example.com`;
const owner = (email = address('owner')) => harness.join(domainId, email, 'owner');
const viewer = () => harness.join(domainId, address('viewer'), 'viewer');
const rolesOf = async () => (await harness.admin.list(domainId)).map(({ role }) => role).sort();

describe('the last owner of a domain', () => {
  it('cannot be removed or become a viewer, whatever other administrators there are', async () => {
    const last = await owner();
    await viewer();
    await expect(harness.admin.remove(domainId, last, OPERATOR)).rejects.toMatchObject({
      problem: 'conflict',
      message: expect.stringContaining('last owner') as string,
    });
    await expect(harness.admin.setRole(domainId, last, 'viewer', OPERATOR)).rejects.toMatchObject({
      problem: 'conflict',
    });
    expect(await rolesOf()).toEqual(['owner', 'viewer']);
  });

  it('is decided by the write: of owners who remove each other at the same time, one stays', async () => {
    const owners = await Promise.all(Array.from({ length: 4 }, () => owner()));
    const results = await Promise.allSettled(
      owners.map((id, at) =>
        at % 2 === 0
          ? harness.admin.remove(domainId, id, OPERATOR)
          : harness.admin.setRole(domainId, id, 'viewer', OPERATOR),
      ),
    );
    expect((await rolesOf()).filter((role) => role === 'owner').length).toBeGreaterThanOrEqual(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ problem: 'conflict' });
  });

  it('of another domain does not count', async () => {
    const last = await owner();
    const other = await harness.createDomain();
    await harness.join(other, address('other'), 'owner');
    await expect(harness.admin.remove(domainId, last, OPERATOR)).rejects.toMatchObject({
      problem: 'conflict',
    });
  });
});

describe('a change of a role', () => {
  it('is effective immediately, and an event', async () => {
    await owner();
    const id = await viewer();
    const changed = await harness.admin.setRole(domainId, id, 'owner', OPERATOR);
    expect(changed).toMatchObject({ administratorId: id, role: 'owner' });
    expect(await harness.signIn({ id })).toEqual({ operator: false, domains: { [domainId]: 'owner' } });
    expect((await harness.events(domainId)).at(-1)).toMatchObject({
      action: 'administrator.roleChanged',
      resourceId: id,
      actor: OPERATOR,
      changes: [{ attribute: 'role', before: 'viewer', after: 'owner' }],
    });
  });

  it('to the same role changes nothing', async () => {
    const id = await owner();
    const before = await harness.events(domainId);
    expect(await harness.admin.setRole(domainId, id, 'owner', OPERATOR)).toMatchObject({ role: 'owner' });
    expect(await harness.events(domainId)).toEqual(before);
  });
});

describe('a removal', () => {
  it('is effective immediately, in this domain only', async () => {
    await owner();
    const email = address('viewer');
    const id = await harness.join(domainId, email, 'viewer');
    const other = await harness.createDomain();
    await harness.invitations('no user pool').invite(other, { email, role: 'viewer' }, OPERATOR);
    await harness.signIn({ id, email });
    await harness.admin.remove(domainId, id, OPERATOR);
    expect(await harness.signIn({ id, email })).toEqual({ operator: false, domains: { [other]: 'viewer' } });
    await harness.admin.remove(other, id, OPERATOR);
    expect(await harness.signIn({ id, email })).toEqual(NO_ROLES);
  });

  it.each<[what: string, end: (id: string) => Promise<unknown>]>([
    ['a removal', (id) => harness.admin.remove(domainId, id, OPERATOR)],
    ['a lower role', (id) => harness.admin.setRole(domainId, id, 'viewer', OPERATOR)],
  ])('withdraws the open invitations that the person sent: %s', async (_, end) => {
    await owner();
    const id = await owner();
    const [friend, colleague] = [address('friend'), address('colleague')];
    const invitations = harness.invitations('no user pool');
    await invitations.invite(domainId, { email: friend, role: 'owner' }, { kind: 'admin', id });
    await invitations.invite(domainId, { email: colleague, role: 'owner' }, OPERATOR);
    await end(id);
    expect((await invitations.list(domainId)).map(({ email }) => email)).toEqual([colleague]);
    expect(await harness.signIn({ id: newId(), email: friend })).toEqual(NO_ROLES);
    const events = await harness.events(domainId);
    expect(events.slice(-2)).toMatchObject([
      { action: 'administrator.invitationWithdrawn', resourceName: friend, actor: OPERATOR },
      { resourceId: id },
    ]);
  });

  it('withdraws no invitation if it is refused', async () => {
    const id = await owner();
    const invitations = harness.invitations('no user pool');
    await invitations.invite(domainId, { email: address('friend'), role: 'viewer' }, { kind: 'admin', id });
    await expect(harness.admin.remove(domainId, id, OPERATOR)).rejects.toMatchObject({ problem: 'conflict' });
    expect(await invitations.list(domainId)).toHaveLength(1);
  });

  it('of somebody who is not an administrator is refused', async () => {
    const id = await owner();
    const other = await harness.createDomain();
    for (const [scope, who] of [
      [domainId, newId()],
      [other, id],
      [DEPLOYMENT, id],
    ] as const)
      await expect(harness.admin.remove(scope, who, OPERATOR)).rejects.toMatchObject({ problem: 'notFound' });
    expect(await rolesOf()).toEqual(['owner']);
  });

  it('happens once, however often it is requested at the same time', async () => {
    await owner();
    const id = await viewer();
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => harness.admin.remove(domainId, id, OPERATOR)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      (await harness.events(domainId)).filter(({ action }) => action === 'administrator.removed'),
    ).toHaveLength(1);
  });

  it('of an owner takes the address out of those that the domain notifies', async () => {
    const [first, second] = [address('first'), address('second')];
    const id = await owner(first);
    await owner(second);
    expect(await harness.notifyAddresses(domainId)).toEqual([first]);
    await harness.admin.remove(domainId, id, OPERATOR);
    expect(await harness.notifyAddresses(domainId)).toEqual([second]);
    expect((await harness.events(domainId)).at(-1)?.changes).toContainEqual({
      attribute: 'notifyAddresses',
      before: [first],
      after: [second],
    });
  });
});
