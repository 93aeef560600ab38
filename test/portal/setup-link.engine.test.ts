import { axeViolations, waitForPaint, waitUntilLoaded } from '../../bin/portal/chromium';
import { json } from '../bin/cli/run-local';
import { uniqueName } from '../support/requests/bodies';
import { callJson } from '../../bin/portal/example-data';
import { type Conversation, loadConversations, replay } from '../support/replay/conversation';
import { createSetupLink, mailedCode } from '../support/system/setup-links';
import { clientWithKey, session, waitForMail } from '../support/system/system';
import { DESKTOP, newDomainWithOwner, openPath, type OpenedPage, PHONE, useBrowser } from './browser';

const { open, openAs } = useBrowser();

const copied = ({ page }: OpenedPage) => page.evaluate<string>('navigator.clipboard.readText()');
const button = ({ page }: OpenedPage, name: string) => page.getByRole('button', { name, exact: true });

/** Asserts that a page is accessible and fits the screen, on a desktop in light mode and on a phone in dark mode. */
async function checkPage({ page }: OpenedPage): Promise<void> {
  for (const [size, colorScheme] of [
    [PHONE, 'dark'],
    [DESKTOP, 'light'],
  ] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await waitForPaint(page);
    expect(await axeViolations(page)).toEqual([]);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
  }
}

/** Opens a link with the code from the email. */
async function openLink(opened: OpenedPage, url: string, email: string, codes = 1): Promise<void> {
  const { page } = opened;
  await page.goto(url);
  await button(opened, 'Email me a code').click();
  await page.getByLabel('Code from the email').fill(await mailedCode(email, codes));
  await button(opened, 'Continue').click();
  await page.getByText('Choose your identity provider').waitFor();
}

/** Creates a connection on the setup page. Returns its key. */
async function createConnection(opened: OpenedPage, provider: string): Promise<string> {
  const { page } = opened;
  await page.getByRole('button', { name: /Identity provider/ }).click();
  await page.getByRole('option', { name: provider }).click();
  await button(opened, 'Create connection').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Generate key' }).click();
  await page.getByText('Copy the key now').waitFor();
  await button(opened, 'Copy SCIM key').click();
  const key = await copied(opened);
  await button(opened, 'Done').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return key;
}

const conversation = (name: string): Conversation => {
  const found = loadConversations('idp').find((each) => each.name === name);
  if (!found) throw new Error(`There is no conversation ${name}.`);
  return found;
};

async function replayAll({ steps }: Conversation, domainId: string, key: string, count = steps.length) {
  const run = replay(() => clientWithKey(domainId, key));
  for (const step of steps.slice(0, count)) await run(step);
}

interface Initialized {
  readonly checks: readonly { readonly status: string }[];
  readonly domain: { readonly domainId: string; readonly created: boolean };
  readonly owner: { readonly created: boolean };
  readonly setupLink: { readonly url?: string };
}

test('from `scim init` to the first user, an IT administrator with only a link connects Okta and Entra ID', async () => {
  const name = uniqueName('Init').replace('@', ' at ');
  const [email, ownerEmail] = [uniqueName('it'), uniqueName('owner')];
  const init = () =>
    json<Initialized>(
      ...['init', '--domain', name, '--rate-plan', 'unmetered', '--owner', ownerEmail, '--setup-link', email],
    );
  const { checks, domain, owner, setupLink } = await init();
  const { domainId } = domain;
  expect(checks.length).toBeGreaterThan(3);
  expect(domain.created).toBe(true);
  expect(owner).toMatchObject({ created: true, invitation: { email: ownerEmail, role: 'owner' } });
  // A repeated command creates nothing.
  const repeated = await init();
  expect(repeated).toMatchObject({
    domain: { domainId, created: false },
    owner: { created: false, invitation: { email: ownerEmail } },
    setupLink: { link: { email } },
  });
  expect(repeated.setupLink.url).toBeUndefined();

  const url = setupLink.url ?? '';
  const opened = await open();
  const { page, consoleErrors } = opened;
  await openLink(opened, url, email);
  // The secret is no longer in the address.
  expect(page.url()).toMatch(/\/setup#[0-9a-f-]{36}\.[0-9a-f-]{36}$/);
  await page.getByText('Waiting for your identity provider.', { exact: false }).waitFor();
  await checkPage(opened);

  const okta = await createConnection(opened, 'Okta');
  const lifecycle = conversation('okta user');
  const creation = lifecycle.steps.findIndex(({ request }) => request.method === 'POST');
  await replayAll(lifecycle, domainId, okta, creation + 1);
  await page.getByText('Your identity provider is connected.', { exact: false }).waitFor();
  await page.getByText('1 user arrived.').waitFor();
  await page.getByText('The license key was emailed to the first user', { exact: false }).waitFor();

  const entra = await createConnection(opened, 'Microsoft Entra ID');
  await replayAll(conversation('entra user'), domainId, entra);
  const row = page.getByRole('row', { name: /Microsoft Entra ID/ });
  await row.getByText('Connected').waitFor();
  await checkPage(opened);

  await button(opened, 'Invite me to an account').click();
  await page.getByText(`The invitation was sent to ${email}`).waitFor();

  // The same browser returns with the link, and needs no code.
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByRole('row', { name: /Okta/ }).waitFor();
  expect(consoleErrors).toEqual([]);
  await opened.context.close();
});

test('a refused request is shown with its reason', async () => {
  const { domainId } = await newDomainWithOwner('Refused Ltd');
  const email = `it-${domainId}@example.com`;
  const { url } = await createSetupLink(domainId, email);
  const opened = await open();
  await openLink(opened, url, email);
  const key = await createConnection(opened, 'Another one, or a script');
  await clientWithKey(domainId, key).request('POST', '/Users', { userName: '' });
  await opened.page.getByText('Refused: POST /Users (400)').waitFor();
  await opened.page.getByText('userName is required', { exact: false }).waitFor();
  await checkPage(opened);
  await opened.context.close();
});

test('a link is refused in another browser, and ends in its own when an owner revokes it', async () => {
  const { domainId, owner } = await newDomainWithOwner('Revoked Ltd');
  const email = `it-${domainId}@example.com`;
  const [administrator, guest, stranger] = await Promise.all([openAs(owner), open(), open()]);
  await openPath(administrator, `/domains/${domainId}/settings/setup-links`);
  await checkPage(administrator);
  await button(administrator, 'Create setup link').click();
  await administrator.page.getByLabel('Email address').fill(email);
  await checkPage(administrator);
  await button(administrator, 'Create link').click();
  await administrator.page.getByText('Send the link now').waitFor();
  await checkPage(administrator);
  await button(administrator, 'Copy setup link').click();
  const url = await copied(administrator);
  await button(administrator, 'Done').click();
  await administrator.page.getByText('Not opened').waitFor();

  await openLink(guest, url, email);
  await stranger.page.goto(url);
  await checkPage(stranger);
  await button(stranger, 'Email me a code').click();
  await stranger.page.getByText('already open in another browser', { exact: false }).waitFor();
  await checkPage(stranger);

  await openPath(administrator, `/domains/${domainId}/settings/setup-links`);
  await administrator.page.getByText('Open', { exact: true }).waitFor();
  await button(administrator, `Revoke the link for ${email}`).click();
  await button(administrator, 'Revoke link').click();
  await administrator.page.getByText('Revoked', { exact: true }).waitFor();
  await guest.page.getByText('This link has ended').waitFor();
  await checkPage(guest);
  await Promise.all([administrator, guest, stranger].map(({ context }) => context.close()));
});

test('a wrong code and an incomplete link say what to do', async () => {
  const { domainId } = await newDomainWithOwner('Wrong Ltd');
  const email = `it-${domainId}@example.com`;
  const { url } = await createSetupLink(domainId, email);
  const opened = await open();
  const { page } = opened;
  await page.goto(url.slice(0, -1));
  await page.getByText('This link is not complete').waitFor();
  await checkPage(opened);
  await page.goto('about:blank');
  await page.goto(url);
  await button(opened, 'Email me a code').click();
  const code = await mailedCode(email);
  await page.getByLabel('Code from the email').fill(code === '000000' ? '000001' : '000000');
  await button(opened, 'Continue').click();
  await page.getByText('You can try 4 more times.', { exact: false }).waitFor();
  await checkPage(opened);
  await button(opened, 'Send another code').click();
  await page.getByText('A code was sent less than a minute ago.', { exact: false }).waitFor();
  await page.getByLabel('Code from the email').fill(code);
  await button(opened, 'Continue').click();
  await waitUntilLoaded(page);
  await page.getByText('Choose your identity provider').waitFor();
  await opened.context.close();
});

test('no request of the setup page contains the secret in its address', async () => {
  const { adminUrl, adminToken } = session();
  const { domainId } = await newDomainWithOwner('Quiet Ltd');
  const { url } = await callJson<{ url: string }>(
    `${adminUrl}/domains/${domainId}/setup-links`,
    adminToken,
    'POST',
    { email: `it-${domainId}@example.com` },
  );
  const opened = await open();
  const addresses: string[] = [];
  opened.page.on('request', (request) => addresses.push(request.url()));
  await opened.page.goto(url);
  await button(opened, 'Email me a code').click();
  await opened.page.getByLabel('Code from the email').waitFor();
  const secret = url.slice(-43);
  expect(addresses.filter((address) => address.split('#')[0]?.includes(secret))).toEqual([]);
  await opened.context.close();
});

test('the first steps of an operator end in a setup link', async () => {
  const opened = await openAs('operator@example.com');
  const { page, consoleErrors } = opened;
  await openPath(opened, '/first-run');
  await checkPage(opened);
  await page.getByLabel('Name').fill('First Customer');
  await button(opened, 'Create domain').click();
  await page.getByText('The domain First Customer exists').waitFor();
  const owner = uniqueName('owner');
  await page.getByLabel('Email of the owner').fill(owner);
  await button(opened, 'Invite owner').click();
  await page.getByText(`${owner} was invited as owner`).waitFor();
  await checkPage(opened);
  await waitForMail(owner);
  await button(opened, 'Create setup link').click();
  await page.getByLabel('Email address').fill(uniqueName('it'));
  await button(opened, 'Create link').click();
  await page.getByText('Send the link now').waitFor();
  await checkPage(opened);
  await button(opened, 'Done').click();
  await page.getByRole('link', { name: 'Open the domain' }).click();
  await page.getByText('No users yet').waitFor();
  expect(consoleErrors).toEqual([]);
  await opened.context.close();
});
