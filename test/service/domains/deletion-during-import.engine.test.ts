import type { UsageKeys } from '../../../shared/gateway/usage-keys';
import { newId } from '../../../shared/id';
import { DomainAdmin } from '../../../shared/service/domains/domain-admin';
import { Users } from '../../../shared/service/users/users';
import { COUNT_SHARDS } from '../../../shared/store/domains/counts';
import { DeletedDomains } from '../../../shared/store/domains/deleted-domains';
import { DomainStore, type Domain } from '../../../shared/store/domains/domain-store';
import { UsageKeyChanges } from '../../../shared/store/domains/usage-key-changes';
import { resourcePartition } from '../../../shared/store/table/keys';
import { Table } from '../../../shared/store/table/table';
import { createCaller } from '../../support/requests/caller';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { auditEvent, domainRecord, RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';
import { OPERATOR } from '../../support/system/system';

// How long a deletion takes depends on the machine. How many calls of the table it makes does not. So these
// tests count the calls. `npm run bench -- deletion` measures the seconds.

/** The calls of a deletion besides those that close the shards. */
const MAX_OTHER_CALLS = 12;

let table: Table;
let front: EngineProxy;
let domain: Domain;
beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(async () => {
  domain = domainRecord();
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domain.domainId));
});

const done = () => Promise.resolve();
const usageKeys = { flushAuthorizerCache: done, delete: done, deleteAll: done } as unknown as UsageKeys;

async function deleteDomain(through: Table): Promise<void> {
  const domains = new DomainStore(through, RETENTION_DAYS);
  const changes = new UsageKeyChanges(through);
  const admin = new DomainAdmin(domains, new DeletedDomains(through), usageKeys, changes, () => new Date());
  await admin.deleteDomain(domain.domainId, domain.name, OPERATOR);
}

async function createUser(): Promise<'created' | number> {
  const caller = { ...createCaller(), domainId: domain.domainId };
  try {
    await new Users(table, USER_SETTINGS, caller).create({ userName: newId() });
    return 'created';
  } catch (error) {
    return (error as { status: number }).status;
  }
}

/** Returns the table with calls that are made one at a time. `before` runs before each of them. */
function withCalls(before: () => Promise<unknown>): { through: Table; count: () => number } {
  let count = 0;
  let last: Promise<unknown> = Promise.resolve();
  const send = (...call: Parameters<Table['client']['send']>) => {
    const next = last
      .catch(() => undefined)
      .then(async () => {
        count++;
        await before();
        return table.client.send(...call);
      });
    last = next;
    return next;
  };
  const client = Object.assign(Object.create(table.client) as Table['client'], { send });
  return { through: new Table(table.name, client), count: () => count };
}

/** Returns the number of calls of a deletion that nothing disturbs. */
async function quietCalls(): Promise<number> {
  const { through, count } = withCalls(done);
  await deleteDomain(through);
  return count();
}

it('makes as many calls during the fastest import as without one, and nothing is created afterward', async () => {
  const outcomes: ('created' | number)[] = [];
  const { through, count } = withCalls(async () => outcomes.push(await createUser()));
  await deleteDomain(through);
  outcomes.push(await createUser());

  // The shards close one after the other, so creations end somewhere in between. A creation never fails
  // otherwise.
  expect(outcomes[0]).toBe('created');
  expect(outcomes.at(-1)).toBe(403);
  expect(outcomes.filter((outcome) => outcome !== 'created' && outcome !== 403)).toEqual([]);
  const created = outcomes.filter((outcome) => outcome === 'created').length;
  const { items } = await table.query({ pk: resourcePartition(domain.domainId, 'USER') });
  expect(items).toHaveLength(created);

  domain = domainRecord();
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domain.domainId));
  expect(await quietCalls()).toBe(count());
  expect(count()).toBeLessThanOrEqual(COUNT_SHARDS + MAX_OTHER_CALLS);
});

it('repeats only the writes that meet a transaction of the import', async () => {
  const quiet = await quietCalls();
  domain = domainRecord();
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domain.domainId));
  const conflicts = COUNT_SHARDS;
  front.injectFaults(
    'UpdateItem',
    ...Array.from({ length: conflicts }, () => ({ kind: 'plainConflict' }) as const),
  );
  front.injectFaults('TransactWriteItems', { kind: 'conflict' }, { kind: 'conflict' });
  front.takeOperations();
  await deleteDomain(front.table);
  expect(front.takeOperations()).toHaveLength(quiet + conflicts + 2);
  expect(await createUser()).toBe(403);
});
