import { readFileSync } from 'node:fs';
import { axeViolations, waitUntilLoaded } from '../../bin/portal/chromium';
import { uniqueName, userBody } from '../support/requests/bodies';
import { clientWithKey, session } from '../support/system/system';
import { callJson } from '../../bin/portal/example-data';
import { newDomainWithOwner, openPath, type OpenedPage, useBrowser } from './browser';

const { openAs } = useBrowser();

/** More than the table shows at first. */
const USERS = 30;

let domainId: string;
let owner: OpenedPage;
let userIds: string[];
beforeAll(async () => {
  const created = await newDomainWithOwner('Tables Ltd');
  domainId = created.domainId;
  const { adminUrl, adminToken } = session();
  const { token } = await callJson<{ token: string }>(
    `${adminUrl}/domains/${domainId}/keys`,
    adminToken,
    'POST',
    { name: 'Okta' },
  );
  const client = clientWithKey(domainId, token);
  userIds = [];
  for (let at = 0; at < USERS; at++) {
    const response = await client.request('POST', '/Users', {
      ...userBody(uniqueName()),
      displayName: at === 0 ? '=HYPERLINK("https://example.com")' : `Person ${String(at).padStart(2, '0')}`,
    });
    userIds.push((response.body as { id: string }).id);
  }
  owner = await openAs(created.owner);
});

it('an export has all rows, with what a spreadsheet would run as a formula as text', async () => {
  const { page } = owner;
  await openPath(owner, `/domains/${domainId}/users`);
  expect(await page.getByRole('row').count()).toBeLessThan(USERS);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^tables-ltd-users-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(lines[0]).toBe('\ufeffUser,Username,License,Type,Email,Email address,Managed by,User ID,Last change');
  expect(lines.slice(1, -1)).toHaveLength(USERS);
  for (const id of userIds) expect(lines.some((line) => line.includes(id))).toBe(true);
  expect(lines.find((line) => line.includes('HYPERLINK'))).toMatch(/^"'=HYPERLINK/);
  await page.getByText(`${USERS} rows were exported.`).waitFor();
});

it('an export can be canceled while it runs', async () => {
  const { page } = owner;
  await openPath(owner, `/domains/${domainId}/users`);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  // Only an export loads pages of a hundred.
  await page.route(/\/users\?.*limit=100/, async (route) => {
    await held;
    // The page has already ended the request.
    await route.abort().catch(() => undefined);
  });
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  await page.getByText('0 rows loaded').waitFor();
  await page.getByRole('button', { name: 'Cancel export' }).click();
  await page.getByRole('button', { name: 'Export as CSV' }).waitFor();
  release();
  await page.unroute(/\/users\?.*limit=100/);
  expect(await page.getByRole('alert').count()).toBe(0);
});

it('a row opens its page wherever it is clicked, and in a new tab with the middle button', async () => {
  const { page, context } = owner;
  await openPath(owner, `/domains/${domainId}/users`);
  const row = page.getByRole('row', { name: /Person 05/ });
  await row.scrollIntoViewIfNeeded();
  const box = (await row.boundingBox())!;
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.mouse.click(box.x + box.width - 10, box.y + box.height / 2, { button: 'middle' }),
  ]);
  // A session belongs to one tab. The issuer remembers the owner, and the sign-in returns to the page of the
  // user.
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('heading', { level: 1, name: 'Person 05' }).waitFor();
  expect(tab.url()).toMatch(new RegExp(`/users/${userIds[5]}$`));
  await tab.close();
  await page.mouse.click(box.x + box.width - 10, box.y + box.height / 2);
  await page.getByRole('heading', { level: 1, name: 'Person 05' }).waitFor();
});

it('the audit log is filtered by the name of a user', async () => {
  const { page } = owner;
  const { userName } = await provisionUserOf(domainId);
  await openPath(owner, `/domains/${domainId}/audit-log`);
  await page.getByLabel('Resource').fill(userName.toUpperCase());
  await page.getByText('1 event', { exact: true }).waitFor();
  await page.getByRole('row', { name: /User created/ }).waitFor();
});

it('keyboard shortcuts open pages and the search, and are documented in a dialog that turns them off', async () => {
  const { page } = owner;
  await openPath(owner, `/domains/${domainId}/users`);
  await page.locator('h1').focus();
  await page.keyboard.press('/');
  expect(await page.evaluate<string>('document.activeElement.type')).toBe('search');
  // In a field, the keys are text.
  await page.keyboard.type('gr?');
  expect(await page.getByRole('searchbox').inputValue()).toBe('gr?');
  await page.locator('h1').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await page.getByRole('heading', { level: 1, name: 'Groups' }).waitFor();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByText('Open the audit log').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByText('Use shortcuts in this browser').click();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('h1').focus();
  await page.keyboard.press('?');
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  expect(page.url()).toMatch(/\/groups$/);
  expect(await dialog.count()).toBe(0);
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
  await dialog.getByText('Use shortcuts in this browser').click();
  await page.keyboard.press('Escape');
});

it('licenses and seats over time have a chart and a table from the first day', async () => {
  const { page } = owner;
  await openPath(owner, `/domains/${domainId}/settings/domain`);
  await page.getByRole('img', { name: /\d+ active, 0 waiting, 0 inactive/ }).waitFor();
  const card = page.getByRole('region', { name: 'Licenses and seats over time' });
  await card.getByRole('button', { name: 'Show as a table' }).click();
  await card.getByRole('table').waitFor();
  expect(await card.getByRole('row').count()).toBe(2);
  expect(await axeViolations(page)).toEqual([]);
  await waitUntilLoaded(page);
  expect(owner.consoleErrors).toEqual([]);
});

/** Provisions a user whose events are all younger than the others of this file. */
async function provisionUserOf(domain: string): Promise<{ readonly userName: string }> {
  const { adminUrl, adminToken } = session();
  const { token } = await callJson<{ token: string }>(
    `${adminUrl}/domains/${domain}/keys`,
    adminToken,
    'POST',
    { name: 'Other' },
  );
  const userName = uniqueName();
  const { status } = await clientWithKey(domain, token).request('POST', '/Users', userBody(userName));
  expect(status).toBe(201);
  return { userName };
}
