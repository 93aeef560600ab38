import { axeViolations } from '../../bin/portal/chromium';
import { callJson } from '../../bin/portal/example-data';
import { session } from '../support/system/system';
import { openPath, newDomainWithOwner, type OpenedPage, corruptTokens, useBrowser } from './browser';

const { open, openAs } = useBrowser();

describe('a session', () => {
  let domainId: string;
  let owner: OpenedPage;
  beforeAll(async () => {
    const created = await newDomainWithOwner('Session Ltd');
    domainId = created.domainId;
    owner = await openAs(created.owner);
  });
  afterAll(() => owner?.context.close());
  const auditLogPath = () => `/domains/${domainId}/audit-log?kind=key`;

  it('continues if a token is refused and a new one is available', async () => {
    await openPath(owner, auditLogPath());
    await corruptTokens(owner, false);
    await owner.page.reload();
    await owner.page.getByText('No matching events').waitFor();
  });

  it('that has ended returns to the same page and filter after a sign-in', async () => {
    const { page } = owner;
    await corruptTokens(owner, true);
    await page.reload();
    await page.getByText('Your session has ended').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Audit log' }).waitFor();
    expect(page.url()).toBe(session().portalUrl + auditLogPath());
  });

  it('without a network shows an error, and continues when the network is back', async () => {
    const { page, context } = owner;
    await openPath(owner, `/domains/${domainId}/settings/domain`);
    await page.getByLabel('Name').fill('Renamed Ltd');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The service cannot be reached').first().waitFor();
    await context.setOffline(false);
    // The message disappears after a while, so the wait for it begins first.
    const saved = page.getByText('The domain was saved.').waitFor();
    await Promise.all([saved, page.getByRole('button', { name: 'Save' }).click()]);
    expect(await page.title()).toBe('Domain and seats · Renamed Ltd · Licenses');
  });

  it('ends with a sign-out, which revokes the refresh token', async () => {
    const { page } = owner;
    const revoked = page.waitForResponse((response) => response.url().includes('/revocation'));
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    expect((await revoked).status()).toBe(200);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).origin).toBe(session().portalUrl);
  });
});

test('a user who is not signed in sees only the sign-in page', async () => {
  const opened = await open();
  const { page, context } = opened;
  await openPath(opened, '/domains/any/settings/scim');
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeViolations(page)).toEqual([]);
  await context.close();
});

test('a failed sign-in shows the reason, and can be repeated', async () => {
  const opened = await open();
  const { page, context } = opened;
  await openPath(opened, '/signed-in?error=access_denied&error_description=Not+for+you&state=none');
  await page.getByText('You are not signed in').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('button', { name: 'owner@example.com' }).waitFor();
  await context.close();
});

it('a user without a role learns whom to ask', async () => {
  const email = 'nobody@example.com';
  const account = { id: 'nobody', email, name: 'Nora Nobody', roles: [] };
  await callJson(`${session().controlUrl}/accounts`, '', 'POST', account);
  const { page, context } = await openAs(email);
  await page.getByText('You have no role yet').waitFor();
  await page
    .getByText('Ask an owner of your domain, or the operator, to invite your email address')
    .waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await context.close();
});
