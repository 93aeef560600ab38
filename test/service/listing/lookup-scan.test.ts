import * as fc from 'fast-check';
import { compareCodePoints } from '../../../shared/scim/text';
import type { ListSource } from '../../../shared/service/listing/list-source';
import { LookupScan, type Lookup } from '../../../shared/service/listing/lookup-scan';
import {
  fromPositions,
  inIdOrder,
  type ScanOrder,
  type ScanPosition,
} from '../../../shared/service/listing/ordered-scan';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { userRecord } from '../../support/store/records';

/** The ids that each lookup finds. */
interface Found {
  readonly names: Readonly<Record<string, string>>;
  readonly externalIds: Readonly<Record<string, readonly string[]>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly addresses: Readonly<Record<string, readonly string[]>>;
}

const idOf = (at: number): string => `user-${String(at).padStart(5, '0')}`;
/** The order of names differs from that of ids. */
const nameOf = (id: string): string => [...id].reverse().join('');

/** Returns a source that finds these users, and the lookups that were read. */
function sourceOf({ names, externalIds, groups, addresses }: Found) {
  const reads: string[] = [];
  const store = {
    kind: 'USER',
    idOfName: (name: string) => Promise.resolve(reads.push(name) && names[name]),
    idsOfExternalId: (externalId: string) =>
      Promise.resolve(reads.push(externalId) && externalIds[externalId]),
    getMany: (ids: readonly string[]) =>
      Promise.resolve(
        ids.map((id): ResourceRecord => ({ ...userRecord(nameOf(id)), id, nameKey: nameOf(id) })),
      ),
  };
  const page = (ids: readonly string[] = [], limit: number, after?: string) => {
    const following = [...ids].sort(compareCodePoints).filter((id) => after === undefined || id > after);
    return Promise.resolve({ ids: following.slice(0, limit), more: following.length > limit });
  };
  const source = {
    store,
    idsByMembership: (groupId: string) => Promise.resolve(reads.push(groupId) && groups[groupId]),
    addresses: {
      idsOf: (address: string) => Promise.resolve(reads.push(address) && addresses[address]),
      page: (address: string, limit: number, after?: string) => {
        reads.push(`page of ${address}`);
        return page(addresses[address], limit, after);
      },
    },
    scanMembers: (groupId: string) => {
      const ids = [...(groups[groupId] ?? [])].sort(compareCodePoints);
      const scan = fromPositions(
        store as never,
        'id',
        ids.map((id) => ({ id })),
      );
      return {
        ...scan,
        page: (...of: Parameters<typeof scan.page>) => reads.push(`page of ${groupId}`) && scan.page(...of),
      };
    },
  } as unknown as ListSource;
  return { source, reads };
}

/** Reads the pages of a scan as different requests do, each with the cursor of the previous one. */
async function readPages(source: ListSource, lookups: readonly Lookup[], order: ScanOrder, size: number) {
  const pages: string[][] = [];
  const cursors: (ScanPosition | undefined)[] = [];
  for (let after: ScanPosition | undefined; ;) {
    const fallback = () => inIdOrder(source.store);
    const scan = new LookupScan({ source, lookups, order, byCursor: true, fallback });
    const { positions, more } = await scan.page(size, after);
    pages.push(positions.map(({ id }) => id));
    const last = positions.at(-1);
    if (!more || !last) return { pages, cursors };
    after = JSON.parse(JSON.stringify({ ...last, rest: scan.restAfter(last) })) as ScanPosition;
    cursors.push(after);
  }
}

const NONE: Found = { names: {}, externalIds: {}, groups: {}, addresses: {} };
const name = (of: string): Lookup => ({ kind: 'name', name: of });

describe('a scan of lookups by cursor', () => {
  const ids = fc.uniqueArray(fc.nat({ max: 150 }).map(idOf), { maxLength: 120 });
  const found = fc.record({
    name: fc.nat({ max: 150 }).map(idOf),
    list: ids,
    members: ids,
    address: ids,
    known: ids,
  });

  it('returns each resource once, in order, in pages of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        found,
        fc.constantFrom<ScanOrder>('id', 'name', 'nameDescending'),
        fc.integer({ min: 1, max: 100 }),
        async ({ name: named, list, members, address, known }, order, size) => {
          const { source } = sourceOf({
            names: { ada: named },
            externalIds: { x: list },
            groups: { g: members },
            addresses: { a: address },
          });
          const lookups: Lookup[] = [
            { kind: 'ids', ids: known },
            name('ada'),
            name('nobody'),
            { kind: 'externalId', externalId: 'x' },
            { kind: 'group', groupId: 'g' },
            { kind: 'address', address: 'a' },
          ];
          const all = [...new Set([named, ...list, ...members, ...address, ...known])];
          const byName = (one: string, other: string) => compareCodePoints(nameOf(one), nameOf(other));
          const expected = all.sort(order === 'id' ? compareCodePoints : byName);
          if (order === 'nameDescending') expected.reverse();
          const { pages, cursors } = await readPages(source, lookups, order, size);
          expect(pages.flat()).toEqual(expected);
          expect(cursors.every((cursor) => JSON.stringify(cursor).length < 2_000)).toBe(true);
        },
      ),
    );
  });

  it('reads each of 20 lookups of one resource once, however many pages there are', async () => {
    const names = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`name-${at}`, idOf(100 - at)]));
    for (const order of ['id', 'name', 'nameDescending'] as const) {
      const { source, reads } = sourceOf({ ...NONE, names });
      const { pages } = await readPages(source, Object.keys(names).map(name), order, 3);
      expect(pages).toHaveLength(7);
      expect(reads).toEqual(Object.keys(names));
    }
  });

  it('reads only the lookup again that has more results than a cursor carries', async () => {
    const members = Array.from({ length: 90 }, (_, at) => idOf(at * 2));
    const { source, reads } = sourceOf({
      ...NONE,
      names: { ada: idOf(151), bob: idOf(153) },
      groups: { g: members },
      addresses: { a: [idOf(155), idOf(3)] },
    });
    const lookups: Lookup[] = [
      name('ada'),
      { kind: 'group', groupId: 'g' },
      name('bob'),
      { kind: 'address', address: 'a' },
    ];
    const { pages } = await readPages(source, lookups, 'id', 30);
    expect(pages.map(({ length }) => length)).toEqual([30, 30, 30, 4]);
    const ofGroup = Array.from({ length: 4 }, () => 'page of g');
    expect(reads).toEqual(['ada', 'bob', 'page of g', 'page of a', ...ofGroup.slice(1)]);
  });

  it('does not read the lookups again after they have found too many resources', async () => {
    const many = Array.from({ length: 10_001 }, (_, at) => idOf(at));
    const { source, reads } = sourceOf({ ...NONE, externalIds: { x: many } });
    const scanned = { positions: [{ id: idOf(0) }], more: true, records: () => Promise.resolve([]) };
    const scanOf = () =>
      new LookupScan({
        source,
        lookups: [{ kind: 'externalId', externalId: 'x' }, name('ada')],
        order: 'id',
        byCursor: true,
        fallback: () => ({ maxPageSize: 1, page: () => Promise.resolve(scanned) }),
      });
    const first = scanOf();
    expect(await first.page(1)).toBe(scanned);
    const rest = first.restAfter({ id: idOf(0) });
    expect(rest).toBe('tooMany');
    const second = scanOf();
    expect(await second.page(1, { id: idOf(0), ...(rest && { rest }) })).toBe(scanned);
    expect(second.restAfter({ id: idOf(1) })).toBe('tooMany');
    expect(reads).toEqual(['x', 'ada']);
  });

  it('continues at a position of an earlier version, which carries nothing', async () => {
    const { source } = sourceOf({ ...NONE, names: { ada: idOf(1), bob: idOf(2) } });
    const options = { source, lookups: [name('ada'), name('bob')], order: 'id', byCursor: true } as const;
    const scan = new LookupScan({ ...options, fallback: () => inIdOrder(source.store) });
    expect((await scan.page(10, { id: idOf(1) })).positions).toEqual([{ id: idOf(2) }]);
  });
});
