import {
  auditKey,
  diagnosticKey,
  licenseRecordKey,
  pageMarkKey,
  rateKey,
  requestKey,
  resourcePartition,
} from '../../../shared/store/table/keys';
import { mailKey, outboxKey, suppressedKey } from '../../../shared/store/table/mail-keys';
import { Users } from '../../../shared/service/users/users';
import { LONGEST_REQUEST_MS, sweepAllLeftovers } from '../../../shared/service/sweep/leftovers';
import { DeletedDomains } from '../../../shared/store/domains/deleted-domains';
import { sweepLeftovers } from '../../../shared/store/sweep/domain-sweep';
import type { Table } from '../../../shared/store/table/table';
import { createCaller } from '../../support/requests/caller';
import { createTable } from '../../support/mail/mail-environment';
import { DomainToSweep } from '../../support/store/domain-to-sweep';
import {
  activatingChange,
  AT,
  auditEvent,
  queryItems,
  readItem,
  USER_SETTINGS,
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
      domain.groups.changeMembers(group, AT, edits, () => auditEvent('group.updated', group.id)),
    );
    expect((await domain.sweep({ sleep })).outcome).toBe('swept');
    expect(await domain.remainingItems()).toHaveLength(3);
  });

  it('cannot create a user, a group, or a license', async () => {
    const { domainId, users } = domain;
    const user = await domain.createUser();
    await domain.delete();
    await expect(domain.createUser()).rejects.toMatchObject({ status: 403 });
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

describe('a request that was in progress when its domain was deleted', () => {
  it.each([true, false])('learns that the domain was deleted if the user is active: %s', async (active) => {
    const caller = createCaller({ domainId: domain.domainId });
    const users = () => new Users(table, USER_SETTINGS, caller);
    const { id } = await users().create({ userName: 'inactive@example.com', active: false });
    await domain.delete();
    const deleted = {
      status: 403,
      detail: 'This domain was deleted. Ask the operator of this service for another one.',
    };
    await expect(users().create({ userName: 'ada@example.com', active })).rejects.toMatchObject(deleted);
    const activation = { op: 'replace', path: 'active', value: true };
    await expect(users().patch(id, { Operations: [activation] })).rejects.toMatchObject(deleted);
  });

  const deletedAt = Date.parse(AT);
  /** Sweeps the leftovers as the schedule does, at a time after the deletion. Returns the swept domains. */
  async function sweepLater(afterMs: number, failing: readonly string[] = []): Promise<string[]> {
    const swept: string[] = [];
    const now = () => new Date(deletedAt + afterMs);
    const context = { now, sleep: () => Promise.resolve(), isTimeUp: () => false, onSwept: () => undefined };
    const deletedDomains = new DeletedDomains(table);
    await sweepAllLeftovers({
      withLeftovers: (before) => deletedDomains.withLeftovers(before),
      sweep: (domainId) =>
        failing.includes(domainId)
          ? Promise.reject(new Error('DynamoDB is unavailable.'))
          : sweepLeftovers(table, domainId, context),
      isTimeUp: () => false,
      now,
      onOutcome: (domainId, outcome) => outcome === 'swept' && swept.push(domainId),
      onError: (domainId) => swept.push(`failed ${domainId}`),
    });
    return swept.filter((text) => text.includes(domain.domainId));
  }

  /** Writes what requests write without a condition on the domain. */
  async function leaveOver(): Promise<void> {
    const { domainId } = domain;
    for (const key of [
      mailKey(domainId, 'user', 'mail'),
      outboxKey(AT, domainId, 'user', 'mail'),
      auditKey(domainId, 'refused'),
      diagnosticKey(domainId, 'refused#1'),
      suppressedKey(domainId, 'jane@example.com'),
      rateKey(domainId, 1),
      requestKey(domainId, 'refused', 'request'),
      pageMarkKey(domainId, 'USER', 101),
    ])
      await table.put({ ...key, to: 'jane@example.com', dueAt: AT });
  }

  it('leaves nothing over: the domain is swept again after the longest request', async () => {
    await domain.delete();
    await domain.sweep();
    const kept = await domain.remainingItems();
    await leaveOver();
    expect(await sweepLater(LONGEST_REQUEST_MS)).toEqual([]);
    expect(await domain.remainingItems()).toHaveLength(kept.length + 8);

    expect(await sweepLater(LONGEST_REQUEST_MS + 1, [domain.domainId])).toEqual([
      `failed ${domain.domainId}`,
    ]);
    expect(await sweepLater(LONGEST_REQUEST_MS + 1)).toEqual([domain.domainId]);
    expect(await domain.remainingItems()).toEqual(kept);
    expect(await sweepLater(2 * LONGEST_REQUEST_MS)).toEqual([]);
  });

  it('is not swept again before the first sweep has ended, which then finds the leftovers', async () => {
    await domain.createUser();
    await domain.delete();
    await leaveOver();
    expect(await sweepLater(2 * LONGEST_REQUEST_MS)).toEqual([]);
    await domain.sweep();
    expect(await sweepLater(2 * LONGEST_REQUEST_MS)).toEqual([domain.domainId]);
  });
});
