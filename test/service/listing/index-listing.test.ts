import { type CountedListPlan, listByIndex } from '../../../shared/service/listing/index-listing';
import { ListPage } from '../../../shared/service/listing/list-page';
import type { PageMarks } from '../../../shared/store/listing/page-marks';
import type { Position } from '../../../shared/store/listing/position';

const TOTAL = 5_000;

/** A scan of users whose ids are numbers, with its pages that were read. */
function numberedUsers() {
  const pages: number[] = [];
  const plan = {
    source: { show: (records: readonly { id: string }[]) => records },
    scan: {
      listing: 'USER',
      total: () => Promise.resolve(TOTAL),
      maxPageSize: 1_000,
      page: (limit: number, after?: Position) => {
        const first = after ? Number(after.id) + 1 : 1;
        pages.push(first);
        const last = Math.min(TOTAL, first + limit - 1);
        const positions = Array.from({ length: last - first + 1 }, (_, at) => ({ id: String(first + at) }));
        return Promise.resolve({ positions, more: last < TOTAL, records: () => Promise.resolve(positions) });
      },
    },
  };
  return { pages, plan: plan as unknown as CountedListPlan };
}

/** Marks in memory: the nearest one is the last one before an index. */
function memoryMarks() {
  const stored: { startIndex: number; after: Position }[] = [];
  const marks = {
    nearest: (startIndex: number) =>
      Promise.resolve(stored.filter((mark) => mark.startIndex <= startIndex).at(-1)),
    put: (mark: { startIndex: number; after: Position }) => Promise.resolve(void stored.push(mark)),
  };
  return { stored, marksOf: () => marks as unknown as PageMarks };
}

it('a list that has no time to skip to its start continues in the next request', async () => {
  const { plan, pages } = numberedUsers();
  const { stored, marksOf } = memoryMarks();
  const page = new ListPage(1);
  const list = (isLate: () => boolean) =>
    listByIndex([plan], 3_501, page, marksOf, { now: () => new Date(), isLate });

  let reads = 0;
  await expect(list(() => reads++ === 2)).rejects.toMatchObject({ status: 503 });
  expect(stored).toEqual([{ startIndex: 2_001, after: { id: '2000' } }]);

  expect(await list(() => false)).toBe(TOTAL);
  expect(page.resources).toEqual([{ id: '3501' }]);
  expect(pages).toEqual([1, 1_001, 2_001, 3_001, 3_501]);
});
