import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import type { Table } from '../../../shared/store/table/table';
import { uniqueName, patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { runConcurrently } from '../../support/requests/outcomes';
import { type EngineProxy, type Fault, startEngineProxy } from '../../support/store/engine-proxy';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';
import { createCaller } from '../../support/requests/caller';

const CONCURRENT_CHANGES = 50;
/** The number of transaction conflicts. They are frequent on AWS, and never happen on a local engine. */
const CONFLICTS = 4 * CONCURRENT_CHANGES;

let table: Table;
let front: EngineProxy;
beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());

/** Transactions that conflict, succeed, or succeed with a lost response. */
const faults = (): Fault[] =>
  Array.from({ length: 2 * CONFLICTS }, (_, index): Fault => {
    if (index % 2 === 0) return { kind: 'conflict' };
    return index % 11 === 0 ? { kind: 'lostAnswer' } : { kind: 'after', act: () => Promise.resolve() };
  });

function createServices() {
  const caller = createCaller();
  const users = new Users(front.table, USER_SETTINGS, caller);
  const groups = new Groups(front.table, RETENTION_DAYS, caller);
  const create = () => users.create(userBody(uniqueName(), { active: false }));
  return { domainId: caller.domainId, users, groups, create };
}

describe(`${CONCURRENT_CHANGES} concurrent changes with many transaction conflicts`, () => {
  it('add and remove members of one group exactly once', async () => {
    const { domainId, groups, create } = createServices();
    const ids = (await runConcurrently(CONCURRENT_CHANGES, create)).map(({ id }) => id);
    const leaving = ids.slice(0, CONCURRENT_CHANGES / 2);
    const { id: groupId } = await groups.create({
      displayName: 'Team',
      members: leaving.map((value) => ({ value })),
    });
    front.injectFaults('TransactWriteItems', ...faults());

    await Promise.all(
      ids.map((id) =>
        groups.patch(
          groupId,
          patchBody({
            op: leaving.includes(id) ? 'remove' : 'add',
            path: 'members',
            value: [{ value: id }],
          }) as never,
        ),
      ),
    );

    const { memberships, groups: stored } = await expectConsistent(domainId, table);
    expect(memberships.map(({ userId }) => userId)).toEqual(ids.slice(CONCURRENT_CHANGES / 2).sort());
    expect(stored).toMatchObject([{ version: 1 + CONCURRENT_CHANGES, memberCount: CONCURRENT_CHANGES / 2 }]);
  });

  it('add values to one user exactly once', async () => {
    const { domainId, users, create } = createServices();
    const { id } = await create();
    front.injectFaults('TransactWriteItems', ...faults());

    await runConcurrently(CONCURRENT_CHANGES, (at) =>
      users.patch(id, patchBody({ op: 'add', path: 'roles', value: [{ value: `r${at + 10}` }] }) as never),
    );

    const { users: stored } = await expectConsistent(domainId, table);
    expect(stored).toMatchObject([{ version: 1 + CONCURRENT_CHANGES }]);
    const roles = stored[0]?.attributes.roles as { value: string }[];
    expect(roles.map(({ value }) => value).sort()).toEqual(
      Array.from({ length: CONCURRENT_CHANGES }, (_, at) => `r${at + 10}`),
    );
  });

  it('give a name to only one user', async () => {
    const { domainId, users, create } = createServices();
    const ids = (await runConcurrently(10, create)).map(({ id }) => id);
    const userName = uniqueName();
    front.injectFaults('TransactWriteItems', ...faults());

    const outcomes = await Promise.allSettled(
      ids.map((id) => users.patch(id, replaceBody('userName', userName) as never)),
    );

    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toHaveLength(ids.length - 1);
    for (const reason of refused) expect(reason).toMatchObject({ status: 409, scimType: 'uniqueness' });
    await expectConsistent(domainId, table);
  });
});
