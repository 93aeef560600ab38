import { waitUntilLoaded } from '../../bin/portal/chromium';
import { type ExampleData, createExample } from '../../bin/portal/example-data';
import { domainViews } from '../../bin/portal/views';
import { session } from '../support/system/system';
import { DESKTOP, openPath, newDomainWithOwner, type OpenedPage, useBrowser } from './browser';

const { open, openAs } = useBrowser();

let example: ExampleData;
let owner: OpenedPage;
let operator: OpenedPage;
beforeAll(async () => {
  example = await createExample(session());
  [owner, operator] = await Promise.all([openAs(example.ownerEmail), openAs('operator@example.com')]);
});
afterAll(() => Promise.all([owner?.context.close(), operator?.context.close()]));

it('focuses the heading of a new page, and sets the document title', async () => {
  const { page } = owner;
  await page.setViewportSize(DESKTOP);
  await openPath(owner, `/domains/${example.domainId}/users`);
  await page.getByRole('link', { name: 'Ada Larsen' }).click();
  await page.getByRole('heading', { name: 'Ada Larsen' }).waitFor();
  expect(await page.title()).toBe('Ada Larsen · Example Inc · Licenses');
  await page.getByRole('link', { name: 'Audit log', exact: true }).click();
  await page.getByRole('heading', { name: 'Audit log' }).waitFor();
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Audit log');
});

it('searches users while typing, and shows the number of results', async () => {
  const { page } = owner;
  await openPath(owner, `/domains/${example.domainId}/users`);
  await page.getByRole('searchbox').fill('ada');
  await page.getByText('1 user', { exact: true }).waitFor();
  expect(page.url()).toMatch(/\?search=ada$/);
  await page.getByRole('button', { name: 'Clear search' }).click();
  await page.getByText('8 users', { exact: true }).waitFor();
});

it('has the audit event in the address, so that it can be shared and closed by going back', async () => {
  const { page, context } = owner;
  await openPath(owner, `/domains/${example.domainId}/audit-log?kind=request`);
  // The newest is first. The example data has the oldest.
  await page.getByRole('link', { name: 'Request refused' }).last().click();
  await page.getByRole('dialog').getByText('POST /Users').waitFor();
  const shared = new URL(page.url());
  await page.goBack();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The event is not in the list of the shared page.
  shared.searchParams.set('kind', 'group');
  await page.goto(shared.href);
  await page.getByRole('dialog').getByText('POST /Users').waitFor();
  await page.getByRole('link', { name: 'All events by Okta' }).click();
  await page
    .getByRole('row', { name: /User created/ })
    .first()
    .waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(context.pages()).toHaveLength(1);
});

it('leads to the guides of all identity providers', async () => {
  const { page, context } = owner;
  await openPath(owner, `/domains/${example.domainId}/settings/scim`);
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: /^Another identity provider/ }).click(),
  ]);
  await tab.getByRole('heading', { level: 1, name: 'Connect an identity provider' }).waitFor();
  await tab.close();
});

it('filters the audit log by each kind of event', async () => {
  const { page } = owner;
  await openPath(owner, `/domains/${example.domainId}/audit-log`);
  await page.getByRole('button', { name: /Event type/ }).click();
  await page.getByRole('option', { name: 'Subscriptions', exact: true }).click();
  await page
    .getByRole('row', { name: /Subscription created/ })
    .first()
    .waitFor();
  expect(page.url()).toMatch(/\?kind=subscription$/);
  await page
    .getByRole('row', { name: /User created/ })
    .first()
    .waitFor({ state: 'detached' });
});

it('treats another owner’s domain as one that does not exist', async () => {
  const other = await newDomainWithOwner('Other Inc');
  await openPath(owner, `/domains/${other.domainId}/users`);
  expect(await owner.page.getByRole('alert').textContent()).toContain('Not found');
  expect(await owner.page.content()).not.toContain('Other Inc');
});

/**
 * The labels of buttons that change nothing. A request in a list shows its details, and a heading shows its
 * section.
 */
const READS =
  /^(Copy|Check again|Search in names|On this page|Download|Export as CSV|Show|Details|Refresh|Last \d+|All (requests|connections|licenses|user types|organizations)|Active|Inactive|Waiting for a seat|Signing secrets|Deliveries|Dead letters|Values for|Okta|Entra ID|(GET|POST|PUT|PATCH|DELETE) \/|$)/;

it('shows a viewer everything except actions', async () => {
  const viewer = await openAs(example.viewerEmail);
  const { page } = viewer;
  const pages = domainViews(example).filter(
    ({ name, interact }) => !interact && !/^audit|^not-found|^no-search|unknown$/.test(name),
  );
  for (const { path } of pages) {
    await openPath(viewer, path);
    const buttons = await page.locator('main').getByRole('button').allTextContents();
    expect(buttons.filter((text) => !READS.test(text))).toEqual([]);
    expect(await page.getByRole('switch').count()).toBe(0);
    expect(
      await page.locator('main input:not([readonly]):not([type=search]):not([type=radio])').count(),
    ).toBe(0);
  }
  await page.goto(`${session().portalUrl}/domains/${example.domainId}/users`);
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByText('Viewer: can view this domain').waitFor();
  await viewer.context.close();
});

it('lets an operator create a domain', async () => {
  const { page } = operator;
  await page.setViewportSize(DESKTOP);
  await openPath(operator, '/domains');
  await page.getByRole('button', { name: 'Create domain' }).click();
  await page.getByLabel('Name').fill('Created in the portal');
  await page.getByRole('dialog').getByRole('button', { name: 'Create domain' }).click();
  await page.getByRole('heading', { name: 'SCIM Provisioning' }).waitFor();
  expect(await page.locator('.domain-name').textContent()).toContain('Created in the portal');
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

  it('contain them as Markdown and as OpenAPI documents, too', async () => {
    const { baseUrl, licenseCheckUrl, portalUrl } = session();
    const read = async (path: string) => (await fetch(portalUrl + path)).text();
    const files = ['/llms.txt', '/help/okta.md', '/help/license-check.md', '/help/scim-api.openapi.json'];
    const [contents = '', okta, check, document] = await Promise.all(files.map(read));
    expect(contents).toMatch(/^# Example Product: help\n/);
    expect(okta).toContain(baseUrl);
    expect(check).toContain(licenseCheckUrl);
    expect(document).toContain(`"${baseUrl}"`);
    for (const text of [contents, okta, check, document])
      expect(text).not.toMatch(/scim\.example\.com|licenses\.example\.com|<<deployment/);
    const picture = await fetch(`${portalUrl}/help/images/okta-to-app.svg`);
    expect(picture.status).toBe(200);
  });
});
