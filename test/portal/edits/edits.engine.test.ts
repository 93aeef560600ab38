import type { Page } from 'playwright-core';
import { callJson } from '../../../bin/portal/example-data';
import { uniqueName } from '../../support/requests/bodies';
import { eventually } from '../../support/jest/timeouts';
import { session } from '../../support/system/system';
import { newDomainWithOwner, openPath, useBrowser } from '../browser';

const { openAs } = useBrowser();

/** Changes or reads something in a domain, as another administrator does. */
const asAnother = <T>(domainId: string, method: string, path: string, body?: unknown) =>
  callJson<T>(`${session().adminUrl}/domains/${domainId}${path}`, session().adminToken, method, body);

/** Lets the page load its data again, as when its window gets the focus. */
const reloadData = (page: Page) => page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");

/** Presses the button `Save` of the form with a field. Returns the body of the request. */
async function save(page: Page, field: string): Promise<unknown> {
  const form = page.locator('form').filter({ has: page.getByLabel(field, { exact: true }) });
  const request = page.waitForRequest((each) => each.method() === 'PATCH');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await (await (await request).response())?.finished();
  return (await request).postDataJSON();
}

test('a form of a domain shows what others change, keeps the edits, and saves only these', async () => {
  const { domainId, owner } = await newDomainWithOwner('Edited Ltd', {
    notifyAddresses: ['former@example.com'],
  });
  const opened = await openAs(owner);
  const { page, context, consoleErrors } = opened;
  const name = page.getByLabel('Name', { exact: true });
  const addresses = page.getByLabel('Notification addresses');
  await openPath(opened, `/domains/${domainId}/settings/domain`);
  await name.fill('Renamed Ltd');
  await asAnother(domainId, 'PATCH', '', { notifyAddresses: ['new@example.com'] });
  await reloadData(page);
  await eventually(
    'the address of the other administrator',
    async () => (await addresses.inputValue()) === 'new@example.com',
  );
  expect(await name.inputValue()).toBe('Renamed Ltd');

  // This change is not on the page.
  await asAnother(domainId, 'PATCH', '', { mailDelayMinutes: 30 });
  expect(await save(page, 'Name')).toEqual({ name: 'Renamed Ltd' });
  expect(await asAnother(domainId, 'GET', '')).toMatchObject({
    name: 'Renamed Ltd',
    mailDelayMinutes: 30,
    notifyAddresses: ['new@example.com'],
  });
  await eventually(
    'the delay of the other administrator',
    async () => (await page.getByLabel('Email delay in minutes').inputValue()) === '30',
  );
  expect(consoleErrors).toEqual([]);
  await context.close();
});

test('an operator saves seats without the rate plan, and a limit of emails without the other', async () => {
  const { domainId } = await newDomainWithOwner('Seats Ltd');
  const opened = await openAs('operator@example.com');
  const { page, context } = opened;
  await openPath(opened, `/domains/${domainId}/settings/domain`);
  await asAnother(domainId, 'PATCH', '', { ratePlan: 'gallery', mailMinutesPerAddress: 5 });
  await page.getByLabel('Seats', { exact: true }).fill('7');
  expect(await save(page, 'Seats')).toEqual({ seats: 7 });
  await page.getByLabel('Emails per hour', { exact: true }).fill('100');
  expect(await save(page, 'Emails per hour')).toEqual({ mailsPerHour: 100 });
  expect(await asAnother(domainId, 'GET', '')).toMatchObject({
    seats: 7,
    ratePlan: 'gallery',
    mailsPerHour: 100,
    mailMinutesPerAddress: 5,
  });
  await context.close();
});

test('an owner renames a connection without its identity provider', async () => {
  const { domainId, owner } = await newDomainWithOwner('Connection Ltd');
  const input = { name: 'Former name', identityProvider: 'other' };
  const { connectionId } = await asAnother<{ connectionId: string }>(domainId, 'POST', '/connections', input);
  const opened = await openAs(owner);
  const { page, context } = opened;
  await openPath(opened, `/domains/${domainId}/settings/scim/connections/${connectionId}`);
  await asAnother(domainId, 'PATCH', `/connections/${connectionId}`, { identityProvider: 'okta' });
  await page.getByRole('textbox', { name: 'Name' }).fill('Okta');
  expect(await save(page, 'Name')).toEqual({ name: 'Okta' });
  await page.getByRole('heading', { name: 'Okta', exact: true }).waitFor();
  await context.close();
});

test('the form of a user saves only what the owner has changed, even if others change the user meanwhile', async () => {
  const { domainId, owner } = await newDomainWithOwner('User form Ltd');
  const values = { userName: uniqueName('form'), givenName: 'Ada', active: 'false' };
  const { userId } = await asAnother<{ userId: string }>(domainId, 'POST', '/users', { values });
  const opened = await openAs(owner);
  const { page, context } = opened;
  const dialog = page.getByRole('dialog');
  await openPath(opened, `/domains/${domainId}/users/${userId}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await dialog.getByLabel('Job title').fill('Engineer');
  await asAnother(domainId, 'PATCH', `/users/${userId}`, { values: { givenName: 'Berta' } });
  await reloadData(page);
  await eventually(
    'the name of the other administrator',
    async () => (await dialog.getByLabel('Given name').inputValue()) === 'Berta',
  );
  expect(await save(page, 'Job title')).toEqual({ values: { title: 'Engineer' } });
  await dialog.waitFor({ state: 'detached' });
  await context.close();
});

test('the form of a subscription saves only what the owner has changed', async () => {
  const { domainId, owner } = await newDomainWithOwner('Subscription Ltd');
  const created = await asAnother<{ subscription: { subscriptionId: string } }>(
    domainId,
    'POST',
    '/subscriptions',
    { name: 'Product', kind: 'feed', content: 'notice' },
  );
  const { subscriptionId } = created.subscription;
  const opened = await openAs(owner);
  const { page, context } = opened;
  const dialog = page.getByRole('dialog');
  await openPath(opened, `/domains/${domainId}/settings/events`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await dialog.getByLabel('Name').fill('Renamed product');
  await asAnother(domainId, 'PATCH', `/subscriptions/${subscriptionId}`, { content: 'full' });
  const reloaded = page.waitForResponse(async (response) =>
    response.url().endsWith('/subscriptions') ? (await response.text()).includes('"full"') : false,
  );
  await reloadData(page);
  await reloaded;
  expect(await save(page, 'Name')).toEqual({ name: 'Renamed product' });
  await dialog.waitFor({ state: 'detached' });
  await context.close();
});
