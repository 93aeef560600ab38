import { expectConsistent } from '../../support/consistency/consistency';
import { userWithLicense } from '../../support/consistency/domain-data';
import { patchBody, replaceBody, uniqueName } from '../../support/requests/bodies';
import { listMailsTo, waitForMail } from '../../support/system/mails';
import { createDomainClient, type DomainClient } from '../../support/system/system';
import { readReadiness } from '../diagnostics/readiness';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});
afterAll(() => expectConsistent(domain.domainId));

async function createUser(more: object = {}): Promise<{ id: string; path: string; userName: string }> {
  const userName = uniqueName('service').replace('@example.com', '');
  const response = await domain.request('POST', '/Users', { userName, ...more });
  expect(response.status).toBe(201);
  expect(response.body).toMatchObject({ active: true });
  const { id } = response.body as { id: string };
  return { id, path: `/Users/${id}`, userName };
}

const licenseOf = async (id: string) => (await userWithLicense(domain.domainId, id)).license;
const detailsOf = async (code: string) =>
  (await readReadiness(domain)).findings.find((finding) => finding.code === code)?.details ?? [];

it.each<[string, object]>([
  ['no emails', {}],
  ['emails without a value', { emails: [{ type: 'work' }] }],
  ['an address that is only a word', { emails: [{ value: 'emailName357' }] }],
  ['an address with a name', { emails: [{ value: 'Ada <ada@example.com>' }] }],
])('a user with %s is active, and readiness counts it', async (_, more) => {
  const { id, userName } = await createUser(more);
  const license = await licenseOf(id);
  expect(license).toMatchObject({ status: 'active', userName });
  expect(license?.email).toBeUndefined();
  expect(await detailsOf('addresses-missing')).toContainEqual(expect.objectContaining({ userId: id }));
});

it('an address that is not ASCII before the @ is reported with the reason', async () => {
  const { id, path } = await createUser({ emails: [{ value: 'müller@example.com' }] });
  expect(await licenseOf(id)).toMatchObject({ status: 'active', email: 'müller@example.com' });
  const found = (await detailsOf('addresses-undeliverable')).find(({ userId }) => userId === id);
  expect(found).toMatchObject({ address: 'müller@example.com' });
  expect(found?.reason).toContain('ASCII');
  const address = uniqueName('mueller');
  await domain.request('PATCH', path, replaceBody('emails[type eq "work"].value', address));
  await domain.request(
    'PATCH',
    path,
    patchBody({ op: 'replace', path: 'emails', value: [{ value: address }] }),
  );
  expect(await waitForMail(address)).toHaveLength(1);
});

it.each(['PATCH', 'PUT'])('the key is emailed once when a %s adds an address', async (method) => {
  const { id, path, userName } = await createUser();
  const address = uniqueName('arrived');
  const emails = [{ value: address, type: 'work' }];
  const add =
    method === 'PUT' ? { userName, emails } : patchBody({ op: 'add', path: 'emails', value: emails });
  expect((await domain.request(method, path, add)).status).toBe(200);
  await waitForMail(address);
  await domain.request('PATCH', path, patchBody({ op: 'remove', path: 'emails' }));
  expect((await licenseOf(id))?.email).toBeUndefined();
  const other = uniqueName('other');
  await domain.request('PATCH', path, patchBody({ op: 'add', path: 'emails', value: [{ value: other }] }));
  await domain.request('PATCH', path, replaceBody('active', false));
  expect((await waitForMail(other)).map(({ subject }) => subject)).toEqual([
    expect.stringContaining('deactivated'),
  ]);
  expect(await listMailsTo(address)).toHaveLength(1);
  expect(await detailsOf('addresses-missing')).not.toContainEqual(expect.objectContaining({ userId: id }));
});
