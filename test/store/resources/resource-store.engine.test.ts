import fc from 'fast-check';
import type { Position } from '../../../shared/store/listing/position';
import {
  ResourceStore,
  type NamePage,
  type NameKeyRange,
} from '../../../shared/store/resources/resource-store';
import { createWrites } from '../../../shared/store/resources/resource-writes';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { newDomainId, userRecord } from '../../support/store/records';

const NAMES = ['ada', 'Adam', 'b', 'Bob', 'bob2', 'é', '雪', '😀'];

let table: Table;
let store: ResourceStore;
let users: ResourceRecord[];

beforeAll(async () => {
  table = await systemTable();
  store = new ResourceStore(table, newDomainId(), 'USER');
  users = NAMES.map((name, at) => userRecord(name, { externalId: at < 3 ? 'shared' : `external-${at}` }));
  for (const user of users) await table.transact(createWrites(store.domainId, 'USER', user));
});

const idOf = (name: string) => users.find(({ attributes }) => attributes.userName === name)?.id;
const namesOf = (ids: readonly string[]) =>
  ids.map((id) => users.find((user) => user.id === id)?.attributes.userName);

describe('get', () => {
  it('returns the record as it was written', async () => {
    for (const user of users) expect(await store.get(user.id)).toEqual(user);
  });

  it.each([
    ['an unknown id', 'nobody'],
    ['the empty id', ''],
    ['an id longer than a key', 'x'.repeat(1025)],
    ['half of a surrogate pair', '\ud800'],
  ])('finds nothing for %s', async (_, id) => expect(await store.get(id)).toBeUndefined());

  it('finds nothing in another domain or of another kind', async () => {
    const id = users[0]?.id ?? '';
    expect(await new ResourceStore(table, newDomainId(), 'USER').get(id)).toBeUndefined();
    expect(await new ResourceStore(table, store.domainId, 'GROUP').get(id)).toBeUndefined();
  });
});

describe('getMany', () => {
  it('keeps the order of the ids, and skips those that do not exist', async () => {
    const ids = ['nobody', '', users[3]?.id ?? '', 'x'.repeat(2000), users[1]?.id ?? ''];
    expect(await store.getMany(ids)).toEqual([users[3], users[1]]);
  });
});

describe('idOfName', () => {
  it.each(['ada', 'ADA', 'Ada'])('finds the owner of %s', async (name) =>
    expect(await store.idOfName(name)).toBe(idOf('ada')),
  );

  it.each(['', 'nobody', 'x'.repeat(1025)])('finds nobody for "%.10s"', async (name) =>
    expect(await store.idOfName(name)).toBeUndefined(),
  );
});

describe('idsOfExternalId', () => {
  it('finds all resources that have it in exactly this spelling', async () => {
    expect((await store.idsOfExternalId('shared', 10)).sort()).toEqual(users.slice(0, 3).map(({ id }) => id));
    expect(await store.idsOfExternalId('Shared', 10)).toEqual([]);
    expect(await store.idsOfExternalId('', 10)).toEqual([]);
  });

  it('finds at most the requested number', async () => {
    expect(await store.idsOfExternalId('shared', 2)).toHaveLength(2);
  });
});

describe('idsOfNames', () => {
  const bound = (value: string, inclusive = true) => ({ value, inclusive });

  it.each<[string, NameKeyRange, string[]]>([
    ['a prefix', { prefix: 'ad' }, ['ada', 'Adam']],
    ['a name and those after it', { lower: bound('bob') }, ['Bob', 'bob2', 'é', '雪', '😀']],
    ['those after a name', { lower: bound('bob', false) }, ['bob2', 'é', '雪', '😀']],
    ['those before a name, and the name', { upper: bound('b') }, ['ada', 'Adam', 'b']],
    ['those before a name', { upper: bound('b', false) }, ['ada', 'Adam']],
    ['those between two names', { lower: bound('adam'), upper: bound('bob') }, ['Adam', 'b', 'Bob']],
  ])('finds %s, in the order of the names', async (_, range, names) =>
    expect(namesOf(await store.idsOfNames(range, 100))).toEqual(names),
  );

  it('finds nothing if the bounds are in the wrong order', async () =>
    expect(await store.idsOfNames({ lower: bound('b'), upper: bound('a') }, 100)).toEqual([]));

  it('finds at most the requested number', async () =>
    expect(namesOf(await store.idsOfNames({ lower: bound('a') }, 2))).toEqual(['ada', 'Adam']));

  it('throws for a bound that cannot be a key, and for a range without a bound', async () => {
    await expect(store.idsOfNames({ prefix: '' }, 1)).rejects.toThrow(RangeError);
    await expect(store.idsOfNames({}, 1)).rejects.toThrow(TypeError);
  });
});

describe('page', () => {
  it('returns each record once, by id, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: NAMES.length + 1 }), async (size) => {
        const found: ResourceRecord[] = [];
        let after: string | undefined;
        do {
          const { records, next } = await store.page(size, after);
          expect(records.length).toBeLessThanOrEqual(size);
          found.push(...records);
          after = next;
        } while (after !== undefined);
        expect(found).toEqual(users);
      }),
      { numRuns: 10 },
    );
  });

  it('continues after a record that does not exist', async () => {
    const { records } = await store.page(10, `${users[2]?.id ?? ''}-deleted`);
    expect(records).toEqual(users.slice(3));
  });
});

describe('namePage', () => {
  const IN_ORDER = ['ada', 'Adam', 'b', 'Bob', 'bob2', 'é', '雪', '😀'];

  it.each([
    [false, IN_ORDER],
    [true, [...IN_ORDER].reverse()],
  ])('continues after any position, to the end (descending: %s)', async (descending, expected) => {
    for (const limit of [1, 3, 8, 100]) {
      const ids: string[] = [];
      let after: Position | undefined;
      let more: boolean;
      do {
        const page: NamePage = await store.namePage(limit, { after, descending });
        expect(page.positions.length).toBeLessThanOrEqual(limit);
        ids.push(...page.positions.map(({ id }) => id));
        after = page.positions.at(-1) ?? after;
        ({ more } = page);
      } while (more);
      expect(namesOf(ids)).toEqual(expected);
    }
  });

  it('continues after a position whose record does not exist', async () => {
    const { positions } = await store.namePage(1, { after: { id: 'deleted', nameKey: 'az' } });
    expect(positions).toEqual([{ id: idOf('b'), nameKey: 'b' }]);
  });

  it('stays within a range', async () => {
    const namesIn = async (range: NameKeyRange, descending = false) =>
      namesOf((await store.namePage(100, { range, descending })).positions.map(({ id }) => id));
    expect(await namesIn({ prefix: 'bo' })).toEqual(['Bob', 'bob2']);
    expect(await namesIn({ prefix: 'bo' }, true)).toEqual(['bob2', 'Bob']);
    const [lower, upper] = ['z', 'a'].map((value) => ({ value, inclusive: true }));
    expect(await namesIn({ lower, upper })).toEqual([]);
    expect(await namesIn({ lower })).toEqual(['é', '雪', '😀']);
  });
});
