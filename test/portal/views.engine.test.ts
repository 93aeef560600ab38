import type { Page } from 'playwright-core';
import { axeViolations, VISUAL_RULES, waitForPaint } from '../../bin/portal/chromium';
import { createExample, type ExampleData } from '../../bin/portal/example-data';
import { captureSetup } from '../../bin/portal/setup-views';
import { domainViews, operatorViews, type View } from '../../bin/portal/views';
import { deadLinks, type FoundLink, HelpTargets } from '../support/links/link-targets';
import { listMailsTo } from '../support/system/mails';
import { session } from '../support/system/system';
import {
  DESKTOP,
  EMPTY_EXAMPLE,
  namesOf,
  openPath,
  type OpenedPage,
  PHONE,
  thirdPartyOrigins,
  useBrowser,
} from './browser';

const { open, openAs } = useBrowser();

const targets = new HelpTargets();
/** The links of all views, each once: the address, and a view that has it. */
const found = new Map<string, string>();
/** The addresses that a view has, and that show something. */
const shown = new Set<string>();
let example: ExampleData;
let owner: OpenedPage;
let operator: OpenedPage;
beforeAll(async () => {
  example = await createExample(session());
  [owner, operator] = await Promise.all([openAs(example.ownerEmail), openAs('operator@example.com')]);
});
afterAll(() => Promise.all([owner?.context.close(), operator?.context.close()]));

const setupEmail = (): string => `${example.domainId}@setup.example.com`;

async function collectLinks(page: Page, view: string): Promise<void> {
  const links: string[] = await page.evaluate(
    '[...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"))',
  );
  for (const href of links) if (!found.has(href)) found.set(href, view);
}

const isMissing = (heading: string): boolean => /not found|cannot be shown|no such/i.test(heading);

const headingOf = async (page: Page): Promise<string> =>
  (await page.getByRole('heading', { level: 1 }).first().textContent()) ?? '';

describe('is accessible and fits the screen', () => {
  /** The pages that have shown a view on a phone. */
  const seen = new Set<OpenedPage>();
  const checkView = async (by: OpenedPage, view: View | undefined) => {
    if (!view) throw new Error('There is no such view.');
    const { page } = by;
    await page.setViewportSize(DESKTOP);
    await page.emulateMedia({ colorScheme: 'light' });
    await openPath(by, view.path);
    if (!isMissing(await headingOf(page))) shown.add(view.path);
    await view.interact?.(page);
    await collectLinks(page, view.name);
    expect(await axeViolations(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);

    await page.setViewportSize(PHONE);
    await page.emulateMedia({ colorScheme: 'dark' });
    await waitForPaint(page);
    // The menu for small screens is the same in all views. The rest only looks different than on a desktop.
    expect(await axeViolations(page, seen.has(by) ? { only: VISUAL_RULES } : {})).toEqual([]);
    expect(await overflow(page)).toBe(0);
    seen.add(by);
  };
  const overflow = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  it.each(namesOf(domainViews(EMPTY_EXAMPLE)))(
    '%s, on a desktop in light mode and on a phone in dark mode',
    (name) =>
      checkView(
        owner,
        domainViews(example).find((one) => one.name === name),
      ),
  );

  it.each(namesOf(operatorViews(EMPTY_EXAMPLE)))(
    '%s, on a desktop in light mode and on a phone in dark mode',
    (name) =>
      checkView(
        operator,
        operatorViews(example).find((one) => one.name === name),
      ),
  );
});

it('sends requests only to the service and its issuer, and follows its own policy', () => {
  for (const opened of [owner, operator]) {
    expect(thirdPartyOrigins(opened)).toEqual([]);
    expect(opened.consoleErrors).toEqual([]);
  }
});

/**
 * Opens an address as an operator, and returns whether it shows something. Addresses of views were open
 * before.
 */
async function leadsSomewhere(href: string): Promise<boolean> {
  if (shown.has(href)) return true;
  await openPath(operator, href);
  return !isMissing(await headingOf(operator.page));
}

const linksTo = (select: (href: string) => boolean): FoundLink[] =>
  [...found].filter(([href]) => select(href)).map(([href, from]) => ({ from, href }));

const isHelp = (href: string): boolean => /^\/(help|llms\.txt)/.test(href);
const isView = (href: string): boolean => href.startsWith('/') && !isHelp(href);

describe('the links of all views, also of people with a setup link,', () => {
  beforeAll(async () => {
    const setup = await open();
    await captureSetup(setup.page, session(), setupEmail(), (name) => collectLinks(setup.page, name));
    await setup.context.close();
    await operator.page.setViewportSize(DESKTOP);
  });

  it('to help pages lead to pages and sections that exist', () => {
    expect(linksTo(isHelp).length).toBeGreaterThan(5);
    expect(deadLinks(linksTo(isHelp), targets)).toEqual([]);
  });

  it('to views lead to views', async () => {
    expect(linksTo(isView).length).toBeGreaterThan(20);
    const dead: FoundLink[] = [];
    for (const link of linksTo(isView)) if (!(await leadsSomewhere(link.href))) dead.push(link);
    expect(dead).toEqual([]);
  });

  it('to other hosts use https, and are links that were written by hand', () => {
    const others = linksTo((href) => /^\w+:/.test(href) && !href.startsWith('blob:'));
    expect(others.filter(({ href }) => !/^(https:|mailto:)/.test(href))).toEqual([]);
    expect(linksTo((href) => !isHelp(href) && !isView(href) && !/^(#|\w+:)/.test(href))).toEqual([]);
  });

  it('of the emails lead to views', async () => {
    // The code, and the invitation.
    const mails = await listMailsTo(setupEmail());
    expect(mails.length).toBeGreaterThan(1);
    const links = mails.flatMap(({ body }) =>
      [...`${body.text ?? ''}\n${body.html ?? ''}`.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([href]) => href),
    );
    const paths = new Set(
      links.filter((href) => href.startsWith(session().portalUrl)).map((href) => new URL(href).pathname),
    );
    expect(paths.size).toBeGreaterThan(0);
    for (const path of paths) expect(await leadsSomewhere(path)).toBe(true);
  });

  it('are checked by a test that finds a dead one', async () => {
    expect(await leadsSomewhere('/nowhere')).toBe(false);
    expect(await leadsSomewhere('/help/nowhere')).toBe(false);
    expect(await leadsSomewhere(`/domains/${example.emptyDomainId}x/users`)).toBe(false);
  });
});
