import { COUNT_SHARDS } from '../../../shared/store/domains/counts';
import { DeletedDomains } from '../../../shared/store/domains/deleted-domains';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import {
  auditKey,
  countsPartition,
  countsShardKey,
  tombstoneKey,
  DEPLOYMENT,
  domainKey,
  seatsKey,
} from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { VersionConflict } from '../../../shared/store/table/operations/transaction';
import { createTableLikeSystem } from '../../support/store/create-table';
import {
  AT,
  auditEvent,
  domainRecord,
  queryItems,
  readItem,
  RETENTION_DAYS,
} from '../../support/store/records';

let table: Table;
let store: DomainStore;
beforeAll(async () => {
  table = await createTableLikeSystem();
  store = new DomainStore(table, RETENTION_DAYS);
});

async function created(name = 'Example') {
  const domain = domainRecord({ name });
  await store.create(domain, auditEvent('domain.created', domain.domainId));
  return domain;
}

const updated = (domainId: string) => auditEvent('domain.updated', domainId);

/** Returns the first domain of the list that starts just before an id. */
const listed = async (domainId: string) =>
  (
    await store.page(
      1,
      domainId.replace(/.$/, (last) => (last === '0' ? '' : '0')),
    )
  ).domains[0];

describe('a domain', () => {
  it('is returned as it was created, and has an audit event', async () => {
    const domain = domainRecord();
    const audit = auditEvent('domain.created', domain.domainId);
    await store.create(domain, audit);
    expect(await store.get(domain.domainId)).toEqual(domain);
    expect(await readItem(table, auditKey(domain.domainId, audit.id))).toMatchObject({
      action: 'domain.created',
    });
    expect(await store.get('nobody')).toBeUndefined();
  });

  it('is never overwritten', async () => {
    const domain = await created('First');
    const again = store.create({ ...domain, name: 'Second' }, updated(domain.domainId));
    await expect(again).rejects.toThrow();
    expect((await store.get(domain.domainId))?.name).toBe('First');
  });

  it('of an earlier version has no email delay, and gets a version with its first change', async () => {
    const {
      mailDelayMinutes: _delay,
      notifyAddresses: _addresses,
      version: _version,
      ...old
    } = domainRecord();
    await store.create(old as never, auditEvent('domain.created', old.domainId));
    const before = await store.get(old.domainId);
    expect(before).toEqual({ ...old, mailDelayMinutes: 0, notifyAddresses: [], version: 0 });
    await store.replace(before!, { ...before!, name: 'New' }, updated(old.domainId));
    expect(await store.get(old.domainId)).toMatchObject({ name: 'New', version: 1 });
  });
});

describe('the list of domains', () => {
  it('is ordered by age, has pages, and has the current names', async () => {
    const [first, second] = [await created('First'), await created('Second')];
    await store.replace(first, { ...first, name: 'Renamed' }, updated(first.domainId));
    expect(await listed(first.domainId)).toEqual({ domainId: first.domainId, name: 'Renamed' });
    const { domains, next } = await store.page(1, first.domainId);
    expect(domains).toHaveLength(1);
    expect(`${domains[0]?.domainId}` <= second.domainId).toBe(true);
    if (domains[0]?.domainId !== second.domainId) expect(next).toBe(domains[0]?.domainId);
  });
});

describe('replace', () => {
  it('requires the version that was read, and writes no event otherwise', async () => {
    const domain = await created();
    const after = await store.replace(domain, { ...domain, ratePlan: 'gallery' }, updated(domain.domainId));
    expect(after).toEqual({ ...domain, ratePlan: 'gallery', version: 2 });
    const late = updated(domain.domainId);
    await expect(store.replace(domain, { ...domain, name: 'Lost' }, late)).rejects.toThrow(VersionConflict);
    expect(await store.get(domain.domainId)).toEqual(after);
    expect(await readItem(table, auditKey(domain.domainId, late.id))).toBeUndefined();
  });

  it('does not create a deleted domain again', async () => {
    const domain = await created();
    await store.delete(domain, auditEvent('domain.deleted', domain.domainId));
    const change = store.replace(domain, { ...domain, name: 'Back' }, updated(domain.domainId));
    await expect(change).rejects.toThrow(VersionConflict);
    expect(await store.get(domain.domainId)).toBeUndefined();
  });
});

describe('delete', () => {
  it('leaves an audit event of the deployment and a tombstone that expires', async () => {
    const domain = await created('Deleted');
    const audit = auditEvent('domain.deleted', domain.domainId);
    await store.delete(domain, audit);
    expect(await readItem(table, domainKey(domain.domainId))).toBeUndefined();
    expect((await listed(domain.domainId))?.domainId).not.toBe(domain.domainId);
    expect(await readItem(table, auditKey(DEPLOYMENT, audit.id))).toMatchObject({
      resourceId: domain.domainId,
    });
    const tombstone = await readItem(table, tombstoneKey(domain.domainId));
    expect(tombstone).toMatchObject({ deletedAt: AT, seats: 0 });
    expect(tombstone?.ttl).toBe(Date.parse(AT) / 1000 + 30 * 86_400);
    // The sweep, which starts at once, may have ended.
    expect(await new DeletedDomains(table).get(domain.domainId)).toMatchObject({
      domainId: domain.domainId,
      name: 'Deleted',
      deletedAt: AT,
    });
  });

  it('leaves counts that do not expire if it is interrupted, also those that an earlier version has closed', async () => {
    const domain = await created();
    const { domainId } = domain;
    for (const key of [countsShardKey(domainId, 3), seatsKey(domainId)])
      await table.update(key, { set: { deletedAt: AT, ttl: 4_102_444_799 } });
    await store.replace(domain, { ...domain, name: 'Kept' }, updated(domainId));
    await expect(store.delete(domain, auditEvent('domain.deleted', domainId))).rejects.toThrow(
      VersionConflict,
    );
    const items = await queryItems(table, countsPartition(domainId));
    expect(items).toHaveLength(COUNT_SHARDS + 1);
    expect(items.filter(({ deletedAt }) => deletedAt !== AT)).toEqual([]);
    expect(items.filter(({ ttl }) => ttl !== undefined)).toEqual([]);
  });

  it('requires the version that was read', async () => {
    const domain = await created();
    await store.replace(domain, { ...domain, name: 'Kept' }, updated(domain.domainId));
    const late = store.delete(domain, auditEvent('domain.deleted', domain.domainId));
    await expect(late).rejects.toThrow(VersionConflict);
    expect((await store.get(domain.domainId))?.name).toBe('Kept');
  });
});
