import type { Browser, BrowserContext, Page } from 'playwright-core';
import { axeViolations, launchChromium, painted, settled, signIn } from '../../bin/portal/chromium';
import { addAccount, call, type Example, makeExample } from '../../bin/portal/example';
import { viewsOf } from '../../bin/portal/views';
import { clientOf, session } from '../integration/system';

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Origins of all that the page asked for. */
  readonly origins: ReadonlySet<string>;
  /** What the console had to say, such as refusals by the Content-Security-Policy. */
  readonly complaints: readonly string[];
}

async function open(): Promise<Opened> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const origins = new Set<string>();
  const complaints: string[] = [];
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // That an answer is an error is what some tests are about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return { context, page, origins, complaints };
}

async function openAs(email: string): Promise<Opened> {
  const opened = await open();
  await signIn(opened.page, session().portalUrl, email);
  return opened;
}

/** What an administrator of a new domain does first. */
test('an owner enables SCIM, generates a key, sees what it does, and revokes it at once', async () => {
  const { adminUrl, adminToken, portalUrl, issuer } = session();
  const { domainId } = await call<{ domainId: string }>(`${adminUrl}/domains`, adminToken, 'POST', {
    name: 'Journey Ltd',
    scimEnabled: false,
    ratePlan: 'unmetered',
  });
  const { context, page, origins, complaints } = await openAs(await addAccount(session(), domainId, 'owner'));
  const button = (name: string) => page.getByRole('button', { name });
  const shows = (text: string) => page.getByText(text, { exact: true }).first().waitFor();

  await shows('There are no users yet');
  await page.getByRole('link', { name: 'Connect your identity provider' }).click();
  await shows('Disabled');
  await page.getByText('Enable SCIM').click();
  await shows('Enabled');

  await button('Generate new API key').click();
  await page.getByLabel('Name').fill('Journey key');
  await button('Generate key').click();
  await page.getByText('It will not be shown again.').waitFor();
  await button('Copy API key').click();
  const token = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(token).toMatch(/^scim_.{120,}$/);
  expect(await page.getByLabel('API key “Journey key”').inputValue()).not.toContain(token);
  await button('Reveal the API key').click();
  expect(await page.getByLabel('API key “Journey key”').inputValue()).toBe(token);
  await button('I have copied the key').click();
  expect(await page.content()).not.toContain(token);

  const { request } = clientOf(domainId, token);
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
  await shows('License key issued');

  await page.getByRole('link', { name: 'Audit log', exact: true }).click();
  const event = page.getByRole('row', { name: /User created/ });
  await event.getByText('Journey key').waitFor();
  await event.getByRole('button').click();
  await page
    .getByRole('dialog')
    .getByText((created.body as { id: string }).id)
    .waitFor();
  await button('Close').click();

  await page.getByRole('link', { name: 'Settings' }).click();
  await button('Revoke Journey key').click();
  await button('Revoke key').click();
  await shows('Revoked');
  expect((await request('GET', '/Users')).status).toBe(401);

  expect([...origins].filter((origin) => ![portalUrl, issuer].includes(origin))).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

describe('a domain in the portal', () => {
  let example: Example;
  let owner: Opened;
  beforeAll(async () => {
    example = await makeExample(session());
    owner = await openAs(example.owner);
  });
  afterAll(() => owner?.context.close());

  const go = async ({ page }: Opened, path: string) => {
    await page.goto(session().portalUrl + path);
    await settled(page);
  };

  const NAMES = viewsOf({ domainId: '', userId: '', bouncedId: '', owner: '', viewer: '' }).map(
    ({ name }) => name,
  );
  it.each(NAMES)('shows %s to everybody, at a desk in the light and on a phone in the dark', async (name) => {
    const view = viewsOf(example).find((one) => one.name === name);
    if (!view) throw new Error(`There is no view ${name}.`);
    const { page } = owner;
    await page.setViewportSize(DESKTOP);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await go(owner, view.path);
    await view.act?.(page);
    expect(await axeViolations(page)).toEqual([]);

    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await painted(page);
    expect(await axeViolations(page)).toEqual([]);
    const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(tooWide)).toBe(0);
  });

  it('asks nobody but the service and its issuer, and keeps to its own policy', () => {
    const allowed = [session().portalUrl, session().issuer];
    expect([...owner.origins].filter((origin) => !allowed.includes(origin))).toEqual([]);
    expect(owner.complaints).toEqual([]);
  });

  it('can be worked by keyboard: into a dialog, out of it, and back to where one was', async () => {
    const { page } = owner;
    await page.setViewportSize(DESKTOP);
    await go(owner, `/domains/${example.domainId}/settings/scim`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    const generate = page.getByRole('button', { name: 'Generate new API key' });
    await generate.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('typed');
    expect(await page.getByLabel('Name').inputValue()).toBe('typed');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Generate new API key');
  });

  it('is for an owner of another domain like one that does not exist', async () => {
    const other = await makeExample(session(), 'Other Inc');
    await go(owner, `/domains/${other.domainId}/users`);
    expect(await owner.page.getByRole('alert').textContent()).toContain('Not found');
    expect(await owner.page.content()).not.toContain('Other Inc');
  });

  it('shows a viewer all, and nothing that a viewer may not do', async () => {
    const viewer = await openAs(example.viewer);
    const buttons = async (path: string) => {
      await go(viewer, `/domains/${example.domainId}${path}`);
      const texts = await viewer.page.locator('main').getByRole('button').allTextContents();
      return texts.filter((text) => !/^(Copy|Check again|Show|Details)/.test(text));
    };
    expect(await buttons('/settings/scim')).toEqual([]);
    expect(await viewer.page.getByRole('switch').count()).toBe(0);
    expect(await buttons(`/users/${example.userId}`)).toEqual([]);
    expect(await buttons('/settings/domain')).toEqual([]);
    expect(await buttons('/settings/okta')).toEqual([]);
    await viewer.context.close();
  });

  it('is shown again after the session has ended and one has signed in anew', async () => {
    const { page } = owner;
    await go(owner, `/domains/${example.domainId}/audit-log`);
    await page.evaluate(`for (const key of Object.keys(sessionStorage)) {
      const user = JSON.parse(sessionStorage[key]);
      if (user.id_token) sessionStorage[key] = JSON.stringify({ ...user, id_token: 'refused' });
    }`);
    await page.reload();
    await page.getByText('Your session has ended').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Audit log' }).waitFor();
  });

  it('is left by signing out', async () => {
    const { page } = owner;
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).origin).toBe(session().portalUrl);
  });
});

test('an operator sees all domains, and makes one', async () => {
  const { page, context } = await openAs('operator@example.com');
  await page.getByRole('heading', { name: 'Your domains' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create domain' }).click();
  await page.getByLabel('Name').fill('Made in the portal');
  await page.getByRole('dialog').getByRole('button', { name: 'Create domain' }).click();
  await page.getByRole('heading', { name: 'SCIM Provisioning' }).waitFor();
  expect(await page.locator('.domain-name').textContent()).toContain('Made in the portal');
  await context.close();
});

test('whoever is not signed in sees the sign-in alone', async () => {
  const { page, context } = await open();
  await page.goto(`${session().portalUrl}/domains/any/settings/scim`);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeViolations(page)).toEqual([]);
  await context.close();
});
