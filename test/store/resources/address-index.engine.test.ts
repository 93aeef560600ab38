import { AddressIndex } from '../../../shared/store/resources/address-index';
import {
  ADDRESS_INDEX_COMPLETE,
  ADDRESS_INDEX_REQUEST,
  addressIndexKey,
  addressIndexPartition,
} from '../../../shared/store/table/address-keys';
import { Table } from '../../../shared/store/table/table';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { UserStore } from '../../../shared/store/users/user-store';
import { createTableLikeSystem } from '../../support/store/create-table';
import {
  activatingChange,
  auditEvent,
  newDomainId,
  queryItems,
  readItem,
  RETENTION_DAYS,
  userRecord,
} from '../../support/store/records';

const ADDRESS = 'ada@example.com';

let table: Table;
let domainId: string;
let users: UserStore;
let index: AddressIndex;
let time: Date;

beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(() => {
  domainId = newDomainId();
  users = new UserStore(table, domainId, RETENTION_DAYS);
  time = new Date('2026-03-01T12:00:00.000Z');
  index = new AddressIndex(table, domainId, () => time);
});

async function createUser(userName: string, ...addresses: string[]): Promise<ResourceRecord> {
  const user = userRecord(userName, { emails: addresses.map((value) => ({ value })) });
  await users.create(user, activatingChange(user));
  return user;
}

async function replaceUser(before: ResourceRecord, attributes: object): Promise<ResourceRecord> {
  const after = {
    ...before,
    attributes: { ...before.attributes, ...attributes },
    version: before.version + 1,
  };
  return users.replace(before, after, { audit: auditEvent('user.updated', before.id) });
}

describe('idsOf', () => {
  it('finds all users who have the address, ignoring case', async () => {
    const owner = await createUser(ADDRESS, ADDRESS);
    const holders = [
      await createUser('ada', 'Ada@Example.com'),
      await createUser('bob', 'b@b.example', ADDRESS),
    ];
    await createUser('cleo', 'cleo@example.com');
    const ids = await index.idsOf('ADA@example.com', 10);
    expect([...ids].sort()).toEqual([owner, ...holders].map(({ id }) => id).sort());
    expect(await index.idsOf(ADDRESS, 2)).toHaveLength(2);
  });

  it('finds the last write of each change', async () => {
    let user = await createUser('ada', ADDRESS);
    expect(await index.idsOf(ADDRESS, 10)).toEqual([user.id]);
    user = await replaceUser(user, { userName: ADDRESS });
    expect(await index.idsOf(ADDRESS, 10)).toEqual([user.id]);
    user = await replaceUser(user, { userName: 'ada', emails: [{ value: 'new@example.com' }] });
    expect(await index.idsOf(ADDRESS, 10)).toEqual([]);
    expect(await index.idsOf('new@example.com', 10)).toEqual([user.id]);
    await users.delete(user, { audit: auditEvent('user.deleted', user.id) });
    expect(await index.idsOf('new@example.com', 10)).toEqual([]);
  });

  it.each(['', 'x'.repeat(1_025), '\ud800'])('finds nothing for what no key can hold: %#', async (text) => {
    expect(await index.idsOf(text, 10)).toEqual([]);
  });

  it.each([
    ['away from the address', ADDRESS, 'ada'],
    ['to the address', 'ada', ADDRESS],
  ])('finds a user who is renamed %s between any two of its reads', async (_, before, after) => {
    for (let reads = 0; reads < 4; reads++) {
      domainId = newDomainId();
      users = new UserStore(table, domainId, RETENTION_DAYS);
      const user = await createUser(before, ADDRESS);
      const rename = () => replaceUser(user, { userName: after });
      const racing = new AddressIndex(actingTable(table, reads, rename), domainId, () => time);
      expect(await racing.idsOf(ADDRESS, 10)).toEqual([user.id]);
    }
  });
});

describe('the state', () => {
  it('is incomplete for a domain of an earlier version, and complete for others', async () => {
    expect(await index.readState(10)).toEqual({ isComplete: false, unindexedIds: [] });
    await table.put({ ...addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE) });
    expect(await index.readState(10)).toEqual({ isComplete: true, unindexedIds: [] });
  });

  it('names the users with very many addresses', async () => {
    await createUser('few', ...addresses(20));
    const many = await createUser('many', ...addresses(21));
    expect(await index.readState(10)).toMatchObject({ unindexedIds: [many.id] });
    await replaceUser(many, { emails: [] });
    expect(await index.readState(10)).toMatchObject({ unindexedIds: [] });
  });
});

describe('requestIndexing', () => {
  const read = () => readItem(table, addressIndexKey(domainId, ADDRESS_INDEX_REQUEST));
  const wait = (minutes: number) => (time = new Date(time.getTime() + minutes * 60_000));

  it('writes one request, and another one only after an hour', async () => {
    await index.requestIndexing();
    const first = await read();
    expect(first).toMatchObject({ requestedAt: time.toISOString() });
    expect(await index.readState(10)).toMatchObject({ requestedAt: time.toISOString(), unindexedIds: [] });

    wait(59);
    await index.requestIndexing();
    await index.requestIndexing(await index.readState(10));
    expect(await read()).toEqual(first);
    wait(1);
    await index.requestIndexing(await index.readState(10));
    expect(await read()).toMatchObject({ requestedAt: time.toISOString() });
    expect(await queryItems(table, addressIndexPartition(domainId))).toHaveLength(1);
  });
});

const addresses = (count: number) => Array.from({ length: count }, (_, at) => `${at}@many.example`);

/** Returns a table that acts once, after this number of reads. */
function actingTable({ name, client }: Table, reads: number, act: () => Promise<unknown>): Table {
  let left = reads;
  const acting = Object.create(client, {
    send: {
      value: async (command: unknown) => {
        if (left-- === 0) await act();
        return (client.send as (command: unknown) => Promise<unknown>).call(client, command);
      },
    },
  }) as Table['client'];
  return new Table(name, acting);
}
