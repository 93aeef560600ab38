import type { Page } from 'playwright-core';
import { axeViolations, waitForPaint } from '../../bin/portal/chromium';
import { createExample, type ExampleData } from '../../bin/portal/example-data';
import { clickButton, clickLink } from '../../bin/portal/view-actions';
import { domainViews, operatorViews, type View } from '../../bin/portal/views';
import { session } from '../support/system/system';
import { DESKTOP, EMPTY_EXAMPLE, namesOf, openPath, type OpenedPage, PHONE, useBrowser } from './browser';

const { openAs, openInGerman } = useBrowser();

let example: ExampleData;
let owner: OpenedPage;
let operator: OpenedPage;
beforeAll(async () => {
  example = await createExample(session());
  [owner, operator] = await Promise.all([
    openInGerman(example.ownerEmail),
    openInGerman('operator@example.com'),
  ]);
});
afterAll(() => Promise.all([owner?.context.close(), operator?.context.close()]));

/** Words that only English texts contain. */
const ENGLISH = /\b(the|your|you|is|are|were|of|with|from|this|not|has|have|that|and|which)\b/i;

/**
 * Returns the texts of the page that contain English words: texts, and labels for screen readers. Code,
 * names, and what the service wrote may be English.
 */
async function englishTexts(page: Page): Promise<readonly string[]> {
  const texts = await page.evaluate<string[]>(`(() => {
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      const isCode = parentElement.closest('code, pre, noscript, script, style, [translate=no]') !== null;
      if (!isCode && parentElement.closest('[lang]').lang !== 'en') found.push(textContent);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder]'))
      for (const name of ['aria-label', 'placeholder']) found.push(element.getAttribute(name) ?? '');
    return found;
  })()`);
  return texts.filter(
    (text) => ENGLISH.test(text.replaceAll(/„.*?“/g, '').replaceAll(DATA, '')) && !SCREEN_NAMES.has(text),
  );
}

/** Names in the example data. */
const DATA = /The Northern Example Company of Long Names and Sons|Everyone in the northern offices/g;

/** Names on the screens of identity providers, which the portal quotes. */
const SCREEN_NAMES = new Set(['Unique identifier field for users']);

/** Actions that the buttons in German start. The actions of `domainViews` look for English names. */
const germanActions = (example: ExampleData): readonly View[] => {
  const domain = `/domains/${example.domainId}`;
  const connection = `${domain}/settings/scim/connections/${example.entraConnectionId}`;
  return [
    { name: 'user-create', path: `${domain}/users`, interact: clickButton('Benutzer anlegen') },
    { name: 'shortcuts', path: `${domain}/users`, interact: openShortcuts },
    { name: 'users-import-checked', path: `${domain}/users/import`, interact: checkFile },
    { name: 'audit-event-refused', path: `${domain}/audit-log?kind=request`, interact: openRefusal },
    { name: 'connection-tested', path: connection, interact: testConnection },
  ];
};

async function openShortcuts(page: Page): Promise<void> {
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor();
}

/** Checks a file with a row that the service refuses, because the user has no name. */
async function checkFile(page: Page): Promise<void> {
  const buffer = Buffer.from('userName,givenName\nnew@example.com,New\n,Nameless\n');
  await page.getByRole('button', { name: 'Datei auswählen', disabled: false }).waitFor();
  await page.locator('input[type=file]').setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer });
  await page.getByText('1 Zeile wird abgelehnt').waitFor();
}

async function openRefusal(page: Page): Promise<void> {
  await clickLink(/abgelehnt$/)(page);
  await page.getByRole('dialog').waitFor();
}

async function testConnection(page: Page): Promise<void> {
  await clickButton('Diese Verbindung testen')(page);
  await page.getByText('Alle Schritte bestanden').waitFor();
}

/** The views that are pages. */
const pagesOf = (views: readonly View[]) => views.filter(({ interact }) => interact === undefined);

describe('in German, a page has no English text, is accessible, and fits the screen', () => {
  async function checkView(opened: OpenedPage, views: readonly View[], name: string) {
    const view = views.find((one) => one.name === name);
    if (!view) throw new Error('There is no such view.');
    const { page } = opened;
    await page.setViewportSize(DESKTOP);
    await openPath(opened, view.path);
    await view.interact?.(page);
    expect(await page.locator('html').getAttribute('lang')).toBe('de-DE');
    expect(await englishTexts(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    await waitForPaint(page);
    // Colors do not depend on the language.
    expect(await axeViolations(page, { without: ['color-contrast'] })).toEqual([]);
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
  }

  it.each(namesOf(pagesOf(domainViews(EMPTY_EXAMPLE))))('%s', (name) =>
    checkView(owner, domainViews(example), name),
  );

  it.each(namesOf(pagesOf(operatorViews(EMPTY_EXAMPLE))))('%s', (name) =>
    checkView(operator, operatorViews(example), name),
  );

  it.each(namesOf(germanActions(EMPTY_EXAMPLE)))('%s', (name) =>
    checkView(owner, germanActions(example), name),
  );
});

it('plurals, numbers, and dates are German', async () => {
  const { page } = owner;
  await page.setViewportSize(DESKTOP);
  await openPath(owner, `/domains/${example.domainId}/users?search=ada`);
  await page.getByText('1 Benutzer', { exact: true }).waitFor();
  expect(await page.title()).toBe('Benutzer · Example Inc · Lizenzen');
  const exact = await page.locator('time').first().getAttribute('title');
  expect(exact).toMatch(/^(Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag), /);
});

it('the account menu changes the language, which the browser remembers, and the session stays', async () => {
  const opened = await openAs(example.ownerEmail);
  const { page, context } = opened;
  await openPath(opened, `/domains/${example.domainId}/groups`);
  await page.getByRole('heading', { name: 'Groups' }).waitFor();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: 'Gruppen' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Gruppen' }).waitFor();
  await page.getByRole('button', { name: /^Konto/ }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Groups' }).waitFor();
  expect(opened.consoleErrors).toEqual([]);
  await context.close();
});

it('a domain whose name looks like an element or an entity is shown as it is', async () => {
  const { page } = operator;
  const name = '<link>R&amp;D</link> {{name}}';
  const { adminUrl, adminToken } = session();
  const response = await fetch(`${adminUrl}/domains`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  });
  const { domainId } = (await response.json()) as { domainId: string };
  await openPath(operator, `/domains/${domainId}/settings/domain`);
  await page.getByRole('button', { name: 'Domain löschen' }).click();
  await page.getByRole('heading', { name: `${name} löschen?` }).waitFor();
});
