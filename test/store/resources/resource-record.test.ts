import fc from 'fast-check';
import {
  readResourceItem,
  storedNameKey,
  toResourceItem,
  type ResourceRecord,
} from '../../../shared/store/resources/resource-record';

const record = fc.record({
  id: fc.uuid(),
  attributes: fc.record({
    userName: fc.string({ minLength: 1 }),
    externalId: fc.string({ minLength: 1 }),
    name: fc.dictionary(fc.string(), fc.string()),
    active: fc.boolean(),
  }),
  version: fc.nat(),
  created: fc.constant('2026-01-01T00:00:00.000Z'),
  lastModified: fc.constant('2026-01-02T00:00:00.000Z'),
  groupIds: fc.uniqueArray(fc.uuid()),
  memberCount: fc.constant(0),
  nameKey: fc.string({ minLength: 1 }),
});

const MINIMAL: ResourceRecord = {
  id: 'u',
  attributes: { userName: 'Ada' },
  version: 1,
  created: '',
  lastModified: '',
  groupIds: [],
  memberCount: 0,
};

describe('an item of a record', () => {
  it('is read as the same record', () => {
    fc.assert(
      fc.property(record, (given) => {
        expect(readResourceItem({ ...toResourceItem('d', 'USER', given) })).toEqual(given);
      }),
    );
  });

  it('has the member count of a group', () => {
    const group = { ...MINIMAL, attributes: { displayName: 'Team' }, memberCount: 3, nameKey: 'team' };
    expect(toResourceItem('d', 'GROUP', group)).toMatchObject({ memberCount: 3 });
    expect(readResourceItem({ ...toResourceItem('d', 'GROUP', group) })).toEqual(group);
    const spread = { ...group, headCount: 16, replacement: 'token' };
    expect(readResourceItem({ ...toResourceItem('d', 'GROUP', spread) })).toEqual(spread);
  });

  it('has a folded name, and no attributes that are empty', () => {
    const item = toResourceItem('d', 'USER', MINIMAL);
    expect(item).toMatchObject({ pk: 'd#USER', sk: 'u', nameKey: 'ada' });
    expect(item).not.toHaveProperty('externalId');
    expect(item).not.toHaveProperty('groupIds');
  });

  it('keeps the key of a name claim that a previous version wrote', () => {
    const stored = { ...MINIMAL, attributes: { userName: 'ＡＤＡ' }, nameKey: 'ａｄａ' };
    expect(readResourceItem({ ...toResourceItem('d', 'USER', stored) }).nameKey).toBe('ａｄａ');
    expect(storedNameKey('USER', stored)).toBe('ａｄａ');
  });

  it('has the lowercase name as its key if a previous version stored no key', () => {
    const { nameKey: _, ...item } = toResourceItem('d', 'USER', {
      ...MINIMAL,
      attributes: { userName: 'ＡＤＡ' },
    });
    expect(storedNameKey('USER', readResourceItem({ ...item }))).toBe('ａｄａ');
  });
});
