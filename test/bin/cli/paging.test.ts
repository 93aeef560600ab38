import { collectItems, type Page, type PageQuery } from '../../../bin/cli/paging';

/** Returns the pages one after the other, and records the queries. */
function list(...pages: readonly Page<number>[]) {
  const queries: PageQuery[] = [];
  const read = (query: PageQuery): Promise<Page<number>> =>
    Promise.resolve(pages[queries.push(query) - 1] ?? { items: [] });
  return { queries, read };
}

it('collectItems reads pages until it has enough items', async () => {
  const { queries, read } = list({ items: [1, 2], next: 'n' }, { items: [3], next: 'm' });
  expect(await collectItems(3, read)).toEqual({ items: [1, 2, 3], hasMore: true });
  expect(queries).toEqual([
    { limit: 3, cursor: undefined },
    { limit: 1, cursor: 'n' },
  ]);
});

it('collectItems reports each page that another one follows', async () => {
  const pages: number[] = [];
  const { read } = list({ items: [1, 2], next: 'n' }, { items: [], next: 'o' }, { items: [3] });
  await collectItems(Infinity, read, (items) => pages.push(items));
  expect(pages).toEqual([2, 0]);
});

it('collectItems reports nothing if the first page is enough', async () => {
  const onPage = jest.fn();
  await collectItems(2, list({ items: [1, 2], next: 'n' }).read, onPage);
  expect(onPage).not.toHaveBeenCalled();
});

it('collectItems continues after an empty page', async () => {
  const { read } = list({ items: [], next: 'n' }, { items: [1] });
  expect(await collectItems(5, read)).toEqual({ items: [1], hasMore: false });
});

it('collectItems requests pages of the maximum size if it collects all items', async () => {
  const { queries, read } = list({ items: [1], next: 'n' }, { items: [2] });
  expect(await collectItems(Infinity, read)).toEqual({ items: [1, 2], hasMore: false });
  expect(queries.map(({ limit }) => limit)).toEqual([100, 100]);
});
