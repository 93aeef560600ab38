import { spreadGroup } from '../../../../shared/store/groups/group-heads';
import { countsShardKey, groupHeadKey } from '../../../../shared/store/table/keys';
import { expectConsistent } from '../../../support/consistency/consistency';
import { systemTable } from '../../../support/consistency/domain-data';
import { provisionUser } from '../../../support/requests/provision-user';
import { createDomainClient } from '../../../support/system/system';
import { json, printed } from '../run-local';

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

  const report = await printed('verify', domainId);
  for (const line of [
    new RegExp(`^${domainId} +2 +0 +0 +0 +3$`, 'm'),
    new RegExp(`^${domainId} +users +3 +1$`, 'm'),
    new RegExp(`^${domainId} +activeLicenses +0 +1$`, 'm'),
    new RegExp(`^${domainId} +members of ${groupId} +2 +1$`, 'm'),
  ])
    expect(report).toMatch(line);
  expect(await json('verify', domainId, '--repair')).toEqual([
    {
      ...{ domainId, checked: 2, outdated: 0, repaired: 0, duplicates: [] },
      counts: {
        ...{ checked: 4, repaired: 3, exact: true },
        differences: [
          { name: 'users', stored: 3, actual: 1 },
          { name: 'activeLicenses', stored: 0, actual: 1 },
        ],
        groups: [{ groupId, displayName: 'Sales', stored: 2, actual: 1 }],
      },
    },
  ]);
  expect(await printed('verify', domainId)).toMatch(new RegExp(`^${domainId} +2 +0 +0 +0 +0$`, 'm'));
  await expectConsistent(domainId);
});
