import { licenseRecordKey, resourcePartition } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';
import { DomainToSweep } from '../../support/store/domain-to-sweep';
import {
  activatingChange,
  AT,
  auditEvent,
  queryItems,
  readItem,
  userRecord,
} from '../../support/store/records';

let table: Table;
let domain: DomainToSweep;

beforeAll(async () => {
  // No function reads the stream of this table, so only the tests sweep.
  table = await createTable();
});
beforeEach(async () => {
  domain = await DomainToSweep.create(table);
});

/** Returns a `sleep` that runs `change` the first time it is called: after the sweep read its first items. */
function sleepDuring(change: () => Promise<unknown>): () => Promise<void> {
  let isDone = false;
  return async () => {
    if (isDone) return;
    isDone = true;
    await change();
  };
}

describe('a change that was in progress when its domain was deleted', () => {
  it('leaves no name claim if it renames a user during the sweep', async () => {
    const user = await domain.createUser();
    await domain.delete();
    const renamed = { ...user, attributes: { ...user.attributes, userName: 'new@example.com' }, version: 2 };
    const sleep = sleepDuring(() =>
      domain.users.replace(user, renamed, { audit: auditEvent('user.updated', user.id) }),
    );
    expect((await domain.sweep({ sleep })).outcome).toBe('swept');
    expect(await domain.users.idOfName('new@example.com')).toBeUndefined();
    expect(await domain.remainingItems()).toHaveLength(3);
  });

  it('leaves no membership if it adds a user to a group during the sweep', async () => {
    const user = await domain.createUser();
    const group = await domain.createGroup([]);
    await domain.delete();
    const edits = [{ kind: 'add', groupId: group.id, userId: user.id } as const];
    const sleep = sleepDuring(() =>
      domain.groups.changeMembers(group.id, AT, edits, () => auditEvent('group.updated', group.id)),
    );
    expect((await domain.sweep({ sleep })).outcome).toBe('swept');
    expect(await domain.remainingItems()).toHaveLength(3);
  });

  it('cannot create a user, a group, or a license', async () => {
    const { domainId, users } = domain;
    const user = await domain.createUser();
    await domain.delete();
    await expect(domain.createUser()).rejects.toMatchObject({ name: 'LicenseConflict' });
    const inactive = userRecord('inactive@example.com');
    const creation = { ...activatingChange(inactive), license: { status: 'inactive' } as const };
    await expect(users.create(inactive, creation)).rejects.toMatchObject({ status: 403 });
    await expect(domain.createGroup([user])).rejects.toMatchObject({ status: 403 });
    expect(await queryItems(table, resourcePartition(domainId, 'GROUP'))).toEqual([]);
    await domain.sweep();
    const change = { ...activatingChange(user), audit: auditEvent('user.updated', user.id) };
    await expect(users.replace(user, { ...user, version: 2 }, change)).rejects.toThrow();
    expect(await readItem(table, licenseRecordKey(domainId, user.id))).toBeUndefined();
    expect(await domain.remainingItems()).toHaveLength(3);
  });
});
