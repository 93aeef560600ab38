import { ApiProblem } from '../../../portal/src/api/client/problem';
import type { PageLoader } from '../../../portal/src/api/client/page-loader';
import { loadAll } from '../../../portal/src/export/load-all';

const PAGES = [[1, 2], [], [3]];
const page = (cursor = '0') => {
  const at = Number(cursor);
  return { items: PAGES[at] ?? [], ...(at + 1 < PAGES.length && { next: String(at + 1) }) };
};
const throttled = new ApiProblem(429, 'Too many requests', 'Wait.', undefined, 7);

function run(load: PageLoader<number>, controller = new AbortController()) {
  const counts: number[] = [];
  const pauses: number[] = [];
  const rows = loadAll({
    load,
    signal: controller.signal,
    onRows: (count) => counts.push(count),
    sleep: (ms) => Promise.resolve(void pauses.push(ms)),
  });
  return { rows, counts, pauses };
}

it('loads all pages, also after an empty one, and tells how many rows there are', async () => {
  const { rows, counts } = run((cursor) => Promise.resolve(page(cursor)));
  expect(await rows).toEqual([1, 2, 3]);
  expect(counts).toEqual([2, 2, 3]);
});

it('waits as long as the service asks, and repeats only the page that failed', async () => {
  let failures = 2;
  const cursors: (string | undefined)[] = [];
  const { rows, pauses } = run((cursor) => {
    cursors.push(cursor);
    return cursor === '1' && failures-- > 0 ? Promise.reject(throttled) : Promise.resolve(page(cursor));
  });
  expect(await rows).toEqual([1, 2, 3]);
  expect(cursors).toEqual([undefined, '1', '1', '1', '2']);
  expect(pauses).toEqual([7_000, 7_000]);
});

it('ends with the error of a page that fails again and again, or that cannot succeed', async () => {
  const always = run(() => Promise.reject(throttled));
  await expect(always.rows).rejects.toBe(throttled);
  expect(always.pauses).toHaveLength(5);
  const forbidden = new ApiProblem(403, 'No role', 'Ask an owner.');
  const never = run(() => Promise.reject(forbidden));
  await expect(never.rows).rejects.toBe(forbidden);
  expect(never.pauses).toEqual([]);
});

it('loads no page after it was canceled', async () => {
  const controller = new AbortController();
  const cursors: (string | undefined)[] = [];
  const { rows } = run((cursor) => {
    cursors.push(cursor);
    controller.abort();
    return Promise.resolve(page(cursor));
  }, controller);
  await expect(rows).rejects.toThrow('abort');
  expect(cursors).toEqual([undefined]);
});
