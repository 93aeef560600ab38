import fc from 'fast-check';
import { compareCodePoints } from '../../../shared/scim/text';
import { fromIds, fromIdsByName } from '../../../shared/service/listing/ordered-scan';
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

describe.each([
  ['ids', byId, (ids: string[]) => fromIds(store, () => Promise.resolve(ids))],
  ['names', byName, (ids: string[]) => fromIdsByName(store, () => Promise.resolve(ids), false)],
  [
    'names, descending',
    (a: string, b: string) => byName(b, a),
    (ids: string[]) => fromIdsByName(store, () => Promise.resolve(ids), true),
  ],
])('a scan of found ids in the order of %s', (_, order, scanOf) => {
  const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 });
  const ids = fc.array(id, { maxLength: 30 });

  it('returns each id once, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(ids, fc.integer({ min: 1, max: 7 }), async (found, limit) => {
        const scan = scanOf(found);
        const read: string[] = [];
        let after: Position | undefined;
        let more = true;
        while (more) {
          const page = await scan.page(limit, after);
          expect(page.positions.length).toBeLessThanOrEqual(limit);
          read.push(...page.positions.map((position) => position.id));
          after = page.positions.at(-1);
          ({ more } = page);
        }
        expect(read).toEqual([...new Set(found)].sort(order));
      }),
    );
  });

  it('continues after any position, even of an id that it does not find', async () => {
    await fc.assert(
      fc.asyncProperty(ids, id, async (found, other) => {
        const expected = [...new Set(found)].filter((each) => order(each, other) > 0).sort(order);
        const page = await scanOf(found).page(100, { id: other, nameKey: nameOf(other) });
        expect(page.positions.map((position) => position.id)).toEqual(expected);
        expect(page.more).toBe(false);
      }),
    );
  });
});
