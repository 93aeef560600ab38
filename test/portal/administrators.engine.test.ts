import { newId } from '../../shared/id';
import { axeViolations } from '../../bin/portal/chromium';
import { newDomainWithOwner, openPath, useBrowser } from './browser';

const { openAs } = useBrowser();

test('an owner invites somebody, who signs in, becomes an owner, and removes the first owner', async () => {
  const { domainId, owner } = await newDomainWithOwner('Invitations Ltd');
  const email = `invited-${newId()}@example.com`;
  const first = await openAs(owner);
  const { page } = first;
  const path = `/domains/${domainId}/settings/administrators`;
  await openPath(first, path);
  await page.getByRole('button', { name: 'Invite administrator' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Name (optional)').fill('Jane Doe');
  await page.getByRole('button', { name: /Role/ }).click();
  await page.getByRole('option', { name: /^Viewer/ }).click();
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('button', { name: `Withdraw the invitation of ${email}` }).waitFor();
  expect(await axeViolations(page)).toEqual([]);

  const second = await openAs(email);
  await openPath(second, path);
  await second.page.getByText('Jane Doe').first().waitFor();
  expect(await second.page.getByRole('button', { name: 'Invite administrator' }).count()).toBe(0);

  await openPath(first, path);
  await page.getByRole('button', { name: 'Remove Oscar Owner' }).click();
  await page.getByRole('button', { name: 'Remove administrator' }).click();
  await page.getByText('This is the last owner of the domain.').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Change role of Jane Doe' }).click();
  await page.getByRole('button', { name: /Role/ }).click();
  await page.getByRole('option', { name: /^Owner/ }).click();
  await page.getByRole('button', { name: 'Change role', exact: true }).last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await openPath(second, path);
  await second.page.getByRole('button', { name: 'Remove Oscar Owner' }).click();
  await second.page.getByRole('button', { name: 'Remove administrator' }).click();
  await second.page.getByRole('button', { name: 'Remove Oscar Owner' }).waitFor({ state: 'detached' });
  expect(second.consoleErrors).toEqual([]);

  await page.goto(new URL('/', page.url()).href);
  await page.getByText('You have no role yet').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await Promise.all([first.context.close(), second.context.close()]);
});

test('an operator invites and withdraws an operator', async () => {
  const operator = await openAs('operator@example.com');
  const { page } = operator;
  const email = `operator-${newId()}@example.com`;
  await openPath(operator, '/domains');
  await page.getByRole('link', { name: 'Operators' }).click();
  await page.getByRole('button', { name: 'Invite operator' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('button', { name: `Withdraw the invitation of ${email}` }).click();
  await page.getByText(email).first().waitFor({ state: 'detached' });
  expect(operator.consoleErrors).toEqual([]);
  await operator.context.close();
});
