import { Groups } from '../../../shared/service/groups/groups';
import type { Caller } from '../../../shared/service/resources/caller';
import { spreadGroup } from '../../../shared/store/groups/group-heads';
import { groupHeadKey, resourceKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { createCaller } from '../../support/requests/caller';
import { addMembers, refs } from '../../support/service/groups-harness';
import { verifyCounts } from '../../support/service/verify-counts';
import { seedUsers } from '../../support/seed/seed-users';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { queryItems, RETENTION_DAYS } from '../../support/store/records';
import { OPERATOR } from '../../support/system/system';

// The verification of the numbers of members.

let table: Table;
let front: EngineProxy;
let caller: Caller;
let userIds: string[];
let id: string;
beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());

const domainId = () => caller.domainId;
const groups = () => new Groups(table, RETENTION_DAYS, caller);
const verify = (repair: boolean, more: object = {}) =>
  verifyCounts(repair, { table, domainId: domainId(), ...more });
const events = async (action: string) =>
  (await queryItems(table, `${domainId()}#AUDIT`)).filter((event) => event.action === action);
const groupKey = () => resourceKey(domainId(), 'GROUP', id);

beforeEach(async () => {
  caller = createCaller();
  userIds = await seedUsers(domainId(), 60, table);
  id = String((await groups().create({ displayName: 'Sales', members: refs(userIds.slice(0, 50)) })).id);
  await groups().create({ displayName: 'Support', members: refs(userIds.slice(0, 2)) });
});

it.each([
  ['one item', false],
  ['heads', true],
])('is repaired in a group with %s, without a new version', async (_, isSpread) => {
  if (isSpread) {
    await spreadGroup(table, domainId(), id);
    for (const userId of userIds.slice(50, 53)) await groups().patch(id, addMembers(userId));
  }
  const actual = isSpread ? 53 : 50;
  const { resource } = await groups().get(id);
  await table.update(isSpread ? groupHeadKey(domainId(), id, 5) : groupKey(), { add: { memberCount: 4 } });
  const expected = [{ groupId: id, displayName: 'Sales', stored: actual + 4, actual }];
  expect(await verify(false, { pageSize: 20, partMs: 0 })).toMatchObject({
    groups: expected,
    repaired: 0,
    differences: [],
  });
  expect(await verify(true, { pageSize: 50, partMs: 0 })).toMatchObject({ groups: expected, repaired: 1 });
  expect(await verify(true)).toMatchObject({ groups: [] });
  expect((await groups().get(id)).resource).toEqual(resource);
  await expectConsistent(domainId(), table);
  expect(await events('group.updated')).toContainEqual(
    expect.objectContaining({
      ...{ resourceId: id, resourceName: 'Sales', actor: OPERATOR },
      changes: [{ attribute: 'memberCount', before: actual + 4, after: actual }],
    }),
  );
});

it.each([false, true])(
  'is counted again if a member joins just before the repair (spread: %s)',
  async (isSpread) => {
    if (isSpread) await spreadGroup(table, domainId(), id);
    await table.update(groupKey(), { add: { memberCount: -3 } });
    const join = async () => void (await groups().patch(id, addMembers(userIds[59] ?? '')));
    front.injectFaults('TransactWriteItems', { kind: 'after', act: join });
    expect(await verify(true, { table: front.table })).toMatchObject({
      groups: [{ stored: 48, actual: 51 }],
      repaired: 1,
    });
    await expectConsistent(domainId(), table);
  },
);
