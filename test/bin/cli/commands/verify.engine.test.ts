import { newId } from '../../../../shared/id';
import { spreadGroup } from '../../../../shared/store/groups/group-heads';
import { addressKey } from '../../../../shared/store/table/address-keys';
import { countsShardKey, groupHeadKey, pendingKey } from '../../../../shared/store/table/keys';
import type { User } from '../../../../portal/src/api/schema';
import { expectConsistent } from '../../../support/consistency/consistency';
import { systemTable } from '../../../support/consistency/domain-data';
import { replaceBody } from '../../../support/requests/bodies';
import { provisionUser } from '../../../support/requests/provision-user';
import { eventually } from '../../../support/jest/timeouts';
import { createDomainClient } from '../../../support/system/system';
import { json, printed, scimLocal } from '../run-local';

/**
 * Returns the output of a verification that finds problems. The partitions of the domain are enough for these
 * tests.
 */
async function report(domainId: string): Promise<string> {
  const { code, out, err } = await scimLocal(['verify', domainId, '--no-scan']);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('--repair') as string });
  return out;
}

/** Returns the output of a verification that finds nothing. */
const clean = (domainId: string): Promise<string> => printed('verify', domainId, '--no-scan');

it('scim verify reports and repairs the counts of a domain and its groups', async () => {
  const domain = await createDomainClient();
  const { domainId } = domain;
  const { path } = await provisionUser(domain);
  const members = [{ value: path.split('/').pop() }];
  const created = await domain.request('POST', '/Groups', { displayName: 'Sales', members });
  const groupId = (created.body as { id: string }).id;
  const table = await systemTable();
  await spreadGroup(table, domainId, groupId);
  await table.update(countsShardKey(domainId, 3), { add: { users: 2, active: -1 } });
  await table.update(groupHeadKey(domainId, groupId, 1), { add: { memberCount: 1 } });

  const shown = await report(domainId);
  for (const line of [
    new RegExp(`^${domainId} +2 +0 +0 +0 +0 +3 +0 +0$`, 'm'),
    new RegExp(`^${domainId} +users +3 +1$`, 'm'),
    new RegExp(`^${domainId} +activeLicenses +0 +1$`, 'm'),
    new RegExp(`^${domainId} +members of ${groupId} +2 +1$`, 'm'),
  ])
    expect(shown).toMatch(line);
  expect(await json('verify', domainId, '--no-scan', '--repair')).toEqual([
    {
      ...{
        domainId,
        checked: 2,
        outdated: 0,
        repaired: 0,
        duplicates: [],
        staleAddresses: 0,
        deletedAddresses: 0,
      },
      counts: {
        ...{ checked: 4, repaired: 3, exact: true },
        differences: [
          { name: 'users', stored: 3, actual: 1 },
          { name: 'activeLicenses', stored: 0, actual: 1 },
        ],
        groups: [{ groupId, displayName: 'Sales', stored: 2, actual: 1 }],
        queue: [],
        mappings: [],
      },
      items: { checked: expect.any(Number) as number, problems: [], repaired: 0 },
    },
  ]);
  expect(await clean(domainId)).toMatch(new RegExp(`^${domainId} +2 +0 +0 +0 +0 +0 +0 +0$`, 'm'));
  await expectConsistent(domainId);
});

it('scim verify repairs the queue for seats, and the license that nothing would have reached gets its seat', async () => {
  const domain = await createDomainClient();
  const { domainId } = domain;
  await printed('domain', 'update', domainId, '--seats', '1', '--seat-policy', 'wait');
  const first = await provisionUser(domain);
  const { id: userId } = await provisionUser(domain);
  const table = await systemTable();
  const { items } = await table.query({ pk: pendingKey(domainId, '').pk });
  expect(items).toEqual([expect.objectContaining({ userId })]);
  await table.delete(pendingKey(domainId, String(items[0]?.sk)));
  await table.put({ ...pendingKey(domainId, newId()), userId: first.id });
  // The seat becomes free, but the license that waits has no entry.
  expect((await domain.request('DELETE', first.path)).status).toBe(204);

  const shown = await report(domainId);
  expect(shown).toMatch(new RegExp(`^${domainId} +queue entries of ${userId} +0 +1$`, 'm'));
  expect(shown).toMatch(new RegExp(`^${domainId} +queue entries of ${first.id} +1 +0$`, 'm'));
  expect(await json('verify', domainId, '--no-scan', '--repair')).toMatchObject([
    { counts: { repaired: 2 } },
  ]);
  await eventually('the seat', async () => {
    const [user] = await json<User[]>('user', 'list', domainId);
    return user?.license?.status === 'active';
  });
  expect(await json('verify', domainId, '--no-scan')).toMatchObject([
    { counts: { queue: [], differences: [] } },
  ]);
  await expectConsistent(domainId);
});

it('scim verify reports and deletes an address that a user does not have anymore', async () => {
  const domain = await createDomainClient();
  const { domainId } = domain;
  const { id, path, userName } = await provisionUser(domain);
  const changed = await domain.request('PATCH', path, replaceBody('emails', [{ value: 'new@example.com' }]));
  expect(changed.status).toBe(200);
  const table = await systemTable();
  await table.put({ ...addressKey(domainId, userName, id) });

  expect(await report(domainId)).toMatch(new RegExp(`^${domainId} +1 +0 +0 +0 +1 +0 +0 +0$`, 'm'));
  expect(await json('verify', domainId, '--no-scan', '--repair')).toMatchObject([
    { staleAddresses: 1, deletedAddresses: 1 },
  ]);
  expect(await clean(domainId)).toMatch(new RegExp(`^${domainId} +1 +0 +0 +0 +0 +0 +0 +0$`, 'm'));
  await expectConsistent(domainId);
});
