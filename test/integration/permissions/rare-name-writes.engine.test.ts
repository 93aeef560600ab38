import { ADDRESS_INDEX_COMPLETE, addressIndexKey } from '../../../shared/store/table/address-keys';
import { readDomain, systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { uniqueName, userBody } from '../../support/requests/bodies';
import { idFromLocation, sendBulk } from '../../support/requests/bulk';
import { provisionUser } from '../../support/requests/provision-user';
import { giveLegacyName } from '../../support/store/legacy-names';
import { adminClient } from '../../support/system/admin-client';
import { createDomainClient, type DomainClient } from '../../support/system/system';

// Writes of names and addresses that no other test sends through their functions.

let domain: DomainClient;
beforeEach(async () => (domain = await createDomainClient()));

/** More addresses than have items of their own. */
const manyAddresses = () =>
  Array.from({ length: 21 }, (_, at) => ({ value: uniqueName(`address-${at}`), primary: at === 0 }));

async function search(filter: string): Promise<{ totalResults: number }> {
  const response = await domain.request('POST', '/.search', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter,
  });
  return response.body as { totalResults: number };
}

describe('a bulk request', () => {
  it('creates and deletes a user with very many addresses', async () => {
    const data = userBody(uniqueName(), { active: false, emails: manyAddresses() });
    const [created] = await sendBulk(domain, [{ method: 'POST', path: '/Users', bulkId: 'a', data }]);
    expect(created).toMatchObject({ status: '201' });
    const path = `/Users/${idFromLocation(created as never)}`;
    expect(await sendBulk(domain, [{ method: 'DELETE', path }])).toMatchObject([{ status: '204' }]);
  });

  it('creates names that a previous version would have claimed under another key', async () => {
    const user = userBody('ＡＤＡ@example.com', { active: false });
    expect(
      await sendBulk(domain, [
        { method: 'POST', path: '/Users', bulkId: 'a', data: user },
        { method: 'POST', path: '/Groups', bulkId: 'b', data: { displayName: 'ＴＥＡＭ' } },
      ]),
    ).toMatchObject([{ status: '201' }, { status: '201' }]);
  });
});

it('a search requests the indexing of addresses, which the sweep does', async () => {
  const emails = manyAddresses();
  await provisionUser(domain, userBody(uniqueName(), { active: false, emails }));
  const { domainId } = domain;
  const table = await systemTable();
  const { addressItems } = await readDomain(domainId);
  await table.deleteAll([...addressItems, addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE)]);
  expect(await search(`emails.value eq "${emails[3]?.value}"`)).toMatchObject({ totalResults: 1 });
  await eventually('the indexing', async () => (await readDomain(domainId)).indexesAddresses);
  expect((await readDomain(domainId)).addressItems).toEqual(addressItems);
});

it('an administrator repairs names of a previous version, and is told of duplicates', async () => {
  const table = await systemTable();
  const create = () => domain.request('POST', '/Users', userBody(uniqueName(), { active: false }));
  const [old, duplicate] = [await create(), await create()].map(({ body }) => (body as { id: string }).id);
  const verify = () => adminClient()('POST', `/domains/${domain.domainId}/verify-names`, { repair: true });

  await giveLegacyName(table, domain.domainId, 'USER', old ?? '', 'ＥＶＡ');
  expect(await verify()).toMatchObject({ status: 200, body: { repaired: 1 } });

  await giveLegacyName(table, domain.domainId, 'USER', duplicate ?? '', 'ＥＶＡ');
  expect(await verify()).toMatchObject({ status: 200 });
  const readiness = async () => JSON.stringify((await domain.request('GET', '/readiness')).body);
  expect(await readiness()).toContain('names-duplicate');

  await domain.request('DELETE', `/Users/${duplicate}`);
  expect(await verify()).toMatchObject({ status: 200 });
  expect(await readiness()).not.toContain('names-duplicate');
});
