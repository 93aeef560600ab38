import fc from 'fast-check';
import { compareCodePoints } from '../../../shared/scim/text';
import {
  fromPositions,
  mergedInIdOrder,
  positionsInOrder,
  type OrderedScan,
  type ScanOrder,
} from '../../../shared/service/listing/ordered-scan';
import type { Position } from '../../../shared/store/listing/position';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { ResourceStore } from '../../../shared/store/resources/resource-store';
import { userRecord } from '../../support/store/records';

/** A store of users whose userNames the ids determine, several with the same one. */
const nameOf = (id: string): string => `name-${id.slice(-1)}`;
const store = {
  kind: 'USER',
  getMany: (ids: readonly string[]) =>
    Promise.resolve(
      ids.map((id): ResourceRecord => ({ ...userRecord(nameOf(id)), id, nameKey: nameOf(id) })),
    ),
} as unknown as ResourceStore;

const byId = (a: string, b: string): number => compareCodePoints(a, b);
const byName = (a: string, b: string): number => compareCodePoints(nameOf(a), nameOf(b)) || byId(a, b);

const scanOf = async (ids: readonly string[], order: ScanOrder) =>
  fromPositions(store, order, await positionsInOrder(store, ids, order));

/** Reads a scan in pages of `limit`, and returns the ids. */
async function readAll(scan: OrderedScan, limit: number): Promise<string[]> {
  const read: string[] = [];
  let after: Position | undefined;
  for (let more = true; more;) {
    const page = await scan.page(limit, after);
    expect(page.positions.length).toBeLessThanOrEqual(limit);
    read.push(...page.positions.map((position) => position.id));
    after = page.positions.at(-1);
    ({ more } = page);
  }
  return read;
}

describe.each<[ScanOrder, (a: string, b: string) => number]>([
  ['id', byId],
  ['name', byName],
  ['nameDescending', (a, b) => byName(b, a)],
])('a scan of found ids in the order "%s"', (order, compare) => {
  const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 });
  const ids = fc.array(id, { maxLength: 30 });

  it('returns each id once, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(ids, fc.integer({ min: 1, max: 7 }), async (found, limit) => {
        expect(await readAll(await scanOf(found, order), limit)).toEqual([...new Set(found)].sort(compare));
      }),
    );
  });

  it('continues after any position, even of an id that it does not find', async () => {
    await fc.assert(
      fc.asyncProperty(ids, id, async (found, other) => {
        const expected = [...new Set(found)].filter((each) => compare(each, other) > 0).sort(compare);
        const page = await (await scanOf(found, order)).page(100, { id: other, nameKey: nameOf(other) });
        expect(page.positions.map((position) => position.id)).toEqual(expected);
        expect(page.more).toBe(false);
      }),
    );
  });
});

it('merged scans return each id of all of them once, in order, in pages of any size', async () => {
  const ids = fc.array(fc.nat({ max: 40 }).map(String), { maxLength: 15 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(ids, { maxLength: 4 }),
      fc.integer({ min: 1, max: 7 }),
      async (lists, limit) => {
        const scans = await Promise.all(lists.map((each) => scanOf(each, 'id')));
        const expected = [...new Set(lists.flat())].sort(byId);
        expect(await readAll(mergedInIdOrder(store, scans), limit)).toEqual(expected);
      },
    ),
  );
});
