import fc from 'fast-check';
import { readResourceItem, toResourceItem } from '../../../shared/store/resources/resource-record';

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
});

const MINIMAL = {
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
    const group = { ...MINIMAL, attributes: { displayName: 'Team' }, memberCount: 3 };
    expect(toResourceItem('d', 'GROUP', group)).toMatchObject({ memberCount: 3 });
    expect(readResourceItem({ ...toResourceItem('d', 'GROUP', group) })).toEqual(group);
  });

  it('has a folded name, and no attributes that are empty', () => {
    const item = toResourceItem('d', 'USER', MINIMAL);
    expect(item).toMatchObject({ pk: 'd#USER', sk: 'u', nameKey: 'ada' });
    expect(item).not.toHaveProperty('externalId');
    expect(item).not.toHaveProperty('groupIds');
  });
});
