import { BatchWriteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { newId } from '../../../shared/id';
import { DomainStore, type Domain } from '../../../shared/store/domains/domain-store';
import {
  DOMAIN_SWEEP_INTERVAL_MS,
  ITEM_BATCH_SIZE,
  RESOURCE_BATCH_SIZE,
  sweepDomain,
} from '../../../shared/store/sweep/domain-sweep';
import { GroupStore } from '../../../shared/store/groups/group-store';
import {
  auditKey,
  countsKey,
  deletedDomainKey,
  licenseKeyKey,
  licenseRecordKey,
  mailKey,
  diagnosticKey,
  outboxKey,
  pageMarkKey,
  pendingKey,
  rateKey,
  resourcePartition,
  scimKeyKey,
  suppressedKey,
  type ItemKey,
} from '../../../shared/store/table/keys';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { SweepContext } from '../../../shared/store/sweep/sweep-context';
import type { Table } from '../../../shared/store/table/table';
import { UserStore } from '../../../shared/store/users/user-store';
import { createTable } from '../../support/mail/mail-environment';
import {
  activatingChange,
  AT,
  auditEvent,
  domainRecord,
  groupRecord,
  readItem,
  queryItems,
  RETENTION_DAYS,
  userRecord,
} from '../../support/store/records';

const LATER = new Date('2026-03-02T12:00:00.000Z');

let table: Table;
let domains: DomainStore;
let domain: Domain;

beforeAll(async () => {
  // Of its own, whose stream nobody reads: what is swept here is swept by the tests alone.
  table = await createTable();
  domains = new DomainStore(table, RETENTION_DAYS);
});
beforeEach(async () => {
  domain = domainRecord();
  await domains.create(domain, auditEvent('domain.created', domain.domainId));
});

const put = (key: ItemKey, attributes: object = {}) =>
  table.client.send(new PutCommand({ TableName: table.name, Item: { ...key, ...attributes } }));

const usersOf = ({ domainId }: Domain) => new UserStore(table, domainId, RETENTION_DAYS);
const groupsOf = ({ domainId }: Domain) => new GroupStore(table, domainId, RETENTION_DAYS);

async function newUser(of = domain): Promise<ResourceRecord> {
  const user = userRecord(`${newId()}@Example.com`);
  await usersOf(of).create(user, activatingChange(user));
  return user;
}

async function newGroup(members: readonly ResourceRecord[], of = domain): Promise<ResourceRecord> {
  const group = groupRecord(`Group ${newId()}`);
  const edits = members.map(({ id }) => ({ kind: 'add', groupId: group.id, userId: id }) as const);
  await groupsOf(of).create(group, edits, () => auditEvent('group.created', group.id));
  return group;
}

const deleteDomain = () => domains.delete(domain, auditEvent('domain.deleted', domain.domainId));

function sweep(given: Partial<SweepContext> = {}) {
  const swept: number[] = [];
  const pauses: number[] = [];
  const outcome = sweepDomain(table, domain.domainId, {
    now: () => LATER,
    sleep: (ms) => Promise.resolve(void pauses.push(ms)),
    isTimeUp: () => false,
    onSwept: (items) => swept.push(items),
    ...given,
  });
  return outcome.then((result) => ({ outcome: result, swept, pauses }));
}

/** Everything in the table that names the domain. */
async function remainingItems(domainId: string): Promise<ItemKey[]> {
  const found: ItemKey[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new ScanCommand({ TableName: table.name, ConsistentRead: true, ExclusiveStartKey }),
    );
    found.push(
      ...((page.Items ?? []) as ItemKey[]).filter((item) => JSON.stringify(item).includes(domainId)),
    );
    ({ LastEvaluatedKey: ExclusiveStartKey } = page);
  } while (ExclusiveStartKey);
  return found.map(({ pk, sk }) => ({ pk, sk }));
}

/** One item at least in every place where a domain may have some. */
async function fillDomain({ domainId }: Domain, user: ResourceRecord, group: ResourceRecord): Promise<void> {
  const dueAt = '2026-03-01T13:00:00.000Z';
  const { id } = user;
  await Promise.all([
    put(scimKeyKey(domainId, 'k'), { keyId: 'k' }),
    put(pendingKey(domainId, 'c'), { userId: id }),
    put(mailKey(domainId, id, 'sent'), { status: 'sent', dueAt }),
    put(mailKey(domainId, id, 'due'), { status: 'due', dueAt }),
    put(outboxKey(dueAt, domainId, id, 'due'), { domainId }),
    put(suppressedKey(domainId, 'jane@example.com')),
    put(diagnosticKey(domainId, 'refused#1')),
    put(rateKey(domainId, 1)),
    put(licenseKeyKey(`hash-of-${id}`), { domainId, userId: id }),
    ...['USER', 'GROUP', 'USER#NAME', 'GROUP#NAME#DESCENDING', `MEMBER#${group.id}`].map((listing) =>
      put(pageMarkKey(domainId, listing, 101)),
    ),
  ]);
}

describe('sweepDomain', () => {
  it('leaves nothing of a deleted domain but what is meant to stay, and all of another one', async () => {
    const others = domainRecord();
    await domains.create(others, auditEvent('domain.created', others.domainId));
    for (const each of [domain, others]) {
      const users = [await newUser(each), await newUser(each)];
      const group = await newGroup(users, each);
      const gone = await newGroup(users, each);
      const read = await groupsOf(each).get(gone.id);
      await groupsOf(each).delete(read!, auditEvent('group.deleted', gone.id));
      await fillDomain(each, users[0]!, group);
    }
    const kept = await remainingItems(others.domainId);
    const deletion = auditEvent('domain.deleted', domain.domainId);
    await domains.delete(domain, deletion);

    expect((await sweep()).outcome).toBe('swept');

    expect(await remainingItems(domain.domainId)).toEqual(
      expect.arrayContaining([
        countsKey(domain.domainId),
        deletedDomainKey(domain.domainId),
        auditKey('DEPLOYMENT', deletion.id),
        expect.objectContaining({ sk: 'KEY' }),
      ]),
    );
    expect(await remainingItems(domain.domainId)).toHaveLength(4);
    expect(await readItem(table, countsKey(domain.domainId))).toEqual({
      ...countsKey(domain.domainId),
      deletedAt: AT,
      seats: 0,
      ttl: expect.any(Number) as number,
    });
    expect(await readItem(table, deletedDomainKey(domain.domainId))).toMatchObject({
      sweptAt: LATER.toISOString(),
    });
    expect(await remainingItems(others.domainId)).toEqual(kept);
  });

  it('leaves a domain that exists as it is', async () => {
    await newUser();
    const before = await remainingItems(domain.domainId);
    expect(await sweep()).toEqual({ outcome: 'exists', swept: [], pauses: [] });
    expect(await remainingItems(domain.domainId)).toEqual(before);
  });

  it('does nothing where nothing is left', async () => {
    await deleteDomain();
    await sweep();
    const left = await remainingItems(domain.domainId);
    expect(await sweep()).toMatchObject({ outcome: 'swept', swept: [] });
    expect(await remainingItems(domain.domainId)).toEqual(left);
  });

  it('takes as many at once as it says, and makes a pause before the next', async () => {
    const { domainId } = domain;
    const rates = Array.from({ length: ITEM_BATCH_SIZE + 1 }, (_, minute) => rateKey(domainId, minute));
    for (let at = 0; at < rates.length; at += 25) {
      const puts = rates.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
      await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
    }
    await deleteDomain();
    const { swept, pauses } = await sweep();
    // The event of its creation, and the rates.
    expect(swept).toEqual([1, ITEM_BATCH_SIZE, 1]);
    expect(pauses).toEqual([0, DOMAIN_SWEEP_INTERVAL_MS, DOMAIN_SWEEP_INTERVAL_MS]);
  });

  it('that dies before any of its steps goes on from there, and ends with nothing left', async () => {
    const users = await Promise.all(Array.from({ length: RESOURCE_BATCH_SIZE + 2 }, () => newUser()));
    await fillDomain(domain, users[0]!, await newGroup(users.slice(0, 20)));
    await deleteDomain();
    for (let steps = 0; ; steps++) {
      let taken = 0;
      const dying = () => (++taken > 1 ? Promise.reject(new Error('died')) : Promise.resolve());
      const done = await sweep({ sleep: dying }).catch((error: Error) => error.message);
      if (done !== 'died') break;
      expect(steps).toBeLessThan(30);
    }
    expect(await remainingItems(domain.domainId)).toHaveLength(4);
  });

  it('stops where the time is up', async () => {
    await newUser();
    await deleteDomain();
    let asked = 0;
    expect((await sweep({ isTimeUp: () => ++asked > 1 })).outcome).toBe('unfinished');
    expect(await readItem(table, deletedDomainKey(domain.domainId))).not.toHaveProperty('sweptAt');
    expect((await sweep()).outcome).toBe('swept');
  });

  it('is done as well by three at once', async () => {
    const users = await Promise.all(Array.from({ length: 5 }, () => newUser()));
    await fillDomain(domain, users[0]!, await newGroup(users));
    await deleteDomain();
    const sweeps = await Promise.all([sweep(), sweep(), sweep()]);
    expect(sweeps.map(({ outcome }) => outcome)).toEqual(['swept', 'swept', 'swept']);
    expect(await remainingItems(domain.domainId)).toHaveLength(4);
  });
});

describe('a change that was under way when the domain was deleted', () => {
  const changedBy = (change: () => Promise<unknown>) => {
    let isDone = false;
    return async () => {
      if (isDone) return;
      isDone = true;
      await change();
    };
  };

  it('and renames a user behind the back of the sweep leaves no name behind', async () => {
    const user = await newUser();
    await deleteDomain();
    const renamed = { ...user, attributes: { ...user.attributes, userName: 'new@example.com' }, version: 2 };
    const rename = changedBy(() =>
      usersOf(domain).replace(user, renamed, { audit: auditEvent('user.updated', user.id) }),
    );
    expect((await sweep({ sleep: rename })).outcome).toBe('swept');
    expect(await usersOf(domain).idOfName('new@example.com')).toBeUndefined();
    expect(await remainingItems(domain.domainId)).toHaveLength(3);
  });

  it('and enters a user into a group leaves no membership behind', async () => {
    const user = await newUser();
    const group = await newGroup([]);
    await deleteDomain();
    const enter = changedBy(() =>
      groupsOf(domain).changeMembers(
        group.id,
        AT,
        [{ kind: 'add', groupId: group.id, userId: user.id }],
        () => auditEvent('group.updated', group.id),
      ),
    );
    expect((await sweep({ sleep: enter })).outcome).toBe('swept');
    expect(await remainingItems(domain.domainId)).toHaveLength(3);
  });

  it('makes no user, no group and no license any more', async () => {
    const user = await newUser();
    await deleteDomain();
    await expect(newUser()).rejects.toMatchObject({ name: 'LicenseConflict' });
    const inactive = userRecord('inactive@example.com');
    const creation = { ...activatingChange(inactive), license: { status: 'inactive' } as const };
    await expect(usersOf(domain).create(inactive, creation)).rejects.toMatchObject({ status: 403 });
    await expect(newGroup([user])).rejects.toMatchObject({ status: 403 });
    expect(await queryItems(table, resourcePartition(domain.domainId, 'GROUP'))).toEqual([]);
    await sweep();
    const change = { ...activatingChange(user), audit: auditEvent('user.updated', user.id) };
    await expect(usersOf(domain).replace(user, { ...user, version: 2 }, change)).rejects.toThrow();
    expect(await readItem(table, licenseRecordKey(domain.domainId, user.id))).toBeUndefined();
    expect(await remainingItems(domain.domainId)).toHaveLength(3);
  });
});
