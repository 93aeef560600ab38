import { readFileSync } from 'node:fs';
import { axeViolations } from '../../bin/portal/chromium';
import { uniqueName } from '../support/requests/bodies';
import { DESKTOP, newDomainWithOwner, openPath, PHONE, useBrowser } from './browser';

const { openAs } = useBrowser();

/** Looks for problems of accessibility at both widths and in both themes. */
async function expectAccessible(page: Awaited<ReturnType<typeof openAs>>['page']): Promise<void> {
  for (const viewport of [PHONE, DESKTOP])
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      expect(await axeViolations(page)).toEqual([]);
    }
}

test('an owner without an identity provider creates, imports, changes, and deletes users', async () => {
  const { domainId, owner } = await newDomainWithOwner('Hand Ltd');
  const opened = await openAs(owner);
  const { page, consoleErrors } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = page.getByRole('dialog');
  const [userName, imported] = [uniqueName('portal'), uniqueName('imported')];

  await openPath(opened, `/domains/${domainId}/users`);
  await button('Create user').click();
  await dialog.getByLabel('Username').fill(userName);
  await dialog.getByLabel('Email address').fill('nobody');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await dialog.getByText('one plain email address').waitFor();
  await expectAccessible(page);
  await dialog.getByLabel('Email address').fill('');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await page.getByRole('heading', { level: 1, name: userName }).waitFor();
  await page.getByText('By hand', { exact: true }).waitFor();

  // The file for an import is on the page of the import, so that the list has one export.
  await openPath(opened, `/domains/${domainId}/users`);
  await page.getByRole('link', { name: userName }).waitFor();
  expect(await page.getByRole('button', { name: /export|download/i }).count()).toBe(1);

  await openPath(opened, `/domains/${domainId}/users/import`);
  const [download] = await Promise.all([page.waitForEvent('download'), button('Download all users').click()]);
  const [columns, ...rows] = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(columns).toMatch(/^\ufeffuserName,displayName,/);
  expect(rows).toEqual([expect.stringContaining(userName)]);
  const content =
    `userName;givenName;email;active\r\n${imported};"Berta; the first";;false\r\n` +
    `${uniqueName('bad')};;nobody;\r\n${userName};Ada;;\r\n`;
  const chosen = page.waitForEvent('filechooser');
  await button('Choose a file').click();
  await (
    await chosen
  ).setFiles({ name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${content}`) });
  await page.getByText('New: 1. Changed: 1. Unchanged: 0. Refused: 1.').waitFor();
  await page.getByText('one plain email address').waitFor();
  await expectAccessible(page);
  await button('Import now').click();
  await page.getByRole('heading', { name: 'The file was imported' }).waitFor();
  await page.getByText('New: 1. Changed: 1. Unchanged: 0. Refused: 1.').waitFor();
  await page.getByRole('link', { name: imported }).click();
  await page.getByRole('heading', { level: 1, name: 'Berta; the first' }).waitFor();

  await button('Activate').click();
  await button('Deactivate').waitFor();
  await button('Delete').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete user' }).click();
  await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
  // The import has named the first user.
  await page.getByRole('link', { name: 'Ada', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Berta; the first' }).waitFor({ state: 'detached' });
  expect(consoleErrors).toEqual([]);
});
