import { replaceBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { userWithLicense } from '../../support/consistency/domain-data';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { adminClient, portalUserClient } from '../../support/system/admin-client';
import { listMailsTo, waitForMail } from '../../support/system/mails';
import { type DomainClient, createDomainClient, session } from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient({ name: 'Replaced Ltd' });
});
afterAll(() => expectConsistent(domain.domainId));

async function statusOf(key: string): Promise<string | undefined> {
  const response = await fetch(session().licenseCheckUrl, { headers: { 'License-Key': key } });
  return ((await response.json()) as { status?: string }).status;
}

/** Waits for `count` emails to a user, and returns the key in the last one. */
async function mailedKey({ userName }: ProvisionedUser, count = 1): Promise<string> {
  const mail = (await waitForMail(userName, count)).at(-1);
  return /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';
}

const replace = ({ id }: ProvisionedUser, client = adminClient()) =>
  client('POST', `/domains/${domain.domainId}/licenses/${id}/replace-key`);
const setActive = ({ path }: ProvisionedUser, active: boolean) =>
  domain.request('PATCH', path, replaceBody('active', active));

it('an owner replaces a key: the old one is inactive for good, and the new one is emailed', async () => {
  const user = await provisionUser(domain);
  const first = await mailedKey(user);
  const owner = await portalUserClient(domain.domainId, 'owner');
  expect(await replace(user, owner)).toMatchObject({
    status: 200,
    body: { userId: user.id, status: 'active', email: user.userName },
  });
  expect(await statusOf(first)).toBe('inactive');
  const second = await mailedKey(user, 2);
  expect(await statusOf(second)).toBe('active');

  await setActive(user, false);
  expect([await statusOf(first), await statusOf(second)]).toEqual(['inactive', 'inactive']);
  await setActive(user, true);
  expect([await statusOf(first), await statusOf(second)]).toEqual(['inactive', 'active']);
  expect(await mailedKey(user, 4)).toBe(second);
  const mails = await listMailsTo(user.userName);
  expect(mails.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^Your .* license key$/),
    expect.stringMatching(/^Your new .* license key$/),
    expect.stringMatching(/deactivated$/),
    expect.stringMatching(/is active again$/),
  ]);

  const { body } = await owner('GET', `/domains/${domain.domainId}/users/${user.id}`);
  expect((body.history as { what: string; by: object }[]).map(({ what, by }) => [what, by])).toEqual([
    ['reactivated', expect.objectContaining({ kind: 'scimKey' })],
    ['deactivated', expect.objectContaining({ kind: 'scimKey' })],
    ['replaced', expect.objectContaining({ kind: 'admin', id: `owner-of-${domain.domainId}` })],
    ['issued', expect.objectContaining({ kind: 'scimKey' })],
  ]);
  const events = await owner('GET', `/domains/${domain.domainId}/audit-events?action=license.keyReplaced`);
  expect(events.body.items).toMatchObject([
    { action: 'license.keyReplaced', resource: { type: 'license', id: user.id, name: user.userName } },
  ]);
});

it('a viewer cannot replace a key, and a key of a license that is not active cannot be replaced', async () => {
  const user = await provisionUser(domain);
  const key = await mailedKey(user);
  expect((await replace(user, await portalUserClient(domain.domainId, 'viewer'))).status).toBe(403);
  expect(await statusOf(key)).toBe('active');
  await setActive(user, false);
  const refused = await replace(user);
  expect(refused.status).toBe(409);
  expect(refused.body.detail).toMatch(/is inactive.*Activate the user first/);
  await setActive(user, true);
  expect(await statusOf(key)).toBe('active');
});

it('an inactive license shows until when it keeps its key', async () => {
  const user = await provisionUser(domain);
  await setActive(user, false);
  const { body } = await adminClient()('GET', `/domains/${domain.domainId}/users/${user.id}`);
  const license = body.user.license as { changedAt: string; keyKeptUntil: string };
  const days = (Date.parse(license.keyKeptUntil) - Date.parse(license.changedAt)) / 86_400_000;
  expect(days).toBe(30);
});

it('replacements and switches at the same time leave one key, which is active', async () => {
  const user = await provisionUser(domain);
  await mailedKey(user);
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, at) => (at % 3 === 0 ? replace(user) : setActive(user, at % 3 === 1))),
  );
  for (const { status } of outcomes) expect([200, 409]).toContain(status);
  await setActive(user, true);
  const { license } = await userWithLicense(domain.domainId, user.id);
  expect(license).toMatchObject({ status: 'active', activationId: expect.any(String) as string });
  expect(license?.keptActivationId).toBeUndefined();
});
