import { axeViolations } from '../../bin/portal/chromium';
import { eventually } from '../support/jest/timeouts';
import { callJson } from '../../bin/portal/example-data';
import { uniqueName, userBody } from '../support/requests/bodies';
import { provisionUser } from '../support/requests/provision-user';
import { waitForMail } from '../support/system/mails';
import { clientWithKey, session } from '../support/system/system';
import { openPath, newDomainWithOwner, type OpenedPage, thirdPartyOrigins, useBrowser } from './browser';

const { openAs } = useBrowser();

const copied = ({ page }: OpenedPage) => page.evaluate<string>('navigator.clipboard.readText()');
const focusedLabel = ({ page }: OpenedPage) =>
  page.evaluate<string>(
    'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent',
  );

async function createConnection(domainId: string, name: string): Promise<string> {
  const { adminUrl, adminToken } = session();
  const url = `${adminUrl}/domains/${domainId}/connections`;
  const body = { name, identityProvider: 'other' };
  return (await callJson<{ connectionId: string }>(url, adminToken, 'POST', body)).connectionId;
}

// The first steps of the owner of a new domain.
test('an owner enables SCIM, connects Okta, sees the effects, and revokes the key', async () => {
  const { domainId, owner } = await newDomainWithOwner('Journey Ltd', { scimEnabled: false });
  const opened = await openAs(owner);
  const { context, page, consoleErrors } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const waitForText = (text: string) => page.getByText(text, { exact: true }).first().waitFor();

  await waitForText('No users yet');
  await page.getByRole('link', { name: 'Connect your identity provider' }).click();
  await waitForText('Disabled');
  await page.getByText('Enable SCIM').click();
  await waitForText('Enabled');
  await button('Copy SCIM base URL').click();
  expect(await copied(opened)).toMatch(/\/scim\/v2$/);

  await button('Add connection').click();
  await page.getByLabel('Name').fill('Journey');
  await button('Create connection').click();
  await page.getByRole('heading', { name: 'Connect Okta' }).waitFor();
  await waitForText('This connection has no credential that works');
  await button('Generate SCIM key').click();
  await page.getByRole('dialog').getByLabel('Name').fill('Journey key');
  await button('Generate key').click();
  await page.getByText('It will not be shown again.').waitFor();
  await button('Copy SCIM key').click();
  const token = await copied(opened);
  expect(token).toMatch(/^scim_.{120,}$/);
  expect(await page.getByLabel('SCIM key “Journey key”').inputValue()).not.toContain(token);
  await button('Reveal the SCIM key').click();
  expect(await page.getByLabel('SCIM key “Journey key”').inputValue()).toBe(token);
  await button('Done').click();
  expect(await page.content()).not.toContain(token);
  await waitForText('No requests yet');

  const { request } = clientWithKey(domainId, token);
  const created = await request('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'journey@example.com',
    displayName: 'Jo Journey',
  });
  expect(created.status).toBe(201);

  await page.getByRole('link', { name: 'Users' }).click();
  const row = page.getByRole('row', { name: /Jo Journey/ });
  await row.getByText('Active').waitFor();
  await row.getByRole('link').click();
  await waitForText('License key issued');

  await page.getByRole('link', { name: 'Audit log', exact: true }).click();
  const event = page.getByRole('row', { name: /User created/ });
  await event.getByText('Journey', { exact: true }).waitFor();
  await event.getByRole('link').click();
  const userId = (created.body as { id: string }).id;
  await page.getByRole('dialog').getByText(userId).waitFor();
  await button('Close').click();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Journey', exact: true }).click();
  await waitForText('Your identity provider is connected');
  await button('Revoke Journey key').click();
  await button('Revoke key').click();
  await waitForText('Revoked');
  expect((await request('GET', '/Users')).status).toBe(401);

  expect(thirdPartyOrigins(opened)).toEqual([]);
  expect(consoleErrors).toEqual([]);
  await context.close();
});

test('an owner replaces a license key, deactivates the user, and sees until when the key is kept', async () => {
  const { domainId, owner } = await newDomainWithOwner('Leak Ltd');
  const { adminUrl, adminToken } = session();
  const { token } = await callJson<{ token: string }>(
    `${adminUrl}/domains/${domainId}/keys`,
    adminToken,
    'POST',
    { name: 'Leak key' },
  );
  const userName = uniqueName('leak');
  const { id } = await provisionUser(clientWithKey(domainId, token), userBody(userName));
  await waitForMail(userName);
  const opened = await openAs(owner);
  const { context, page, consoleErrors } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const waitForText = (text: string) => page.getByText(text).first().waitFor();
  await openPath(opened, `/domains/${domainId}/users/${id}`);

  await button('Replace key').click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText(`The new key is emailed to ${userName}`).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await button('Replace key').click();
  await dialog.getByRole('button', { name: 'Replace key' }).click();
  await dialog.waitFor({ state: 'detached' });
  const [, second] = await waitForMail(userName, 2);
  expect(second?.subject).toMatch(/^Your new .* license key$/);
  await page.reload();
  await waitForText('License key replaced');

  await button('Deactivate').click();
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await dialog.waitFor({ state: 'detached' });
  await waitForText('Works again if the user becomes active before');
  expect(await button('Replace key').count()).toBe(0);
  expect(consoleErrors).toEqual([]);
  await context.close();
});

test('an owner generates and copies a key with the keyboard only', async () => {
  const { domainId, owner } = await newDomainWithOwner('Keyboard Ltd');
  const connectionId = await createConnection(domainId, 'Keyboard');
  const opened = await openAs(owner);
  const { context, page } = opened;
  const { keyboard } = page;
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 30; presses += 1) {
      await keyboard.press('Tab');
      if ((await focusedLabel(opened)) === name) return;
    }
    throw new Error(`Tab does not reach ${name}.`);
  };
  await openPath(opened, `/domains/${domainId}/settings/scim/connections/${connectionId}`);
  await keyboard.press('Tab');
  expect(await focusedLabel(opened)).toBe('Skip to content');

  await tabTo('Generate SCIM key');
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await keyboard.type('never sent');
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The focus returns after the dialog has gone.
  await eventually(
    'the focus on the button',
    async () => (await focusedLabel(opened)) === 'Generate SCIM key',
  );

  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await keyboard.press('Control+A');
  await keyboard.type('Typed');
  await keyboard.press('Tab');
  await keyboard.press('ArrowDown');
  await page.getByRole('listbox').waitFor();
  await keyboard.type('In 90');
  await keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await tabTo('Generate key');
  await keyboard.press('Enter');
  await page.getByText('Copy the key now').waitFor();
  // Escape does not close a dialog that shows something only once.
  await keyboard.press('Escape');
  await tabTo('Copy SCIM key');
  // The message disappears after a while, so the wait for it begins first.
  const said = page.getByText('The SCIM key was copied.').waitFor({ state: 'attached' });
  await Promise.all([said, keyboard.press('Enter')]);
  expect(await copied(opened)).toMatch(/^scim_/);
  await tabTo('Done');
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const row = page.getByRole('row', { name: /Typed/ });
  await row.getByText('Active').waitFor();
  expect(await row.getByText('Never').count()).toBe(1);
  await context.close();
});

test('a key that was not copied survives Done, the back button, and the end of the session', async () => {
  const { domainId, owner } = await newDomainWithOwner('Careful Ltd');
  const connectionId = await createConnection(domainId, 'Careful');
  const opened = await openAs(owner);
  const { context, page } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const key = page.getByLabel('SCIM key “Careful”');
  await page.getByRole('link', { name: 'Connect your identity provider' }).click();
  await page.getByRole('link', { name: 'Careful', exact: true }).click();
  await button('Generate SCIM key').click();
  await button('Generate key').click();
  await key.waitFor();

  await button('Done').click();
  await page.getByText('You have not copied the key').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await button('Keep open').click();
  await page.goBack();
  await page.getByText('You have not copied the key').waitFor();
  await button('Keep open').click();
  expect(page.url()).toContain(connectionId);

  // The API and the issuer refuse the next requests of the page.
  await page.route('**/admin/v1/**', (route) => route.fulfill({ status: 401, json: {} }));
  await page.route('**/token', (route) => route.fulfill({ status: 400, json: { error: 'invalid_grant' } }));
  const refused = page.waitForResponse((response) => response.url().endsWith('/token'));
  await page.evaluate(
    'window.dispatchEvent(new Event("offline")); window.dispatchEvent(new Event("online"))',
  );
  await refused;
  const said = page.getByText('The SCIM key was copied.').waitFor({ state: 'attached' });
  await Promise.all([said, button('Copy SCIM key').click()]);
  await button('Done').click();
  await page.getByText('Your session has ended').waitFor();
  await context.close();
});
