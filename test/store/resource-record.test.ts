import fc from 'fast-check';
import { fromItem, toItem } from '../../shared/store/resource-record';

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
});

describe('an item of a record', () => {
  it('gives the record back', () => {
    fc.assert(
      fc.property(record, (given) => {
        expect(fromItem({ ...toItem('d', 'USER', given) })).toEqual(given);
      }),
    );
  });

  it('names the record without case, and leaves out what no index may hold', () => {
    const item = toItem('d', 'USER', {
      id: 'u',
      attributes: { userName: 'Ada' },
      version: 1,
      created: '',
      lastModified: '',
      groupIds: [],
    });
    expect(item).toMatchObject({ pk: 'd#USER', sk: 'u', nameKey: 'ada' });
    expect(item).not.toHaveProperty('externalId');
    expect(item).not.toHaveProperty('groupIds');
  });
});
