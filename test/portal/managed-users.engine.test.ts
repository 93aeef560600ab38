import { readFileSync } from 'node:fs';
import { axeViolations } from '../../bin/portal/chromium';
import { addAccount } from '../../bin/portal/example-data';
import { uniqueName } from '../support/requests/bodies';
import { session } from '../support/system/system';
import { DESKTOP, newDomainWithOwner, openPath, type OpenedPage, PHONE, useBrowser } from './browser';

const { openAs } = useBrowser();

/** Chooses a CSV file on the page of imports. */
async function chooseFile({ page }: OpenedPage, content: string): Promise<void> {
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  const buffer = Buffer.from(content);
  await (await chosen).setFiles({ name: 'users.csv', mimeType: 'text/csv', buffer });
}

/**
 * Begins a step of an import, and stops it while its first request is on the way. Returns the number of rows
 * that were processed.
 */
async function stopAfterFirstRequest({ page }: OpenedPage, begin: () => Promise<void>): Promise<number> {
  await page.route(
    /\/domains\/[^/]+\/users\/import$/,
    async (route) => {
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await route.continue();
    },
    { times: 1 },
  );
  await begin();
  const heading = page.getByRole('heading', { name: /^Stopped after \d+ of 60 rows$/ });
  return Number(/\d+/.exec((await heading.textContent()) ?? '')?.[0]);
}

/** Looks for problems of accessibility at both widths and in both themes. */
async function expectAccessible({ page }: OpenedPage): Promise<void> {
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
  await expectAccessible(opened);
  await dialog.getByLabel('Email address').fill('');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await page.getByRole('heading', { level: 1, name: userName }).waitFor();
  await page.getByText('Managed manually', { exact: true }).waitFor();

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
  await chooseFile(opened, `userName,active\r\n${userName},no\nshort\n`);
  await page.getByText('1 license ends', { exact: true }).waitFor();
  const preview = page.getByRole('table', { name: 'Rows' });
  await preview.getByRole('row', { name: `${userName} 2 Change Ends Active: no` }).waitFor();
  await preview.getByText('different numbers of cells: 1 and 2').waitFor();
  const content =
    `userName;givenName;email;active\r\n${imported};"Berta; the first";;false\r\n` +
    `${uniqueName('bad')};;nobody;\r\n${userName};Ada;;\r\n`;
  await chooseFile(opened, `\ufeff${content}`);
  await page.getByText('New: 1. Changed: 1. Unchanged: 0. Refused: 1.').waitFor();
  await page.getByText('one plain email address').waitFor();
  await expectAccessible(opened);
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

test('a viewer finds manually managed users, and downloads all users', async () => {
  const { domainId } = await newDomainWithOwner('View Ltd');
  const opened = await openAs(await addAccount(session(), domainId, 'viewer'));
  const { page, consoleErrors } = opened;
  await openPath(opened, `/domains/${domainId}/users?managed=administrator`);
  await page.getByRole('button', { name: /Administrators.*Managed by/ }).waitFor();
  await page.getByText('No matching users').waitFor();
  await page.getByRole('link', { name: 'Export users' }).click();
  await page.getByRole('heading', { level: 1, name: 'Export users' }).waitFor();
  await page.getByRole('button', { name: 'Download all users' }).waitFor();
  expect(await page.getByRole('button', { name: /template|Choose a file/ }).count()).toBe(0);
  await expectAccessible(opened);
  expect(consoleErrors).toEqual([]);
});

test('a stopped dry run offers no import, and a stopped import continues where it was', async () => {
  const { domainId, owner } = await newDomainWithOwner('Stop Ltd');
  const opened = await openAs(owner);
  const { page, consoleErrors } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  // More than the rows of a request.
  const rows = Array.from({ length: 60 }, (_, at) => `${uniqueName(`row${at}`)},false`);
  await openPath(opened, `/domains/${domainId}/users/import`);
  await stopAfterFirstRequest(opened, () => chooseFile(opened, `userName,active\n${rows.join('\n')}\n`));
  await page.getByText('Nothing was changed.', { exact: false }).waitFor();
  expect(await button('Import now').count()).toBe(0);
  expect(await page.getByRole('heading', { name: 'What will happen' }).count()).toBe(0);
  await expectAccessible(opened);

  await button('Check again').click();
  await page.getByText('New: 60. Changed: 0. Unchanged: 0. Refused: 0.').waitFor();
  const imported = await stopAfterFirstRequest(opened, () => button('Import now').click());
  await page.getByText(`New: ${imported}. Changed: 0. Unchanged: 0. Refused: 0.`).waitFor();
  await page.getByText('imported rows change nothing', { exact: false }).waitFor();
  expect(await page.getByRole('heading', { name: 'The file was imported' }).count()).toBe(0);
  await expectAccessible(opened);

  await button('Import again').click();
  await page.getByRole('heading', { name: 'The file was imported' }).waitFor();
  await page.getByText(`New: ${60 - imported}. Changed: 0. Unchanged: ${imported}. Refused: 0.`).waitFor();
  expect(consoleErrors).toEqual([]);
});

test('a failed import shows what it has imported, and leaving an import asks first and stops it', async () => {
  const { domainId, owner } = await newDomainWithOwner('Leave Ltd');
  const opened = await openAs(owner);
  const { page, consoleErrors } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const importUrl = /\/domains\/[^/]+\/users\/import$/;
  // More than the rows of two requests.
  const rows = Array.from({ length: 120 }, (_, at) => `${uniqueName(`leave${at}`)},false`);
  await openPath(opened, `/domains/${domainId}/users/import`);
  await chooseFile(opened, `userName,active\n${rows.join('\n')}\n`);
  await page.getByText('New: 120. Changed: 0. Unchanged: 0. Refused: 0.').waitFor();

  let requests = 0;
  await page.route(importUrl, (route) =>
    ++requests === 1
      ? route.continue()
      : route.fulfill({ status: 403, json: { title: 'Forbidden', detail: 'No longer an owner.' } }),
  );
  await button('Import now').click();
  await page.getByText('No longer an owner.').waitFor();
  const heading = page.getByRole('heading', { name: /^Failed after \d+ of 120 rows$/ });
  const imported = Number(/\d+/.exec((await heading.textContent()) ?? '')?.[0]);
  expect(imported).toBeGreaterThan(0);
  await page.getByText(`New: ${imported}. Changed: 0. Unchanged: 0. Refused: 0.`).waitFor();
  await page.getByRole('table', { name: 'Rows' }).getByText('Created').first().waitFor();
  await expectAccessible(opened);
  await page.unroute(importUrl);

  requests = 0;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(importUrl, async (route) => {
    requests++;
    await held;
    await route.continue();
  });
  await button('Import again').click();
  const question = page.getByRole('alertdialog', { name: 'Leave this page?' });
  const groups = page.getByRole('link', { name: 'Groups', exact: true });
  await groups.click();
  await question.waitFor();
  await expectAccessible(opened);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'detached' });
  await button('Stop').waitFor();
  await groups.click();
  await question.getByRole('button', { name: 'Leave page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Groups' }).waitFor();
  // After the import, the page loads the domain again.
  const ended = page.waitForResponse((response) => response.url().endsWith(`/domains/${domainId}`));
  release();
  await ended;
  expect(requests).toBe(1);
  expect(consoleErrors).toEqual([]);
});

test('a download of all users can be canceled, and waits while the service is busy', async () => {
  const { domainId, owner } = await newDomainWithOwner('Download Ltd');
  const opened = await openAs(owner);
  const { page, consoleErrors } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const exportUrl = /\/domains\/[^/]+\/users\/export\?/;
  await openPath(opened, `/domains/${domainId}/users/import`);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(exportUrl, async (route) => {
    await held;
    // The page has already ended the request.
    await route.abort().catch(() => undefined);
  });
  await button('Download all users').click();
  await page.getByText('0 rows loaded').waitFor();
  await expectAccessible(opened);
  await button('Cancel export').click();
  await button('Download all users').waitFor();
  release();
  await page.unroute(exportUrl);
  expect(await page.getByRole('alert').count()).toBe(0);

  const failures = ['busy', 'lost'];
  await page.route(exportUrl, async (route) => {
    const failure = failures.shift();
    if (failure === 'busy') await route.fulfill({ status: 429, headers: { 'retry-after': '1' }, body: '{}' });
    else if (failure === 'lost') await route.abort();
    else await route.continue();
  });
  const [download] = await Promise.all([page.waitForEvent('download'), button('Download all users').click()]);
  expect(download.suggestedFilename()).toBe('users.csv');
  expect(readFileSync(await download.path(), 'utf8')).toMatch(/^\ufeffuserName,displayName,/);
  expect(failures).toEqual([]);
  await page.getByText('0 rows were exported.').waitFor();
  expect(consoleErrors).toEqual([]);
});
