import { DOMAIN_SWEEP_INTERVAL_MS, ITEM_BATCH_SIZE } from '../../../shared/store/sweep/domain-sweep';
import { COUNT_SHARDS } from '../../../shared/store/domains/counts';
import { auditKey, tombstoneKey, deletedDomainKey, rateKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';
import { putItems } from '../../support/seed/seed-items';
import { DomainToSweep, SWEEP_TIME } from '../../support/store/domain-to-sweep';
import { AT, auditEvent, readItem } from '../../support/store/records';

let table: Table;
let domain: DomainToSweep;

beforeAll(async () => {
  // No function reads the stream of this table, so only the tests sweep.
  table = await createTable();
});
beforeEach(async () => {
  domain = await DomainToSweep.create(table);
});

describe('sweepDomain', () => {
  it('deletes the data of a deleted domain, except what must stay, and nothing of other domains', async () => {
    const other = await DomainToSweep.create(table);
    for (const each of [domain, other]) {
      const users = [await each.createUser(), await each.createUser()];
      const group = await each.createGroup(users);
      const deleted = await each.createGroup(users);
      const read = await each.groups.get(deleted.id);
      await each.groups.delete(read!, auditEvent('group.deleted', deleted.id));
      await each.fill(users[0]!, group);
    }
    const before = await other.remainingItems();
    const deletionId = await domain.delete();

    expect((await domain.sweep()).outcome).toBe('swept');

    const { domainId } = domain;
    expect(await domain.remainingItems()).toEqual(
      expect.arrayContaining([
        tombstoneKey(domainId),
        deletedDomainKey(domainId),
        auditKey('DEPLOYMENT', deletionId),
        expect.objectContaining({ sk: 'KEY' }),
      ]),
    );
    expect(await domain.remainingItems()).toHaveLength(4);
    expect(await readItem(table, tombstoneKey(domainId))).toEqual({
      ...tombstoneKey(domainId),
      deletedAt: AT,
      seats: 0,
      ttl: expect.any(Number) as number,
    });
    expect(await readItem(table, deletedDomainKey(domainId))).toMatchObject({
      sweptAt: SWEEP_TIME.toISOString(),
    });
    expect(await other.remainingItems()).toEqual(before);
  });

  it('deletes the addresses of users, however many they are', async () => {
    const addresses = (count: number) => Array.from({ length: count }, (_, at) => `${at}@mail.example`);
    await domain.createUsers(6, addresses(20));
    await domain.createUsers(2, addresses(21));
    await domain.delete();
    const { outcome, swept } = await domain.sweep();
    expect(outcome).toBe('swept');
    // A transaction has room for four users with 22 writes.
    expect(swept.slice(0, 2).reduce((sum, users) => sum + users)).toBe(8);
    const remaining = await domain.remainingItems();
    expect(remaining.filter(({ pk }) => pk.includes('#EMAIL'))).toEqual([]);
  });

  it('does not change a domain that exists', async () => {
    await domain.createUser();
    const before = await domain.remainingItems();
    expect(await domain.sweep()).toEqual({ outcome: 'exists', swept: [], pauses: [] });
    expect(await domain.remainingItems()).toEqual(before);
  });

  it('does nothing if nothing is left', async () => {
    await domain.delete();
    await domain.sweep();
    const before = await domain.remainingItems();
    expect(await domain.sweep()).toMatchObject({ outcome: 'swept', swept: [] });
    expect(await domain.remainingItems()).toEqual(before);
  });

  it('fills each batch, and pauses before the next', async () => {
    const minutes = Array.from({ length: ITEM_BATCH_SIZE + 1 }, (_, minute) => minute);
    await putItems(
      table,
      minutes.map((minute) => rateKey(domain.domainId, minute)),
    );
    await domain.delete();
    const { swept, pauses } = await domain.sweep();
    // The audit event of the creation, the rates, and the counts.
    expect(swept).toEqual([1, ITEM_BATCH_SIZE, 1, COUNT_SHARDS + 1]);
    expect(pauses).toEqual([0, ...swept.slice(1).map(() => DOMAIN_SWEEP_INTERVAL_MS)]);
  });
});
