import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import type { Table } from '../../../shared/store/table/table';
import { freshName, patchBody, replacing, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { atOnce } from '../../support/requests/outcomes';
import { type EngineFront, type Fault, startEngineFront } from '../../support/store/engine-proxy';
import { ownTable } from '../../support/store/create-table';
import { RETENTION_DAYS } from '../../support/store/records';
import { newCaller } from '../../support/requests/caller';

const AT_ONCE = 50;
/** In how many of the transactions another one is met, as it happens all the time on AWS and never on a local engine. */
const CONFLICTS = 4 * AT_ONCE;

let table: Table;
let front: EngineFront;
beforeAll(async () => {
  table = await ownTable();
  front = await startEngineFront(table.name);
});
afterAll(() => front.close());

/** Transactions that meet others, come through, or come through without the client hearing of it, in no order. */
const faults = (): Fault[] =>
  Array.from({ length: 2 * CONFLICTS }, (_, at): Fault => {
    if (at % 2 === 0) return { kind: 'conflict' };
    return at % 11 === 0 ? { kind: 'lostAnswer' } : { kind: 'after', act: () => Promise.resolve() };
  });

function scene() {
  const caller = newCaller();
  const users = new Users(front.table, RETENTION_DAYS, caller);
  const groups = new Groups(front.table, RETENTION_DAYS, caller);
  const create = () => users.create(userBody(freshName(), { active: false }));
  return { domainId: caller.domainId, users, groups, create };
}

describe(`${AT_ONCE} changes at the same time, while transactions meet each other again and again,`, () => {
  it('add and remove members of one group: each is there once', async () => {
    const { domainId, groups, create } = scene();
    const ids = (await atOnce(AT_ONCE, create)).map(({ id }) => id);
    const leaving = ids.slice(0, AT_ONCE / 2);
    const { id: groupId } = await groups.create({
      displayName: 'Team',
      members: leaving.map((value) => ({ value })),
    });
    front.meet('TransactWriteItems', ...faults());

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
    expect(memberships.map(({ userId }) => userId)).toEqual(ids.slice(AT_ONCE / 2).sort());
    expect(stored).toMatchObject([{ version: 1 + AT_ONCE, memberCount: AT_ONCE / 2 }]);
  });

  it('add values to one user: each is there once', async () => {
    const { domainId, users, create } = scene();
    const { id } = await create();
    front.meet('TransactWriteItems', ...faults());

    await atOnce(AT_ONCE, (at) =>
      users.patch(id, patchBody({ op: 'add', path: 'roles', value: [{ value: `r${at + 10}` }] }) as never),
    );

    const { users: stored } = await expectConsistent(domainId, table);
    expect(stored).toMatchObject([{ version: 1 + AT_ONCE }]);
    const roles = stored[0]?.attributes.roles as { value: string }[];
    expect(roles.map(({ value }) => value).sort()).toEqual(
      Array.from({ length: AT_ONCE }, (_, at) => `r${at + 10}`),
    );
  });

  it('give a name to one user and refuse the others', async () => {
    const { domainId, users, create } = scene();
    const ids = (await atOnce(10, create)).map(({ id }) => id);
    const userName = freshName();
    front.meet('TransactWriteItems', ...faults());

    const outcomes = await Promise.allSettled(
      ids.map((id) => users.patch(id, replacing('userName', userName) as never)),
    );

    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(refused).toHaveLength(ids.length - 1);
    for (const reason of refused) expect(reason).toMatchObject({ status: 409, scimType: 'uniqueness' });
    await expectConsistent(domainId, table);
  });
});
