import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { replaceBody, uniqueName, userBody } from '../../support/requests/bodies';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { createDomainClient, type DomainClient } from '../../support/system/system';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

let domain: DomainClient;
let user: ProvisionedUser;
beforeAll(async () => {
  domain = await createDomainClient();
  user = await provisionUser(domain);
});

const ENTERPRISE = { [ENTERPRISE_USER_SCHEMA]: { department: 'Engines' } };

it.each<[string, unknown, object]>([
  [`${ENTERPRISE_USER_SCHEMA}.department`, 'Engines', ENTERPRISE],
  [`${ENTERPRISE_USER_SCHEMA}.manager`, 'm1', { [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'm1' } } }],
  [
    `${ENTERPRISE_USER_SCHEMA}.manager.value`,
    'm2',
    { [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'm2' } } },
  ],
  [`${PRODUCT_USER_SCHEMA}.nrUserType`, 'Full User', { [PRODUCT_USER_SCHEMA]: { nrUserType: 'Full User' } }],
  [`${USER_SCHEMA}.title`, 'Countess', { title: 'Countess' }],
  [`${USER_SCHEMA}.emails[type eq "work"].display`, 'Ada', { emails: [{ display: 'Ada' }] }],
])('PATCH sets %s', async (path, value, expected) => {
  const byPath = await domain.request('PATCH', user.path, replaceBody(path, value));
  expect(byPath).toMatchObject({ status: 200, body: expected });
  const asKey = { Operations: [{ op: 'replace', value: { [path]: value } }] };
  expect(await domain.request('PATCH', user.path, asKey)).toMatchObject({ status: 200, body: expected });
});

it('filters, sorting, projections, and bodies accept it', async () => {
  const created = await domain.request(
    'POST',
    '/Users',
    userBody(uniqueName(), { [`${ENTERPRISE_USER_SCHEMA}.costCenter`]: '7' }),
  );
  expect(created.body).toMatchObject({ [ENTERPRISE_USER_SCHEMA]: { costCenter: '7' } });
  const query = new URLSearchParams({
    filter: `${ENTERPRISE_USER_SCHEMA}.costCenter eq "7"`,
    attributes: `${ENTERPRISE_USER_SCHEMA}.costCenter`,
    sortBy: `${USER_SCHEMA}.userName`,
  });
  const { id } = created.body as { id: string };
  const found = await domain.request('GET', `/Users?${query.toString()}`);
  expect((found.body as { Resources: object[] }).Resources).toEqual([
    expect.objectContaining({ id, [ENTERPRISE_USER_SCHEMA]: { costCenter: '7' } }),
  ]);
});

it('members of a group can be changed with it', async () => {
  const group = await domain.request('POST', '/Groups', { displayName: uniqueName() });
  const { id } = group.body as { id: string };
  const patch = { Operations: [{ op: 'add', path: `${GROUP_SCHEMA}.members`, value: [{ value: user.id }] }] };
  expect(await domain.request('PATCH', `/Groups/${id}`, patch)).toMatchObject({
    status: 200,
    body: { members: [{ value: user.id }] },
  });
});
