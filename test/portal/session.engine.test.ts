import { axeViolations } from '../../bin/portal/chromium';
import { session } from '../support/system/system';
import { openPath, newDomainWithOwner, type OpenedPage, corruptTokens, useBrowser } from './browser';

const { open, openAs } = useBrowser();

describe('a session', () => {
  let domainId: string;
  let owner: OpenedPage;
  beforeAll(async () => {
    const made = await newDomainWithOwner('Session Ltd');
    domainId = made.domainId;
    owner = await openAs(made.owner);
  });
  afterAll(() => owner?.context.close());
  const log = () => `/domains/${domainId}/audit-log?kind=key`;

  it('goes on unnoticed where a token is refused and another is to be had', async () => {
    await openPath(owner, log());
    await corruptTokens(owner, false);
    await owner.page.reload();
    await owner.page.getByText('Nothing matches').waitFor();
  });

  it('that has ended leads back to the same page, with its filter', async () => {
    const { page } = owner;
    await corruptTokens(owner, true);
    await page.reload();
    await page.getByText('Your session has ended').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Audit log' }).waitFor();
    expect(page.url()).toBe(session().portalUrl + log());
  });

  it('without a network says what is wrong, and goes on when it is back', async () => {
    const { page, context } = owner;
    await openPath(owner, `/domains/${domainId}/settings/domain`);
    await page.getByLabel('Name').fill('Renamed Ltd');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The service cannot be reached').first().waitFor();
    await context.setOffline(false);
    // The message disappears after a while, so the wait for it begins first.
    const saved = page.getByText('The domain is saved.').waitFor();
    await Promise.all([saved, page.getByRole('button', { name: 'Save' }).click()]);
    expect(await page.title()).toBe('Domain and seats · Renamed Ltd · Licenses');
  });

  it('is left by signing out, and its refresh token with it', async () => {
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

test('whoever is not signed in sees the sign-in alone', async () => {
  const opened = await open();
  const { page, context } = opened;
  await openPath(opened, '/domains/any/settings/scim');
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeViolations(page)).toEqual([]);
  await context.close();
});

test('a sign-in that failed says why, and can be begun again', async () => {
  const opened = await open();
  const { page, context } = opened;
  await openPath(opened, '/signed-in?error=access_denied&error_description=Not+for+you&state=none');
  await page.getByText('You are not signed in').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('button', { name: 'owner@example.com' }).waitFor();
  await context.close();
});
