import { BatchGetItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { Table } from '../../../shared/store/table/table';
import { MappingsHarness } from '../../support/service/mappings-harness';
import { createTableLikeSystem } from '../../support/store/create-table';

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
});

/** Returns a table that counts the calls that read items by key. */
function countingReads({ name, client }: Table): { through: Table; reads: () => number } {
  let reads = 0;
  const send = (command: unknown): unknown => {
    if (command instanceof GetItemCommand || command instanceof BatchGetItemCommand) reads++;
    return (client.send as (command: unknown) => unknown).call(client, command);
  };
  const counting = Object.create(client, { send: { value: send } }) as Table['client'];
  return { through: new Table(name, counting), reads: () => reads };
}

/** Evaluates a user in this many groups before the groups that mappings name are found. Returns the calls. */
async function evaluate(groups: number): Promise<number> {
  const harness = await new MappingsHarness(table).create();
  const { id } = await harness.users().create({ userName: 'ada@example.com' });
  for (let at = 1; at <= groups; at++)
    await harness.groups().create({ displayName: `Group ${at}`, members: [{ value: id }] });
  await harness.map([
    {
      from: { kind: 'group', by: 'displayName', value: `Group ${groups}` },
      to: { kind: 'userType', userType: 'Full User' },
    },
  ]);
  const { through, reads } = countingReads(table);
  await harness.work({ domainId: harness.caller.domainId, userIds: [id] }, through);
  expect(await harness.license(id)).toMatchObject({ userType: 'Full User' });
  return reads();
}

it('an evaluation reads the groups of users at once while the mapped groups are being found', async () => {
  expect(await evaluate(40)).toBe(await evaluate(2));
});
