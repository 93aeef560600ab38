import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium, waitUntilLoaded, signIn } from '../../bin/portal/chromium';
import { addAccount, callJson, type ExampleData } from '../../bin/portal/example-data';
import type { View } from '../../bin/portal/views';
import { session } from '../support/system/system';
import { HANG_LIMIT_MS } from '../support/jest/timeouts';

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** Stands for the example data before it exists: the names of views do not depend on it. */
export const EMPTY_EXAMPLE: ExampleData = {
  domainId: '',
  userId: '',
  groupId: '',
  bouncedUserId: '',
  emptyDomainId: '',
  oktaConnectionId: '',
  entraConnectionId: '',
  managedUserId: '',
  deletedUserId: '',
  ownerEmail: '',
  viewerEmail: '',
};

export const namesOf = (views: readonly View[]): string[] => views.map(({ name }) => name);

export interface OpenedPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** The origins of all requests of the page. */
  readonly origins: ReadonlySet<string>;
  /** The errors in the console, such as violations of the Content-Security-Policy. */
  readonly consoleErrors: readonly string[];
}

/** Launches Chromium for the tests of a file. Each opened page has its own context. */
export function useBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(HANG_LIMIT_MS);
  });
  afterAll(() => browser?.close());

  async function open(options: BrowserContextOptions = {}): Promise<OpenedPage> {
    const context = await browser.newContext({
      viewport: DESKTOP,
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    context.setDefaultTimeout(HANG_LIMIT_MS);
    const page = await context.newPage();
    const origins = new Set<string>();
    const consoleErrors: string[] = [];
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    page.on('pageerror', (error) => consoleErrors.push(String(error)));
    page.on('console', (message) => {
      // Some tests expect error responses.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        consoleErrors.push(message.text());
    });
    return { context, page, origins, consoleErrors };
  }

  async function openAs(email: string): Promise<OpenedPage> {
    const opened = await open();
    await signIn(opened.page, session().portalUrl, email);
    return opened;
  }
  /** Signs in with a browser whose language is German. */
  async function openInGerman(email: string): Promise<OpenedPage> {
    const opened = await open({ locale: 'de-DE' });
    await signIn(opened.page, session().portalUrl, email, 'de');
    return opened;
  }
  return { open, openAs, openInGerman };
}

/** Returns the origins other than the service and its issuer. */
export const thirdPartyOrigins = ({ origins }: OpenedPage): string[] =>
  [...origins].filter((origin) => ![session().portalUrl, session().issuer].includes(origin));

/** Loads a page of the portal, and waits until it has loaded its data. */
export async function openPath({ page }: OpenedPage, path: string): Promise<void> {
  await page.goto(session().portalUrl + path);
  await waitUntilLoaded(page);
}

/** Creates a domain and an account for its owner. */
export async function newDomainWithOwner(name: string, more: object = {}) {
  const { adminUrl, adminToken } = session();
  const { domainId } = await callJson<{ domainId: string }>(`${adminUrl}/domains`, adminToken, 'POST', {
    name,
    ratePlan: 'unmetered',
    mailMinutesPerAddress: 0,
    ...more,
  });
  return { domainId, owner: await addAccount(session(), domainId, 'owner') };
}

/**
 * Invalidates the stored ID token, as if the issuer had changed its keys; with `all`, also the refresh token.
 */
export async function corruptTokens({ page }: OpenedPage, all: boolean): Promise<void> {
  await page.evaluate(`for (const key of Object.keys(sessionStorage)) {
    const user = JSON.parse(sessionStorage[key]);
    if (!user.id_token) continue;
    const refresh = ${String(all)} ? { refresh_token: 'refused' } : {};
    const id_token = user.id_token.replace(/[^.]*$/, 'forged');
    sessionStorage[key] = JSON.stringify({ ...user, id_token, ...refresh });
  }`);
}
