import type { Page } from 'playwright-core';
import { axeViolations } from '../../bin/portal/chromium';
import { callJson } from '../../bin/portal/example-data';
import { eventually } from '../support/jest/timeouts';
import { type Conversation, loadConversations, replay, type Step } from '../support/replay/conversation';
import { waitForMail } from '../support/system/mails';
import { clientWithKey, type DomainClient, session } from '../support/system/system';
import { newDomainWithOwner, openPath, type OpenedPage, thirdPartyOrigins, useBrowser } from './browser';

const { openAs } = useBrowser();

const CONVERSATION = loadConversations('idp').find(({ name }) => name === 'okta group push') as Conversation;
const stepsUntil = (name: string): readonly Step[] =>
  CONVERSATION.steps.slice(0, CONVERSATION.steps.findIndex((step) => step.name === name) + 1);

async function connect(domainId: string): Promise<DomainClient> {
  const { adminUrl, adminToken } = session();
  const url = `${adminUrl}/domains/${domainId}/keys`;
  const { token } = await callJson<{ token: string }>(url, adminToken, 'POST', { name: 'Okta' });
  return clientWithKey(domainId, token);
}

/** Waits for `count` emails, and returns what the license check says about the key in the last one. */
async function checkMailedKey(address: string, count: number): Promise<unknown> {
  const mail = (await waitForMail(address, count)).at(-1);
  const key = /\w{5}(-\w{5}){4}/.exec(mail?.body.text ?? '')?.[0] ?? '';
  const response = await fetch(`${session().licenseCheckUrl}?include=organizations`, {
    headers: { 'license-key': key },
  });
  return response.json();
}

interface FoundUser {
  readonly id: string;
  readonly userName: string;
}

const buttonOf = (page: Page) => (name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });

/** Chooses an option of a select field in the dialog. */
async function choose(page: Page, field: string, option: string): Promise<void> {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`${field}$`) })
    .click();
  await page.getByRole('option', { name: option }).click();
}

/** Previews the draft, waits for `text`, and saves the draft. */
async function previewAndSave({ page }: OpenedPage, text: string): Promise<void> {
  await buttonOf(page)('Preview and save').click();
  const dialog = page.getByRole('dialog', { name: 'Preview' });
  await dialog.getByText(text).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save mappings' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('All users were evaluated').waitFor();
}

test('an owner maps a group to a type and an organization, and Okta pushes the group', async () => {
  const { domainId, owner } = await newDomainWithOwner('Mapping Ltd');
  const client = await connect(domainId);
  const run = replay(() => client);
  const users = stepsUntil('link: search');
  const push = stepsUntil('add two').slice(users.length);
  for (const step of users) await run(step);
  const listed = await client.request('GET', '/Users?filter=userName%20sw%20%22og1-%22');
  const [found] = (listed.body as { readonly Resources: readonly FoundUser[] }).Resources;
  const { id, userName } = found ?? { id: '', userName: '' };
  const group = `Eng ${userName.slice('og1-'.length).split('@')[0]}`;
  await waitForMail(userName);

  const opened = await openAs(owner);
  const { page, context, consoleErrors } = opened;
  const button = buttonOf(page);

  // The group does not exist yet.
  await openPath(opened, `/domains/${domainId}/settings/mappings`);
  await page.getByText('No mappings').waitFor();
  await button('Add mapping').click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Group' }).fill(group);
  await choose(page, 'User type', 'Full User');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Add mapping' }).click();
  await page.getByText('You have unsaved changes').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await previewAndSave(opened, '0 of 3 users change');

  for (const step of push) await run(step);
  await page.getByRole('link', { name: 'Groups', exact: true }).click();
  await page.getByRole('link', { name: group }).click();
  await page.getByText('User type Full User').waitFor();
  await page.getByRole('row', { name: userName }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  expect(await checkMailedKey(userName, 2)).toMatchObject({
    status: 'active',
    userType: 'Full User',
    organizations: [],
  });

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Mappings' }).click();
  await button('Add organization').click();
  await page.getByRole('dialog').getByLabel('Name').fill('Research');
  await page.getByRole('dialog').getByLabel('Roles').fill('member\nlead');
  await page.getByRole('dialog').getByRole('button', { name: 'Add organization' }).click();
  await button('Add mapping').click();
  // The group exists now, so the field suggests it.
  await page.getByRole('dialog').getByRole('combobox', { name: 'Group' }).fill('eng');
  await page.getByRole('option', { name: group }).click();
  await choose(page, 'Get', 'a role in an organization');
  await choose(page, 'Role in the organization', 'lead');
  await page.getByRole('dialog').getByRole('button', { name: 'Add mapping' }).click();
  await previewAndSave(opened, '3 of 3 users change');

  await openPath(opened, `/domains/${domainId}/users/${id}`);
  await page.getByText('Research: lead').waitFor();
  await page.getByText(`Because of a mapping: members of the group ${group}`).first().waitFor();
  expect(await page.getByText('Full User').count()).toBeGreaterThan(0);
  expect(await axeViolations(page)).toEqual([]);
  expect(await checkMailedKey(userName, 2)).toMatchObject({
    status: 'active',
    userType: 'Full User',
    organizations: [{ name: 'Research', role: 'lead' }],
  });

  await openPath(opened, `/domains/${domainId}/users?organization=Research&type=Full+User`);
  await page.getByText('3 users', { exact: true }).waitFor();
  await openPath(opened, `/domains/${domainId}/audit-log?kind=mappings`);
  expect(await page.getByRole('row', { name: /Mappings changed/ }).count()).toBe(2);

  expect(thirdPartyOrigins(opened)).toEqual([]);
  expect(consoleErrors).toEqual([]);
  await context.close();
});

test('an owner orders, changes, and removes mappings with the keyboard, and cannot lose them by leaving', async () => {
  const { domainId, owner } = await newDomainWithOwner('Order Ltd');
  const { adminUrl, adminToken } = session();
  const url = `${adminUrl}/domains/${domainId}/mappings`;
  const role = (value: string) => ({ from: { kind: 'role', value }, to: { kind: 'noLicense' } });
  await callJson(url, adminToken, 'PUT', { version: 0, mappings: ['one', 'two', 'three'].map(role) });
  const opened = await openAs(owner);
  const { page, context } = opened;
  const button = buttonOf(page);
  const waitForOrder = (...roles: string[]) =>
    eventually(`the order ${roles.join(', ')}`, async () => {
      const texts = await page.locator('.mapping-text').allTextContents();
      return texts.length === roles.length && roles.every((each, at) => texts[at]?.includes(`role ${each}`));
    });
  const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
  await openPath(opened, `/domains/${domainId}/settings/mappings`);
  await waitForOrder('one', 'two', 'three');

  // The focus stays on the button of the moved mapping.
  await button('Move mapping 3 up').focus();
  await page.keyboard.press('Enter');
  await eventually('the focus on the moved mapping', async () => (await focused()) === 'Move mapping 2 up');
  await page.keyboard.press('Enter');
  // At the end of the list, the button in this direction is disabled.
  await eventually('the focus on the other button', async () => (await focused()) === 'Move mapping 1 down');
  await page.getByText('Moved to place 1 of 3.').waitFor();
  await waitForOrder('three', 'one', 'two');

  await button('Remove mapping 2').focus();
  await page.keyboard.press('Enter');
  await eventually('the focus on the next mapping', async () => (await focused()) === 'Edit mapping 2');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByLabel('Role', { exact: true }).fill('second');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await waitForOrder('three', 'second');

  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await page.getByText('Discard your changes?').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();

  // Somebody else changes the mappings meanwhile.
  const { version } = await callJson<{ version: number }>(url, adminToken, 'GET');
  await callJson(url, adminToken, 'PUT', { version, mappings: [role('other')] });
  await button('Preview and save').click();
  const preview = page.getByRole('dialog', { name: 'Preview' });
  await preview.getByRole('button', { name: 'Save mappings' }).click();
  await preview.getByText(/The mappings have changed since you read them/).waitFor();
  await preview.getByRole('button', { name: 'Cancel' }).click();
  await context.close();
});
