import { newId } from '../../../shared/id';
import { DeletedDomains } from '../../../shared/store/domains/deleted-domains';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { deletedDomainKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { createTableLikeSystem } from '../../support/store/create-table';
import { AT, auditEvent, domainRecord, readItem, RETENTION_DAYS } from '../../support/store/records';

const LATER = new Date('2026-03-01T13:00:00.000Z');

let table: Table;
let deleted: DeletedDomains;
beforeAll(async () => {
  // The system's own sweep would set another `sweptAt`.
  table = await createTableLikeSystem();
  deleted = new DeletedDomains(table);
});

async function deletedDomain(name: string): Promise<string> {
  const store = new DomainStore(table, RETENTION_DAYS);
  const domain = domainRecord({ name });
  await store.create(domain, auditEvent('domain.created', domain.domainId));
  await store.delete(domain, auditEvent('domain.deleted', domain.domainId));
  return domain.domainId;
}

it('a deleted domain is listed with the end of its sweep, for a month', async () => {
  const domainId = await deletedDomain('Deleted');
  await deleted.markSwept(domainId, LATER);
  const expected = { domainId, name: 'Deleted', deletedAt: AT, sweptAt: LATER.toISOString() };
  expect(await deleted.get(domainId)).toEqual(expected);
  expect((await readItem(table, deletedDomainKey(domainId)))?.ttl).toBe(LATER.getTime() / 1000 + 30 * 86_400);
  const before = domainId.replace(/.{12}$/, '000000000000');
  expect((await deleted.page(100, before)).domains).toContainEqual(expected);
});

it('deleted domains are listed page by page', async () => {
  const ids = [await deletedDomain('One'), await deletedDomain('Two')];
  const { domains, next } = await deleted.page(1, ids[0]);
  expect(domains).toHaveLength(1);
  if (domains[0]?.domainId !== ids[1]) expect(next).toBe(domains[0]?.domainId);
});

it('a domain that was not deleted is not marked as swept', async () => {
  const nobody = newId();
  await deleted.markSwept(nobody, LATER);
  expect(await deleted.get(nobody)).toBeUndefined();
});
