import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import type { Resource } from '../../../shared/scim/resource';
import { addMembers, patch, removeMembers, renameGroup } from '../../support/service/groups-harness';
import { activate } from '../../support/service/seats-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';
import { ItemsHarness } from '../../support/verification/items-harness';

const ROUNDS = 8;

it('a clean domain has no problems while clients change it, and a repair changes nothing', async () => {
  const harness = await new ItemsHarness(await createTableLikeSystem()).build();
  const { table, caller } = harness;
  const users = () => new Users(table, USER_SETTINGS, caller);
  const groups = () => new Groups(table, RETENTION_DAYS, caller);
  const idOf = ({ id }: Resource) => String(id);
  let isDone = false;

  /** Changes everything that the verification compares. */
  const change = async (client: number) => {
    for (let round = 0; round < ROUNDS; round++) {
      const name = `${client}-${round}@example.com`;
      const emails = [{ value: `home-${name}` }];
      const user = idOf(await users().create({ userName: name, emails }));
      const group = idOf(await groups().create({ displayName: `Group ${client}-${round}` }));
      await groups().patch(group, addMembers(user, harness.ada));
      await groups().patch(harness.team, addMembers(user));
      await users().patch(user, patch({ op: 'replace', path: 'userName', value: `renamed-${name}` }));
      await groups().patch(group, renameGroup(`Renamed ${client}-${round}`));
      await users().patch(user, activate(false));
      await users().patch(user, activate(true));
      await groups().patch(harness.team, removeMembers(user));
      // Nothing sweeps the deleted groups, so their memberships stay.
      if (round % 2 === 0) await groups().delete(group);
      if (round % 3 === 0) await users().delete(user);
    }
  };
  const verify = async () => {
    const problems = [];
    for (let run = 0; !isDone || run < 2; run++) {
      const request = { scan: run % 2 === 0, repair: run % 3 === 2 };
      problems.push(...(await harness.verify(request)).problems);
    }
    return problems;
  };
  const found = verify();
  await Promise.all([0, 1, 2].map(change)).finally(() => (isDone = true));
  expect(await found).toEqual([]);
  expect((await harness.verify({ repair: true })).problems).toEqual([]);
});
