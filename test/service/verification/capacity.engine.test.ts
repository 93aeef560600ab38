import { Groups } from '../../../shared/service/groups/groups';
import { mailKey } from '../../../shared/store/table/mail-keys';
import { ItemsHarness } from '../../support/verification/items-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS } from '../../support/store/records';

const USERS = 40;

it('a verification reads as much for each user as docs/verification.md says', async () => {
  const harness = await new ItemsHarness(await createTableLikeSystem()).build();
  const before = await harness.verify();
  const members = [];
  for (let at = 0; at < USERS; at++) {
    const userId = await harness.createUser();
    const { table, domainId } = harness;
    await table.put({
      ...mailKey(domainId, userId, await harness.changeOf(userId)),
      ...{
        kind: 'license-key',
        status: 'sent',
        to: 'somebody@example.com',
        licenseStatus: 'active',
        attempts: 1,
      },
    });
    members.push({ value: userId });
  }
  await new Groups(harness.table, RETENTION_DAYS, harness.caller).create({ displayName: 'All', members });
  const after = await harness.verify();
  expect(after.problems).toEqual([]);
  // A user has an item, a claim, a membership, a license, an entry of the history, and an audit event.
  expect(after.checked - before.checked).toBe(6 * USERS + 3);
  const perThousand = ((after.readUnits - before.readUnits) / USERS) * 1_000;
  expect(perThousand).toBeLessThan(READ_UNITS * 1.1);
  // DynamoDB Local counts up to 15% less, and differs between runs.
  expect(perThousand).toBeGreaterThan(READ_UNITS * 0.7);
});

/** docs/verification.md has this number. */
const READ_UNITS = 3_300;
