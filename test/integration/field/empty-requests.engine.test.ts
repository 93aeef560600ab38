import { readDomain } from '../../support/consistency/domain-data';
import { uniqueName } from '../../support/requests/bodies';
import { bulkBody, bulkResponses } from '../../support/requests/bulk';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { createDomainClient, type DomainClient } from '../../support/system/system';

let domain: DomainClient;
let user: ProvisionedUser;
let groupPath: string;
beforeAll(async () => {
  domain = await createDomainClient();
  user = await provisionUser(domain);
  const group = await domain.request('POST', '/Groups', { displayName: uniqueName() });
  groupPath = `/Groups/${(group.body as { id: string }).id}`;
});

it.each([
  ['a user', () => user.path],
  ['a group', () => groupPath],
])('a PATCH of %s with empty Operations returns the resource and changes nothing', async (_, path) => {
  const before = await domain.request('GET', path());
  const stored = await readDomain(domain.domainId);
  const patched = await domain.request('PATCH', path(), { Operations: [] });
  expect(patched).toMatchObject({ status: 200, body: before.body as object });
  expect(await readDomain(domain.domainId)).toEqual(stored);
});

it('failOnErrors 0 means no limit', async () => {
  const nobody = { method: 'DELETE', path: '/Users/nobody' };
  const empty = { method: 'PATCH', path: user.path, data: { Operations: [] } };
  const response = await domain.request(
    'POST',
    '/Bulk',
    bulkBody([nobody, nobody, empty], { failOnErrors: 0 }),
  );
  expect(bulkResponses(response).map(({ status }) => status)).toEqual(['404', '404', '200']);
});
