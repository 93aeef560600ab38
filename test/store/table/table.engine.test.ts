import { ITEM_EXISTS, ITEM_IS_ABSENT } from '../../../shared/store/table/write';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { newDomainId } from '../../support/store/records';

let table: Table;
let pk: string;
beforeAll(async () => {
  table = await systemTable();
});
beforeEach(() => {
  pk = `${newDomainId()}#TEST`;
});

const key = (sk: string) => ({ pk, sk });

describe('a failed condition', () => {
  it('of a put is an outcome, and writes nothing', async () => {
    expect(await table.put({ ...key('a'), n: 1 }, { condition: ITEM_IS_ABSENT })).toMatchObject({
      written: true,
    });
    expect(await table.put({ ...key('a'), n: 2 }, { condition: ITEM_IS_ABSENT })).toMatchObject({
      written: false,
    });
    expect(await table.get(key('a'))).toEqual({ ...key('a'), n: 1 });
  });

  it('of a delete is an outcome', async () => {
    await table.put(key('a'));
    expect((await table.delete(key('a'), { condition: ITEM_EXISTS })).written).toBe(true);
    expect((await table.delete(key('a'), { condition: ITEM_EXISTS })).written).toBe(false);
  });

  it('of an update returns the current item if the caller wants it', async () => {
    await table.put({ ...key('a'), n: 1 });
    const condition = { expression: 'n < :max', values: { max: 1 } };
    const update = (returnItem?: 'always' | 'whenRefused') =>
      table.update(key('a'), { add: { n: 1 } }, { condition, returnItem });
    expect(await update()).toEqual({ written: false });
    expect(await update('always')).toEqual({ written: false, item: { ...key('a'), n: 1 } });
    expect(await update('whenRefused')).toEqual({ written: false, item: { ...key('a'), n: 1 } });
  });

  it('of an update of a missing item returns no item', async () => {
    const outcome = await table.update(
      key('a'),
      { set: { n: 1 } },
      { condition: ITEM_EXISTS, returnItem: 'always' },
    );
    expect(outcome).toEqual({ written: false });
    expect(await table.get(key('a'))).toBeUndefined();
  });
});

describe('update', () => {
  it('returns the new item only if the caller always wants it', async () => {
    const update = (returnItem?: 'always' | 'whenRefused') =>
      table.update(key('a'), { add: { n: 1 } }, { returnItem });
    expect(await update('always')).toEqual({ written: true, item: { ...key('a'), n: 1 } });
    expect(await update('whenRefused')).toEqual({ written: true });
    expect(await update()).toEqual({ written: true });
  });

  it('applies each kind of change', async () => {
    await table.put({ ...key('a'), removed: 1, kept: 1, set: new Set(['x', 'y']) });
    await table.update(key('a'), {
      set: { status: 'new', skipped: undefined },
      setIfAbsent: { kept: 2, first: 1 },
      remove: ['removed'],
      add: { count: 2 },
      deleteElements: { set: new Set(['x']) },
    });
    expect(await table.get(key('a'))).toEqual({
      ...key('a'),
      kept: 1,
      status: 'new',
      first: 1,
      count: 2,
      set: new Set(['y']),
    });
  });
});

describe('a query', () => {
  beforeEach(() => table.transact(['a', 'ab', 'b', 'c'].map((sk) => ({ put: { ...key(sk), name: sk } }))));

  it.each([
    [{ operator: '=', value: 'ab' } as const, ['ab']],
    [{ operator: '>', value: 'ab' } as const, ['b', 'c']],
    [{ beginsWith: 'a' }, ['a', 'ab']],
    [{ between: ['ab', 'b'] as const }, ['ab', 'b']],
  ])('applies a condition on the sort key: %j', async (sortKey, expected) => {
    const { items, next } = await table.query({ pk, sortKey });
    expect(items.map(({ sk }) => sk)).toEqual(expected);
    expect(next).toBeUndefined();
  });

  it('returns the requested attributes of the items that the filter accepts', async () => {
    const filter = { expression: '#name <> :name', values: { name: 'b' } };
    const { items } = await table.query({ pk, filter, attributes: ['name'], descending: true });
    expect(items).toEqual([{ name: 'c' }, { name: 'ab' }, { name: 'a' }]);
  });

  it('continues after a page, and reads a page only when it is taken', async () => {
    const { items, next } = await table.query({ pk, limit: 3 });
    expect([items.length, next]).toEqual([3, key('b')]);
    const sizes: number[] = [];
    for await (const page of table.pages({ pk, limit: 3, after: key('a') })) sizes.push(page.length);
    expect(sizes).toEqual([3, 0]);
  });
});

it('get returns the requested attributes', async () => {
  await table.put({ ...key('a'), name: 'x', status: 'y' });
  expect(await table.get(key('a'), { attributes: ['name'] })).toEqual({ name: 'x' });
});
