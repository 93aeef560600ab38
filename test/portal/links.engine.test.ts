import type { Page } from 'playwright-core';
import { waitUntilLoaded } from '../../bin/portal/chromium';
import { createExample, type ExampleData } from '../../bin/portal/example-data';
import { captureSetup } from '../../bin/portal/setup-views';
import { domainViews, operatorViews, type View } from '../../bin/portal/views';
import { deadLinks, type FoundLink, HelpTargets } from '../support/links/link-targets';
import { listMailsTo } from '../support/system/mails';
import { session } from '../support/system/system';
import { openPath, type OpenedPage, useBrowser } from './browser';

const { open, openAs } = useBrowser();

const targets = new HelpTargets();
/** The links of all views, each once: the address, and a view that has it. */
const found = new Map<string, string>();
let example: ExampleData;
let operator: OpenedPage;

beforeAll(async () => {
  example = await createExample(session());
  operator = await openAs('operator@example.com');
});
afterAll(() => operator?.context.close());

const setupEmail = (): string => `${example.domainId}@setup.example.com`;

async function collect(page: Page, view: string): Promise<void> {
  const links: string[] = await page.evaluate(
    '[...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"))',
  );
  for (const href of links) if (!found.has(href)) found.set(href, view);
}

async function collectViews(opened: OpenedPage, views: readonly View[]): Promise<void> {
  for (const view of views) {
    await openPath(opened, view.path);
    await view.interact?.(opened.page);
    await collect(opened.page, view.name);
  }
}

const linksTo = (select: (href: string) => boolean): FoundLink[] =>
  [...found].filter(([href]) => select(href)).map(([href, from]) => ({ from, href }));

const isHelp = (href: string): boolean => /^\/(help|llms\.txt)/.test(href);
const isView = (href: string): boolean => href.startsWith('/') && !isHelp(href);

/** Returns the text of the page's heading after a view has been opened. */
async function headingOf(opened: OpenedPage, path: string): Promise<string> {
  await openPath(opened, path);
  return (await opened.page.getByRole('heading', { level: 1 }).first().textContent()) ?? '';
}

const isMissing = (heading: string): boolean => /not found|cannot be shown|no such/i.test(heading);

describe('the links of a default deployment', () => {
  it('are collected from every view of owners, operators, and people with a setup link', async () => {
    const owner = await openAs(example.ownerEmail);
    await collectViews(owner, domainViews(example));
    await owner.context.close();
    await collectViews(operator, operatorViews(example));
    const setup = await open();
    await captureSetup(setup.page, session(), setupEmail(), (name) => collect(setup.page, name));
    await setup.context.close();
    expect(linksTo(isHelp).length).toBeGreaterThan(5);
    expect(linksTo(isView).length).toBeGreaterThan(20);
  });

  it('to help pages lead to pages and sections that exist', () => {
    expect(deadLinks(linksTo(isHelp), targets)).toEqual([]);
  });

  it('to views lead to views', async () => {
    const dead: FoundLink[] = [];
    for (const link of linksTo(isView)) if (isMissing(await headingOf(operator, link.href))) dead.push(link);
    expect(dead).toEqual([]);
  });

  it('to other hosts use https, and are links that were written by hand', () => {
    const others = linksTo((href) => /^\w+:/.test(href) && !href.startsWith('blob:'));
    expect(others.filter(({ href }) => !/^(https:|mailto:)/.test(href))).toEqual([]);
    expect(linksTo((href) => !isHelp(href) && !isView(href) && !/^(#|\w+:)/.test(href))).toEqual([]);
  });

  it('of emails lead to views', async () => {
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
    for (const path of paths) expect(isMissing(await headingOf(operator, path))).toBe(false);
  });

  it('is checked by a test that finds a dead one', async () => {
    expect(isMissing(await headingOf(operator, '/nowhere'))).toBe(true);
    expect(isMissing(await headingOf(operator, '/help/nowhere'))).toBe(true);
    expect(isMissing(await headingOf(operator, `/domains/${example.emptyDomainId}x/users`))).toBe(true);
  });
});

describe('the help pages', () => {
  it('can be read without signing in, also as Markdown', async () => {
    const { page, context, consoleErrors } = await open();
    await page.goto(`${session().portalUrl}/help/readiness#seats-gone`);
    await page.getByRole('heading', { name: 'seats-gone' }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('seats-gone');
    await page.getByRole('searchbox').fill('suppressed address');
    await page.getByText(/sections?$/).waitFor();
    expect(consoleErrors).toEqual([]);
    await context.close();
    const response = await fetch(`${session().portalUrl}/llms.txt`);
    expect(response.headers.get('content-type')).toBe('text/plain');
    const links = [...(await response.text()).matchAll(/\]\((\/[^)]+)\)/g)].map(([, path]) => path);
    expect(links.length).toBeGreaterThan(20);
    for (const path of links) expect((await fetch(`${session().portalUrl}${path}`)).status).toBe(200);
  });

  it('contain the values of the deployment', async () => {
    const { page, context } = await open();
    await page.goto(`${session().portalUrl}/help/okta`);
    await waitUntilLoaded(page);
    const text = await page.locator('main').innerText();
    expect(text).toContain(session().baseUrl);
    expect(text).not.toContain('scim.example.com');
    expect(text).not.toContain('this service.');
    await context.close();
  });
});
