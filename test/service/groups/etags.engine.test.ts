import fc from 'fast-check';
import { setTimeout as delay } from 'node:timers/promises';
import type { Json, Resource } from '../../../shared/scim/resource';
import { spreadGroup } from '../../../shared/store/groups/group-heads';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { GroupsHarness, memberIdsOf, patch, refs } from '../../support/service/groups-harness';
import { createTableLikeSystem } from '../../support/store/create-table';

/**
 * The members of a group that stay, by the kind of group: a change of all of them fits into one transaction,
 * or not.
 */
const STAYING = { small: 3, large: 60 } as const;
const JOINING = 12;

type Size = keyof typeof STAYING;

let table: Table;
let harness: GroupsHarness;
beforeAll(async () => {
  table = await createTableLikeSystem();
  harness = new GroupsHarness(table);
});
afterAll(() => expectConsistent(harness.caller.domainId, table));

const numberOf = ({ meta }: Resource): number => Number(tagOf(meta as { version: string }));
const tagOf = ({ version }: { version: string }): string => /"(.*)"/.exec(version)?.[1] ?? '';
const etagOf = ({ meta }: Resource): string => tagOf(meta as { version: string });
const contentOf = (group: Resource): string =>
  JSON.stringify([group.displayName, group.externalId, memberIdsOf(group)]);

/**
 * The members that a sequential execution leaves, and every pair of an ETag and a content that a client has
 * seen.
 */
class Observer {
  private readonly contents = new Map<string, Set<string>>();
  private last = 0;

  see(group: Resource | undefined): void {
    if (!group?.members) return;
    const contents = this.contents.get(etagOf(group)) ?? new Set();
    this.contents.set(etagOf(group), contents.add(contentOf(group)));
  }

  /** Checks a read while nothing changes. */
  expectCurrent(group: Resource, hasChanged: boolean): void {
    this.see(group);
    const version = numberOf(group);
    expect(Number.isInteger(version)).toBe(true);
    if (hasChanged) expect(version).toBeGreaterThan(this.last);
    this.last = version;
    // Whoever saw this ETag, in whatever response, saw this content.
    expect([...(this.contents.get(etagOf(group)) ?? [])]).toEqual([contentOf(group)]);
  }
}

interface Member {
  readonly userId: string;
  readonly kind: 'delta' | 'readModifyWrite' | 'readModifyReplace';
  readonly pauseMs: number;
}

/** Adds a user to the group of a client that keeps everything that others have changed. */
async function join(id: string, { userId, kind, pauseMs }: Member, observer: Observer): Promise<void> {
  await delay(pauseMs);
  const add = patch({ op: 'add', path: 'members', value: refs([userId]) });
  if (kind === 'delta') return observer.see(await harness.groups().patch(id, add));
  for (;;) {
    const group = await harness.read(id);
    observer.see(group);
    const body: Json = {
      displayName: group.displayName as string,
      ...(group.externalId !== undefined && { externalId: group.externalId }),
      members: refs([...memberIdsOf(group), userId]),
    };
    try {
      if (kind === 'readModifyReplace')
        observer.see(await harness.groups().replace(id, body, [etagOf(group)]));
      else observer.see(await harness.groups().patch(id, add, [etagOf(group)]));
      return;
    } catch (error) {
      expect(error).toMatchObject({ status: 412 });
    }
  }
}

const member = fc.record({
  kind: fc.constantFrom('delta' as const, 'readModifyWrite' as const, 'readModifyReplace' as const),
  pauseMs: fc.nat(30),
});

const round = fc.record({
  size: fc.constantFrom<Size>('small', 'large'),
  isSpread: fc.boolean(),
  joining: fc.array(member, { minLength: 2, maxLength: JOINING }),
  leaving: fc.nat(2),
  renames: fc.nat(2),
});

it('If-Match and ETags agree with a sequential execution, while members, names, and lists change', async () => {
  let count = 0;
  const pool = await harness.newUsers(STAYING.large + JOINING);
  await fc.assert(
    fc.asyncProperty(round, async ({ size, isSpread, joining, leaving, renames }) => {
      const staying = pool.slice(0, STAYING[size]);
      const created = await harness
        .groups()
        .create({ displayName: `Group ${count++}`, members: refs(staying) });
      const id = created.id;
      if (isSpread) await spreadGroup(table, harness.caller.domainId, id);
      const observer = new Observer();
      observer.see(created);
      observer.expectCurrent(await harness.read(id), true);

      const joiners = joining.map((each, at) => ({ ...each, userId: pool[STAYING.large + at] ?? '' }));
      const leavers = staying.slice(0, leaving);
      await Promise.all([
        ...joiners.map((each) => join(id, each, observer)),
        ...leavers.map(async (userId) => {
          const remove = patch({ op: 'remove', path: `members[value eq "${userId}"]` });
          observer.see(await harness.groups().patch(id, remove));
        }),
        ...Array.from({ length: renames }, async (_, at) => {
          const rename = patch({ op: 'replace', path: 'externalId', value: `x-${at}` });
          observer.see(await harness.groups().patch(id, rename));
        }),
      ]);
      const after = await harness.read(id);
      observer.expectCurrent(after, true);
      // No change was lost, whichever order the requests had.
      const expected = [...staying.slice(leaving), ...joiners.map(({ userId }) => userId)].sort();
      expect(memberIdsOf(after)).toEqual(expected);

      const old = etagOf(created);
      const remove = patch({ op: 'remove', path: 'members' });
      await expect(harness.groups().patch(id, remove, [old])).rejects.toMatchObject({ status: 412 });
      await expect(harness.groups().delete(id, [old])).rejects.toMatchObject({ status: 412 });
      await harness.groups().patch(id, remove, [etagOf(after)]);
      observer.expectCurrent(await harness.read(id), true);
      await harness.groups().delete(id, [etagOf(await harness.read(id))]);
      expect(await harness.storedMembers(id)).toEqual([]);
    }),
    { numRuns: Number(process.env.ETAG_ROUNDS ?? 8) },
  );
});

it('a deletion at any time leaves no group, and no member joins afterward', async () => {
  const userIds = await harness.newUsers(JOINING);
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.nat(40), async (isSpread, pauseMs) => {
      const { id = '' } = (await harness.groups().create({ displayName: 'Deleted' })) as { id?: string };
      if (isSpread) await spreadGroup(table, harness.caller.domainId, id);
      const changes = userIds.map(async (userId, at) => {
        await delay(at * 4);
        const add = patch({ op: 'add', path: 'members', value: refs([userId]) });
        return harness.groups().patch(id, add);
      });
      const outcomes = Promise.allSettled(changes);
      await delay(pauseMs);
      await harness.groups().delete(id);
      const members = await harness.storedMembers(id);
      for (const outcome of await outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ status: 404 });
      expect(await harness.storedMembers(id)).toEqual(members);
    }),
    { numRuns: 6 },
  );
});
