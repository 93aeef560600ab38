import { newId } from '../../../../shared/id';
import { readCounts } from '../../../../shared/store/domains/counts';
import { DomainStore } from '../../../../shared/store/domains/domain-store';
import { GroupStore } from '../../../../shared/store/groups/group-store';
import { LicenseStore } from '../../../../shared/store/licenses/license-store';
import { auditKey } from '../../../../shared/store/table/keys';
import { ITEM_IS_ABSENT, type Write } from '../../../../shared/store/table/write';
import { UserStore } from '../../../../shared/store/users/user-store';
import { type EngineProxy, startEngineProxy } from '../../../support/store/engine-proxy';
import {
  activatingChange,
  auditEvent,
  domainRecord,
  groupRecord,
  newDomainId,
  readItem,
  RETENTION_DAYS,
  userRecord,
} from '../../../support/store/records';

let front: EngineProxy;
let domainId: string;
let users: UserStore;
let groups: GroupStore;

beforeAll(async () => {
  front = await startEngineProxy();
});
afterAll(() => front.close());
beforeEach(() => {
  domainId = newDomainId();
  users = new UserStore(front.table, domainId, RETENTION_DAYS);
  groups = new GroupStore(front.table, domainId, RETENTION_DAYS);
});

/** The second attempt is canceled, and the first one arrives just before the third. */
const delayFirstAttempt = () =>
  front.injectFaults('TransactWriteItems', { kind: 'late' }, { kind: 'conflict' });

async function createdUser(userName = 'jane@example.com') {
  const user = userRecord(userName);
  await users.create(user, activatingChange(user));
  return user;
}

describe('a change whose first attempt arrives after the second was canceled', () => {
  it('creates a user once, and does not take its name for that of another user', async () => {
    const user = userRecord('jane@example.com');
    delayFirstAttempt();
    await users.create(user, activatingChange(user));
    expect(await users.get(user.id)).toMatchObject({ version: 1 });
    expect(await readCounts(front.table, domainId)).toMatchObject({ users: 1, activeLicenses: 1 });
    const other = userRecord('jane@example.com');
    await expect(users.create(other, activatingChange(other))).rejects.toMatchObject({ status: 409 });
  });

  it('keeps the members in the audit event', async () => {
    const [user, group] = [await createdUser(), groupRecord('Engineering')];
    await groups.create(group, [], () => auditEvent('group.created', group.id));
    const event = auditEvent('group.updated', group.id);
    delayFirstAttempt();
    await groups.changeMembers(
      group,
      event.at,
      [{ kind: 'add', groupId: group.id, userId: user.id }],
      (written) => ({
        ...event,
        changes: written.map(({ userId }) => ({ attribute: 'members', after: userId })),
      }),
    );
    expect(await readItem(front.table, auditKey(domainId, event.id))).toMatchObject({
      changes: [{ attribute: 'members', after: user.id }],
    });
    expect(await groups.get(group.id)).toMatchObject({ memberCount: 1, version: 2 });
  });

  it('says that it replaced the key of a license', async () => {
    const user = await createdUser();
    const licenses = new LicenseStore(front.table);
    const license = await licenses.read(domainId, user.id);
    if (!license) throw new Error('The user has no license.');
    const activationId = newId();
    delayFirstAttempt();
    const event = auditEvent('license.keyReplaced', user.id);
    expect(await licenses.replaceKey(license, activationId, event, RETENTION_DAYS)).toBe(true);
    expect(await licenses.read(domainId, user.id)).toMatchObject({ activationId });
  });

  it('creates a domain', async () => {
    const store = new DomainStore(front.table, RETENTION_DAYS);
    const domain = domainRecord();
    delayFirstAttempt();
    await store.create(domain, auditEvent('domain.created', domain.domainId));
    expect(await store.get(domain.domainId)).toEqual(domain);
  });
});

it('a transaction with several marks has succeeded only if all of them exist', async () => {
  const mark = (id: string): Write => ({
    put: { ...auditKey(domainId, id) },
    condition: ITEM_IS_ABSENT,
    marksChange: true,
  });
  expect(await front.table.tryTransact([mark('a')])).toEqual([]);
  expect(await front.table.tryTransact([mark('a')])).toEqual([]);
  expect(await front.table.tryTransact([mark('a'), mark('b')])).toEqual([0]);
  expect(await readItem(front.table, auditKey(domainId, 'b'))).toBeUndefined();
});
