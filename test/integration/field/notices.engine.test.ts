import softDelete from '../../fixtures/field/entra-soft-delete.json';
import { patchBody, uniqueName, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { userWithLicense } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { listMailsTo, waitForMail } from '../../support/system/mails';
import { createDomainClient, type DomainClient } from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});
afterAll(() => expectConsistent(domain.domainId));

/** Streams are ordered: when the key of a later user has arrived, the emails before it have arrived too. */
const waitForEarlierMails = async () => waitForMail((await provisionUser(domain)).userName);

/** The request of the fixture for a user whose name and address are `address`. */
const softDeleteOf = (address: string): object =>
  JSON.parse(JSON.stringify(softDelete).replace(/<old (userName|address)>/g, address)) as object;

const renamed = (address: string): string => `283405f5aaaabbbbccccddddeeeeffff${address}`;

it("Entra's soft delete sends the notice to the address that the key went to", async () => {
  const { id, path, userName } = await provisionUser(domain, userBody(uniqueName(), { displayName: 'Ada' }));
  await waitForMail(userName);

  expect((await domain.request('PATCH', path, softDeleteOf(userName))).status).toBe(200);

  const [, notice] = await waitForMail(userName, 2);
  expect(notice?.subject).toContain('deactivated');
  expect(notice?.body.text).toContain('Ada');
  expect(notice?.body.text).not.toContain('283405f5');
  const { user, license } = await userWithLicense(domain.domainId, id);
  expect(user?.attributes).toMatchObject({
    userName: renamed(userName),
    emails: [{ value: renamed(userName) }],
    active: false,
  });
  expect(license).toMatchObject({ status: 'inactive', email: userName, userName });
  expect((await domain.request('DELETE', path)).status).toBe(204);
  await waitForEarlierMails();
  expect(await listMailsTo(renamed(userName))).toEqual([]);
  expect(await listMailsTo(userName)).toHaveLength(2);
});

it.each(['PUT', 'PATCH'])(
  'a %s that deactivates does not decide who is greeted, or where',
  async (method) => {
    const { path, userName } = await provisionUser(domain, userBody(uniqueName(), { displayName: 'Ada' }));
    await waitForMail(userName);
    const elsewhere = uniqueName('elsewhere');
    const change = { active: false, displayName: 'Mallory', emails: [{ value: elsewhere }] };
    const body = method === 'PUT' ? { userName, ...change } : patchBody({ op: 'replace', value: change });
    const response = await domain.request(method, path, body);
    expect(response.body).toMatchObject({ displayName: 'Mallory', emails: [{ value: elsewhere }] });
    const [, notice] = await waitForMail(userName, 2);
    expect(notice?.body.text).toContain('Ada');
    expect(notice?.body.text).not.toContain('Mallory');
    await waitForEarlierMails();
    expect(await listMailsTo(elsewhere)).toEqual([]);
  },
);

it('an inactive user with a new address gets no email there until the user is active', async () => {
  const { path, userName } = await provisionUser(domain, userBody(uniqueName(), { active: false }));
  const moved = uniqueName('moved');
  await domain.request(
    'PATCH',
    path,
    patchBody({ op: 'replace', path: 'emails', value: [{ value: moved }] }),
  );
  await waitForEarlierMails();
  expect(await listMailsTo(moved)).toEqual([]);
  await domain.request('PATCH', path, patchBody({ op: 'replace', path: 'active', value: true }));
  expect((await waitForMail(moved)).map(({ subject }) => subject)).toEqual([
    expect.stringContaining('license key'),
  ]);
  expect(await listMailsTo(userName)).toEqual([]);
});
