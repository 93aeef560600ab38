import { openMappingAdmin } from '../../../shared/service/mappings/mapping-admin';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { mappedGroupKey, mappingsKey } from '../../../shared/store/table/keys';
import { keyOf } from '../../../shared/store/table/read-item';
import { expectConsistent } from '../../support/consistency/consistency';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { patchBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { createDomainClient, deployment, OPERATOR, useSdkEnvironment } from '../../support/system/system';

const MAPPING = {
  from: { kind: 'group', by: 'displayName', value: 'Engineers' },
  to: { kind: 'userType', userType: 'Full User' },
} as const;

it('a user gets what a group gives although the evaluation has not found the group yet', async () => {
  const domain = await createDomainClient();
  const { domainId } = domain;
  const table = await systemTable();
  const { id } = await provisionUser(domain);
  const created = await domain.request('POST', '/Groups', { displayName: 'Engineers' });
  const groupId = (created.body as { id: string }).id;
  useSdkEnvironment();
  const admin = openMappingAdmin(await deployment());
  const { version } = await admin.get(domainId);
  await admin.replace(domainId, { mappings: [MAPPING], version }, OPERATOR);
  await eventually('the end of the evaluation', async () => {
    const { evaluation } = await admin.get(domainId);
    return evaluation?.finishedAt !== undefined;
  });

  const found = await table.get(mappedGroupKey(domainId, groupId));
  if (!found) throw new Error('The evaluation has not found the group.');
  await table.delete(keyOf(found));
  await table.update(mappingsKey(domainId), { set: { findsGroups: true } });
  const addition = patchBody({ op: 'add', path: 'members', value: [{ value: id }] });
  await domain.request('PATCH', `/Groups/${groupId}`, addition);
  await eventually('the user type', async () => {
    const license = await new LicenseStore(table).read(domainId, id);
    return license?.userType === 'Full User';
  });

  await table.put({ ...found, ...keyOf(found) });
  await table.update(mappingsKey(domainId), { remove: ['findsGroups'] });
  await expectConsistent(domainId);
});
