import type { Json, Resource } from '../../../shared/scim/resource';
import { MailStore } from '../../../shared/store/mail/mail-store';
import { readCounts } from '../../../shared/store/domains/counts';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { MappingsHarness } from '../../support/service/mappings-harness';
import { addMembers, removeMembers, renameGroup } from '../../support/service/groups-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { mortalTable } from '../../support/store/mortal-table';
import { setSeats } from '../../support/store/set-seats';

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
});

const BERLIN = { name: 'Berlin', roles: ['member', 'manager'] };
const byName = (value: string) => ({ kind: 'group', by: 'displayName', value }) as const;
const role = (value: string) => ({ kind: 'role', value }) as const;
const full = { kind: 'userType', userType: 'Full User' } as const;
const inBerlin = { kind: 'organization', organization: 'Berlin', role: 'member' } as const;
const noLicense = { kind: 'noLicense' } as const;
const rolesAre = (...values: string[]): Json => ({
  Operations: [{ op: 'replace', path: 'roles', value: values.map((value) => ({ value })) }],
});
const activeIs = (value: boolean): Json => ({ Operations: [{ op: 'replace', path: 'active', value }] });

const createUser = (
  harness: MappingsHarness,
  attributes: object = {},
  knowsMappings = true,
): Promise<Resource> =>
  harness.users(knowsMappings).create({ userName: `${Math.random()}@example.com`, ...attributes });

const createGroup = (harness: MappingsHarness, displayName: string, ...ids: string[]): Promise<Resource> =>
  harness.groups().create({ displayName, members: ids.map((value) => ({ value })) });

describe('a request', () => {
  it('gives no license to a user whose role says so, and one as soon as the role is gone', async () => {
    const harness = await new MappingsHarness(table).create();
    await harness.map([{ from: role('Auditor'), to: noLicense }]);
    const { id } = await createUser(harness, { roles: [{ value: 'auditor' }] });
    const before = await harness.license(id);
    expect(before).toMatchObject({ status: 'inactive', noLicenseMapping: expect.any(String) as string });
    expect(before?.changeId).toBeUndefined();
    expect((await readCounts(table, harness.caller.domainId)).activeLicenses).toBe(0);

    await harness.users().patch(id, rolesAre('Engineer'));
    expect(await harness.license(id)).toMatchObject({ status: 'active' });
    expect((await harness.license(id))?.noLicenseMapping).toBeUndefined();

    await harness.users().patch(id, rolesAre('Auditor'));
    expect(await harness.license(id)).toMatchObject({ status: 'inactive', reason: 'deactivated' });
    await harness.users().patch(id, activeIs(false));
    await harness.users().patch(id, activeIs(true));
    expect(await harness.license(id)).toMatchObject({ status: 'inactive' });
    await harness.users().delete(id);
    await expectConsistent(harness.caller.domainId, table);
  });

  it('does not end a license twice if it does not know of the mappings yet', async () => {
    const harness = await new MappingsHarness(table).create();
    await harness.map([{ from: role('Auditor'), to: noLicense }]);
    const users = await Promise.all([1, 2].map(() => createUser(harness, { roles: [{ value: 'auditor' }] })));
    await harness.users(false).patch(users[0]?.id ?? '', activeIs(false));
    await harness.users(false).delete(users[1]?.id ?? '');
    expect((await readCounts(table, harness.caller.domainId)).activeLicenses).toBe(0);
    await expectConsistent(harness.caller.domainId, table);
  });

  it('is evaluated again downstream if it did not know of the mappings', async () => {
    const harness = await new MappingsHarness(table).create();
    await harness.map([{ from: role('Auditor'), to: noLicense }], []);
    await harness.settle();
    const { id } = await createUser(harness, { roles: [{ value: 'auditor' }] }, false);
    expect(await harness.license(id)).toMatchObject({ status: 'active' });
    await harness.settle();
    expect(await harness.license(id)).toMatchObject({ status: 'inactive' });
    await expectConsistent(harness.caller.domainId, table);
  });

  it('keeps what a group gives', async () => {
    const harness = await new MappingsHarness(table).create();
    await harness.map([{ from: byName('Engineers'), to: full }]);
    const { id } = await createUser(harness);
    await createGroup(harness, 'Engineers', id);
    await harness.settle();
    await harness.users().patch(id, {
      Operations: [{ op: 'replace', path: 'title', value: 'Dr' }],
    });
    expect(await harness.license(id)).toMatchObject({ userType: 'Full User' });
    expect(harness.tasksOf(await harness.changes())).toHaveLength(1);
  });
});

describe('a group', () => {
  it('gives a user type and an organization while the user is a member, and the group has the name', async () => {
    const harness = await new MappingsHarness(table).create();
    await harness.map(
      [
        { from: byName('Engineers'), to: full },
        { from: byName('engineers'), to: inBerlin },
      ],
      [BERLIN],
    );
    const [ada, ben] = await Promise.all([createUser(harness), createUser(harness)]);
    const group = await createGroup(harness, 'Engineers', ada?.id ?? '');
    await harness.settle();
    expect(await harness.license(ada?.id ?? '')).toMatchObject({
      userType: 'Full User',
      organizations: [{ organization: 'Berlin', role: 'member' }],
    });
    expect(await harness.license(ben?.id ?? '')).toMatchObject({ userType: 'Basic User' });

    await harness.groups().patch(group.id, addMembers(ben?.id ?? ''));
    await harness.groups().patch(group.id, removeMembers(ada?.id ?? ''));
    await harness.settle();
    expect(await harness.license(ada?.id ?? '')).toMatchObject({ userType: 'Basic User' });
    expect((await harness.license(ada?.id ?? ''))?.organizations).toBeUndefined();
    expect(await harness.license(ben?.id ?? '')).toMatchObject({ userType: 'Full User' });

    await harness.groups().patch(group.id, renameGroup('Former engineers'));
    await harness.settle();
    expect(await harness.license(ben?.id ?? '')).toMatchObject({ userType: 'Basic User' });
    await harness.groups().patch(group.id, renameGroup('ENGINEERS'));
    await harness.settle();
    expect(await harness.license(ben?.id ?? '')).toMatchObject({ userType: 'Full User' });
    await expectConsistent(harness.caller.domainId, table);
  });

  it('costs an evaluation the same, whatever its size', async () => {
    const harness = await new MappingsHarness(table).create();
    await harness.map([{ from: byName('Everybody'), to: full }]);
    const users = await Promise.all(Array.from({ length: 30 }, () => createUser(harness)));
    const group = await createGroup(harness, 'Everybody', ...users.slice(0, 1).map(({ id }) => id));
    await harness.settle();
    const callsOf = async (id: string): Promise<number> => {
      await harness.groups().patch(group.id, addMembers(id));
      const [task] = harness.tasksOf(await harness.changes());
      if (!task) throw new Error('There is no task.');
      let calls = 0;
      const send = async (command: unknown): Promise<unknown> => {
        calls++;
        return (table.client.send as (command: unknown) => Promise<unknown>).call(table.client, command);
      };
      const counted = Object.assign(Object.create(table) as Table, {
        client: Object.create(table.client, { send: { value: send } }) as Table['client'],
      });
      await harness.work(task, counted);
      expect(await harness.license(id)).toMatchObject({ userType: 'Full User' });
      return calls;
    };
    const first = await callsOf(users[1]?.id ?? '');
    await harness.groups().patch(group.id, addMembers(...users.slice(3).map(({ id }) => id)));
    await harness.settle();
    expect(await callsOf(users[2]?.id ?? '')).toBe(first);
  });

  it('replaces the key of an active license only if the key was emailed with another type', async () => {
    const harness = await new MappingsHarness(table).create();
    await harness.map([{ from: byName('Engineers'), to: full }]);
    const [sent, waiting] = await Promise.all([createUser(harness), createUser(harness)]);
    const before = await Promise.all([sent, waiting].map((user) => harness.license(user?.id ?? '')));
    const mails = new MailStore(table, { leaseMs: 15_000, retentionDays: 30 });
    const { domainId } = harness.caller;
    const ref = { domainId, userId: sent?.id ?? '', mailId: before[0]?.changeId ?? '' };
    const event = { changeId: ref.mailId, licenseStatus: 'active', kind: 'license-key' } as const;
    await mails.claim(ref, { ...event, to: 'ada@example.com' }, new Date());
    await createGroup(harness, 'Engineers', sent?.id ?? '', waiting?.id ?? '');
    await harness.settle();
    const after = await Promise.all([sent, waiting].map((user) => harness.license(user?.id ?? '')));
    expect(after).toMatchObject([{ userType: 'Full User' }, { userType: 'Full User' }]);
    expect(after[0]).toMatchObject({ replacedActivationId: before[0]?.activationId });
    expect(after[0]?.activationId).not.toBe(before[0]?.activationId);
    expect(after[1]?.activationId).toBe(before[1]?.activationId);
  });

  it('lets a license wait if no seat is free, whatever the policy', async () => {
    const harness = await new MappingsHarness(table).create();
    await harness.map([{ from: byName('Guests'), to: noLicense }]);
    const guest = await createUser(harness);
    const group = await createGroup(harness, 'Guests', guest.id);
    await harness.settle();
    expect(await harness.license(guest.id)).toMatchObject({ status: 'inactive' });
    await setSeats(table, harness.caller.domainId, { seats: 1, seatPolicy: 'refuse' });
    await createUser(harness);
    await harness.groups().patch(group.id, removeMembers(guest.id));
    await harness.settle();
    expect(await harness.license(guest.id)).toMatchObject({ status: 'pending' });
    await harness.groups().patch(group.id, addMembers(guest.id));
    await harness.settle();
    expect(await harness.license(guest.id)).toMatchObject({ status: 'inactive' });
    await expectConsistent(harness.caller.domainId, table);
  });
});

describe('new mappings', () => {
  it('are evaluated for all users, even if the evaluation is killed after any call', async () => {
    const harness = await new MappingsHarness(table).create();
    const users = await Promise.all(Array.from({ length: 3 }, () => createUser(harness, {}, false)));
    await createGroup(harness, 'Engineers', users[0]?.id ?? '');
    await createGroup(harness, 'Guests', users[1]?.id ?? '');
    await harness.changes();
    await harness.map(
      [
        { from: byName('Guests'), to: noLicense },
        { from: byName('Engineers'), to: full },
        { from: byName('Engineers'), to: inBerlin },
      ],
      [BERLIN],
    );
    const [task] = harness.tasksOf(await harness.changes());
    if (!task) throw new Error('There is no task.');
    let kills = 0;
    for (let calls = 1; ; calls++) {
      try {
        await harness.work(task, mortalTable(table, calls));
        break;
      } catch {
        kills++;
      }
    }
    expect(kills).toBeGreaterThan(5);
    const licenses = await Promise.all(users.map(({ id }) => harness.license(id)));
    expect(licenses).toMatchObject([
      { status: 'active', userType: 'Full User', organizations: [{ organization: 'Berlin' }] },
      { status: 'inactive' },
      { status: 'active', userType: 'Basic User' },
    ]);
    const { evaluation } = await harness.admin().get(harness.caller.domainId);
    expect(evaluation).toMatchObject({ done: 3, total: 3, finishedAt: expect.any(String) as string });
    await expectConsistent(harness.caller.domainId, table);
    await harness.map([]);
    await harness.settle();
    expect(await Promise.all(users.map(({ id }) => harness.license(id)))).toMatchObject([
      { status: 'active', userType: 'Basic User' },
      { status: 'active', userType: 'Basic User' },
      { status: 'active', userType: 'Basic User' },
    ]);
  });

  it('continue in another message when the time is up', async () => {
    const harness = await new MappingsHarness(table).create();
    const { id } = await createUser(harness, { title: 'Dr' }, false);
    await harness.changes();
    await harness.map([{ from: { kind: 'attribute', path: 'title', value: 'DR' }, to: full }]);
    let [rest] = harness.tasksOf(await harness.changes());
    let messages = 0;
    for (; rest; messages++) {
      let pages = 0;
      rest = await harness.workOnce(rest, table, () => pages++ >= 1);
    }
    expect(messages).toBeGreaterThan(1);
    expect(await harness.license(id)).toMatchObject({ userType: 'Full User' });
  });

  it('flush the cache of the authorizer if they are the first of the domain', async () => {
    const harness = await new MappingsHarness(table).create();
    await harness.map([{ from: role('a'), to: full }]);
    await harness.map([{ from: role('b'), to: full }]);
    expect(harness.flushes).toBe(1);
  });
});
