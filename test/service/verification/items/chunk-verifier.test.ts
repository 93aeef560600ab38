import { newId } from '../../../../shared/id';
import { ChunkVerifier } from '../../../../shared/service/verification/items/chunk-verifier';
import { subjectOf, type Subject } from '../../../../shared/service/verification/items/checks-of-item';
import { deletedDomainKey, resourceKey, type ItemKey } from '../../../../shared/store/table/keys';
import type { Item } from '../../../../shared/store/table/read-item';
import type { Table } from '../../../../shared/store/table/table';

const DOMAIN_ID = newId();
const LONG_AGO = '2026-01-01T00:00:00.000Z';

/** A user in this many groups. */
function userIn(groups: number, id: string): { item: Item & ItemKey; subject: Subject } {
  const item = {
    ...resourceKey(DOMAIN_ID, 'USER', id),
    ...{ data: { userName: id }, nameKey: id, version: 1, created: LONG_AGO, lastModified: LONG_AGO },
    groupIds: new Set(Array.from({ length: groups }, (_, at) => `group ${at} of ${id}`)),
  };
  return { item, subject: subjectOf(item) as Subject };
}

/** Verifies users, and returns the number of other items that were read, and the last user. */
async function verify(...users: ReturnType<typeof userIn>[]) {
  const read: number[] = [];
  const table = {
    getAll: (keys: readonly ItemKey[]) => {
      read.push(keys.length);
      // Nothing is wrong in a domain that is swept.
      return Promise.resolve([{ ...deletedDomainKey(DOMAIN_ID), deletedAt: LONG_AGO }]);
    },
  } as unknown as Table;
  const options = {
    table,
    actor: { kind: 'admin', id: 'admin' } as const,
    repair: false,
    now: new Date(),
    auditRetentionDays: 30,
  };
  const { problems, last } = await new ChunkVerifier(options).verify(users, () => false);
  expect(problems).toEqual([]);
  return { read, last: last?.sk };
}

it('reads the other items of all items at once, if they are few', async () => {
  const users = Array.from({ length: 100 }, (_, at) => userIn(3, `user ${at}`));
  const { read, last } = await verify(...users);
  expect(last).toBe('user 99');
  expect(read).toEqual([expect.any(Number)]);
});

it('stops before an item with which it would read more than about 2,000 other items', async () => {
  const { read, last } = await verify(userIn(400, 'a'), userIn(400, 'b'), userIn(400, 'c'), userIn(1, 'd'));
  expect(last).toBe('b');
  expect(read[0]).toBeGreaterThan(1_600);
  expect(read[0]).toBeLessThan(2_000);
});

it('verifies an item that has more other items than that alone', async () => {
  expect(await verify(userIn(3_000, 'a'), userIn(1, 'b'))).toMatchObject({ last: 'a' });
});
