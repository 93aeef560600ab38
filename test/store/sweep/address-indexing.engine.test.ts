import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import {
  indexAddresses,
  indexAddressPage,
  INDEXING_INTERVAL_MS,
  INDEXING_PAGE_SIZE,
} from '../../../shared/store/sweep/address-indexing';
import type { SweepContext } from '../../../shared/store/sweep/sweep-context';
import {
  addressIndexPartition,
  addressKey,
  ADDRESS_INDEX_REQUEST,
  addressIndexKey,
} from '../../../shared/store/table/address-keys';
import { claimKey, domainKey } from '../../../shared/store/table/keys';
import { Table } from '../../../shared/store/table/table';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { UserStore } from '../../../shared/store/users/user-store';
import { readDomain } from '../../support/consistency/domain-data';
import { addressProblems } from '../../support/consistency/address-problems';
import { seedUserItems } from '../../support/seed/seed-items';
import { createTableLikeSystem } from '../../support/store/create-table';
import {
  AT,
  auditEvent,
  domainRecord,
  newDomainId,
  queryItems,
  readItem,
  RETENTION_DAYS,
} from '../../support/store/records';

let table: Table;
let domainId: string;

beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(async () => {
  domainId = newDomainId();
  await table.put({ ...domainKey(domainId), ...domainRecord({ domainId }) });
  await table.put({ ...addressIndexKey(domainId, ADDRESS_INDEX_REQUEST), requestedAt: AT });
});

/** Writes users as an earlier version did. Each third has another address, and the last very many. */
const seedUsers = (count: number): Promise<ResourceRecord[]> =>
  seedUserItems(table, domainId, count, (at) => {
    const userName = `user-${at}@example.com`;
    const more = at === count - 1 ? 30 : at % 3 === 0 ? 1 : 0;
    const emails = [userName, ...Array.from({ length: more }, (_, n) => `user-${at}-${n}@other.example`)];
    return { userName, emails: emails.map((value) => ({ value })) };
  });

const stateKeys = async () => (await queryItems(table, addressIndexPartition(domainId))).map(({ sk }) => sk);

async function run(context: Partial<SweepContext> = {}, on = table) {
  const created: number[] = [];
  const pauses: number[] = [];
  const outcome = await indexAddresses(on, domainId, {
    now: () => new Date(AT),
    sleep: (ms) => Promise.resolve(void pauses.push(ms)),
    isTimeUp: () => false,
    onSwept: (items) => created.push(items),
    ...context,
  });
  return { outcome, created, pauses };
}

const problems = async () => addressProblems(await readDomain(domainId, table));

describe('indexAddresses', () => {
  it('creates the items of all users, and records that they are complete', async () => {
    const users = await seedUsers(INDEXING_PAGE_SIZE + 5);
    const { outcome, created, pauses } = await run();
    expect({ outcome, created }).toEqual({ outcome: 'swept', created: [34, 2] });
    expect(pauses).toEqual([0, INDEXING_INTERVAL_MS]);
    expect(await stateKeys()).toEqual(['#COMPLETE', users.at(-1)?.id]);
    expect(await problems()).toEqual([]);
  });

  it('does nothing twice', async () => {
    await seedUsers(5);
    await run();
    await table.put({ ...addressIndexKey(domainId, ADDRESS_INDEX_REQUEST), requestedAt: AT });
    expect(await run()).toMatchObject({ outcome: 'swept', created: [] });
    expect(await stateKeys()).toHaveLength(2);
  });

  it('continues where it stopped when the time was up', async () => {
    await seedUsers(2 * INDEXING_PAGE_SIZE + 1);
    let steps = 0;
    expect(await run({ isTimeUp: () => ++steps > 1 })).toMatchObject({
      outcome: 'unfinished',
      created: [34],
    });
    expect(await stateKeys()).toEqual(['#PROGRESS', '#REQUEST']);
    expect(await run()).toMatchObject({ outcome: 'swept', created: [33, 1] });
    expect(await problems()).toEqual([]);
  });

  it('leaves nothing of a deleted domain', async () => {
    await table.delete(domainKey(domainId));
    expect((await run()).outcome).toBe('swept');
    expect(await stateKeys()).toEqual([]);
  });

  it('indexes a user who changes between its read and its write as the user is then', async () => {
    const [user] = (await seedUsers(1)) as [ResourceRecord];
    const store = new UserStore(table, domainId, RETENTION_DAYS);
    const emails = [{ value: 'new@example.com' }, { value: 'user-0-0@other.example' }];
    const after = { ...user, attributes: { ...user.attributes, emails }, version: user.version + 1 };
    const change = () => store.replace(user, after, { audit: auditEvent('user.updated', user.id) });
    await run({}, actingTable(table, change));
    expect(await problems()).toEqual([]);
    expect(await readItem(table, addressKey(domainId, 'user-0-0@other.example', user.id))).toBeDefined();
  });

  it('creates nothing for a user who is deleted between its read and its write', async () => {
    const [user] = (await seedUsers(1)) as [ResourceRecord];
    const store = new UserStore(table, domainId, RETENTION_DAYS);
    await table.put({ ...claimKey(domainId, 'USER', 'user-0@example.com'), ownerId: user.id });
    const remove = () => store.delete(user, { audit: auditEvent('user.deleted', user.id) });
    await run({}, actingTable(table, remove));
    expect(await problems()).toEqual([]);
  });
});

describe('indexAddressPage', () => {
  it('repairs only what is missing', async () => {
    const users = await seedUsers(4);
    expect(await indexAddressPage(table, domainId, 10)).toEqual({ created: 2 });
    await table.delete(addressKey(domainId, 'user-0-0@other.example', users[0]!.id));
    expect(await indexAddressPage(table, domainId, 2)).toEqual({ created: 1, next: users[1]!.id });
    expect(await indexAddressPage(table, domainId, 2, users[1]!.id)).toMatchObject({ created: 0 });
    expect(await problems()).toEqual([]);
  });
});

/** Returns a table that acts once, before its first transaction. */
function actingTable({ name, client }: Table, act: () => Promise<unknown>): Table {
  let hasActed = false;
  const acting = Object.create(client, {
    send: {
      value: async (command: unknown) => {
        if (command instanceof TransactWriteItemsCommand && !hasActed) {
          hasActed = true;
          await act();
        }
        return (client.send as (command: unknown) => Promise<unknown>).call(client, command);
      },
    },
  }) as Table['client'];
  return new Table(name, acting);
}
