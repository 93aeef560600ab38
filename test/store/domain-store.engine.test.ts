import { newId } from '../../shared/id';
import { DomainStore, type Domain } from '../../shared/store/domain-store';
import { testTable } from '../integration/domain-data';

const domain = (name: string): Domain => ({
  domainId: newId(),
  name,
  scimEnabled: true,
  ratePlan: 'standard',
  createdAt: '2026-03-01T12:00:00.000Z',
  usageKeyId: 'usage',
  usageIdentifierKey: 'a-value-of-twenty-characters',
});

let store: DomainStore;
beforeAll(async () => {
  store = new DomainStore(await testTable());
});

describe('DomainStore', () => {
  it('gives back what was created, and lists it, oldest first', async () => {
    const [first, second] = [domain('First'), domain('Second')];
    await store.create(second);
    await store.create(first);
    expect(await store.get(first.domainId)).toEqual(first);
    const listed = (await store.list()).filter(({ domainId }) =>
      [first.domainId, second.domainId].includes(domainId),
    );
    expect(listed.map(({ name }) => name)).toEqual(['First', 'Second']);
  });

  it('never writes over a domain', async () => {
    const created = domain('First');
    await store.create(created);
    await expect(store.create({ ...created, name: 'Second' })).rejects.toThrow();
    expect((await store.get(created.domainId))?.name).toBe('First');
  });

  it('switches SCIM off and on, of a domain that there is', async () => {
    const created = domain('First');
    await store.create(created);
    expect(await store.setScimEnabled(created.domainId, false)).toEqual({ ...created, scimEnabled: false });
    expect((await store.get(created.domainId))?.scimEnabled).toBe(false);
    expect(await store.setScimEnabled('nobody', true)).toBeUndefined();
    expect(await store.get('nobody')).toBeUndefined();
  });
});
