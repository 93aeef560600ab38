import { newId } from '../../../shared/id';
import { administratorPartition } from '../../../shared/store/table/administrator-keys';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { queryItems } from '../../support/store/records';
import { adminClient, idTokenFor, portalUserClient, signedInClient } from '../../support/system/admin-client';
import { waitForMail } from '../../support/system/mails';
import { createSetupLink, openSetupLink, strangerClient } from '../../support/system/setup-links';
import { createDomainClient, fireRule, session } from '../../support/system/system';

interface Account {
  readonly id: string;
  readonly email: string;
  readonly status?: string;
}

const operator = adminClient();

/** Returns the account of an address in the local user pool. */
async function accountOf(email: string): Promise<Account | undefined> {
  const response = await fetch(`${session().controlUrl}/accounts`);
  const { items } = (await response.json()) as { items: Account[] };
  return items.find((account) => account.email === email);
}

/** Returns a client of somebody who signs in with an address that the issuer has verified. */
const clientOf = async ({ id, email }: { id: string; email: string }) =>
  adminClient(await idTokenFor({ id, claims: { email, email_verified: true } }));

const newAddress = (): string => `invited-${newId()}@example.com`;

it('an invited owner gets an account and an email, signs in, and loses access and account with the removal', async () => {
  const { domainId } = await createDomainClient({ name: 'Inviting' });
  const owner = await portalUserClient(domainId, 'owner');
  const email = newAddress();
  const path = `/domains/${domainId}/administrators`;
  const invited = await owner('POST', path, { email, role: 'owner', name: 'Jane Doe' });
  expect(invited).toMatchObject({ status: 201, body: { status: 'open' } });

  const account = (await accountOf(email))!;
  expect(account).toMatchObject({ status: 'FORCE_CHANGE_PASSWORD' });
  const [mail] = await waitForMail(email);
  expect(mail?.body.text).toContain(`${session().portalUrl}/`);
  expect(mail?.body.text).toContain('Jane Doe');

  const jane = await clientOf(account);
  const me = await jane('GET', '/me');
  expect(me.body.domains).toMatchObject([{ domainId, role: 'owner' }]);
  // The first owner has no address, so this one is notified.
  expect((await jane('GET', `/domains/${domainId}`)).body.notifyAddresses).toEqual([email]);

  expect((await owner('DELETE', `${path}/${account.id}`)).status).toBe(204);
  expect((await jane('GET', `/domains/${domainId}`)).body.title).toBe('No role');
  expect((await jane('GET', '/me')).status).toBe(403);
  expect(await accountOf(email)).toBeUndefined();
  expect((await owner('GET', `/domains/${domainId}`)).body.notifyAddresses).toEqual([]);
});

it('an account that existed before the invitation stays after the removal', async () => {
  const { domainId } = await createDomainClient();
  const [id, email] = [newId(), newAddress()];
  await fetch(`${session().controlUrl}/accounts`, { method: 'POST', body: JSON.stringify({ id, email }) });
  await operator('POST', `/domains/${domainId}/administrators`, { email, role: 'viewer' });
  const viewer = await clientOf({ id, email });
  expect((await viewer('GET', `/domains/${domainId}`)).status).toBe(200);
  expect((await operator('DELETE', `/domains/${domainId}/administrators/${id}`)).status).toBe(204);
  expect((await viewer('GET', `/domains/${domainId}`)).status).toBe(403);
  expect(await accountOf(email)).toMatchObject({ id });
});

it('an invited operator sees all domains, until another operator removes the role', async () => {
  const email = newAddress();
  expect((await operator('POST', '/administrators', { email })).status).toBe(201);
  const account = (await accountOf(email))!;
  const invited = await clientOf(account);
  expect((await invited('GET', '/me')).body).toMatchObject({ operator: true });
  const other = await signedInClient({ id: `operator-${newId()}`, roles: ['operator'] });
  expect((await other('DELETE', `/administrators/${account.id}`)).status).toBe(204);
  expect((await invited('GET', '/domains')).status).toBe(403);
});

it('nothing that an operator created in a domain gives access after the removal of the operator', async () => {
  const { domainId } = await createDomainClient();
  const id = `operator-${newId()}`;
  const removed = await signedInClient({ id, roles: ['operator'] });
  const [open, mailbox] = [newAddress(), newAddress()];
  await removed('POST', `/domains/${domainId}/administrators`, { email: open, role: 'owner' });
  const link = await createSetupLink(domainId, mailbox, { accountRole: 'owner' }, removed);
  const guest = adminClient(await openSetupLink(link, mailbox));
  const offered = { email: mailbox, role: 'owner' };
  const invited = await guest('POST', `/domains/${domainId}/administrators`, offered);
  expect(invited.status).toBe(201);
  const pending = await createSetupLink(domainId, newAddress(), {}, removed);
  expect((await operator('DELETE', `/administrators/${id}`)).status).toBe(204);

  expect((await guest('GET', `/domains/${domainId}/setup-progress`)).status).toBe(401);
  const { linkId, secret } = pending;
  const code = await strangerClient()('POST', `/setup-links/${linkId}/codes`, { domainId, secret });
  expect(code).toMatchObject({ status: 409, body: { detail: expect.stringContaining('revoked') as string } });
  const links = await operator('GET', `/domains/${domainId}/setup-links`);
  expect(links.body.items.map(({ status }) => status)).toEqual(['revoked', 'revoked']);
  const invitations = await operator('GET', `/domains/${domainId}/invitations`);
  expect(invitations.body.items.map(({ status }) => status)).toEqual(['withdrawn', 'withdrawn']);
  for (const email of [open, mailbox]) {
    const person = await clientOf((await accountOf(email))!);
    expect((await person('GET', '/me')).status).toBe(403);
  }
  expect((await operator('GET', `/domains/${domainId}/administrators`)).body.items).toEqual([]);
});

it('the roles and the accounts of a deleted domain are removed', async () => {
  const { domainId } = await createDomainClient({ name: 'Deleted' });
  const [accepted, open] = [newAddress(), newAddress()];
  const path = `/domains/${domainId}/administrators`;
  for (const email of [accepted, open]) await operator('POST', path, { email, role: 'owner' });
  const account = (await accountOf(accepted))!;
  const owner = await clientOf(account);
  expect((await owner('GET', `/domains/${domainId}`)).status).toBe(200);
  expect((await operator('DELETE', `/domains/${domainId}?name=Deleted`)).status).toBe(202);
  const table = await systemTable();
  await eventually('the sweep of the role', async () => {
    const items = await queryItems(table, administratorPartition(account.id));
    return items.every(({ sk }) => sk === 'PROFILE');
  });
  expect((await owner('GET', '/me')).status).toBe(403);
  // Any later removal, or the schedule, deletes the account.
  await eventually('the deletion of the account', async () => {
    await fireRule('UsageKeys');
    return (await accountOf(accepted)) === undefined;
  });
});
