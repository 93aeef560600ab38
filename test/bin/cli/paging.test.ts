import { collectItems, type Page, type PageQuery } from '../../../bin/cli/paging';

/** Gives the pages one after the other, and notes what was asked for. */
function list(...pages: readonly Page<number>[]) {
  const asked: PageQuery[] = [];
  const read = (query: PageQuery): Promise<Page<number>> =>
    Promise.resolve(pages[asked.push(query) - 1] ?? { items: [] });
  return { asked, read };
}

it('reads page by page until it has what is wanted', async () => {
  const { asked, read } = list({ items: [1, 2], next: 'n' }, { items: [3], next: 'm' });
  expect(await collectItems(3, read)).toEqual({ items: [1, 2, 3], hasMore: true });
  expect(asked).toEqual([
    { limit: 3, cursor: undefined },
    { limit: 1, cursor: 'n' },
  ]);
});

it('goes on after an empty page', async () => {
  const { read } = list({ items: [], next: 'n' }, { items: [1] });
  expect(await collectItems(5, read)).toEqual({ items: [1], hasMore: false });
});

it('asks for as much as a page may have where all are wanted', async () => {
  const { asked, read } = list({ items: [1], next: 'n' }, { items: [2] });
  expect(await collectItems(Infinity, read)).toEqual({ items: [1, 2], hasMore: false });
  expect(asked.map(({ limit }) => limit)).toEqual([100, 100]);
});
