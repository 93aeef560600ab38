import type { Connection } from '../../../portal/src/api/schema';
import { json } from '../../bin/cli/run-local';
import { type Conversation, loadConversations, replay } from '../../support/replay/conversation';
import { uniqueName } from '../../support/requests/bodies';
import { createSetupLink } from '../../support/system/setup-links';
import { clientWithKey, session } from '../../support/system/system';
import { newDomainWithOwner, type OpenedPage, useBrowser } from '../browser';
import { button, checkPage, copied, openLink } from './setup-page';

const { open } = useBrowser();

/** Chooses an identity provider on the setup page, and creates a connection with this name. */
async function createConnection({ page }: OpenedPage, provider: string, name: string): Promise<void> {
  await page.getByRole('button', { name: /Identity provider/ }).click();
  await page.getByRole('option', { name: provider }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create connection', exact: true }).click();
  await page.getByText(`It shows the requests of the connection ${name}.`).waitFor();
}

/**
 * Generates a credential of the connection on the setup page. Returns it, and the values that the page shows
 * with it.
 */
async function generate(opened: OpenedPage, noun: 'SCIM key' | 'client secret', values: readonly string[]) {
  const { page } = opened;
  const dialog = page.getByRole('dialog');
  await button(opened, `Generate ${noun}`).click();
  await dialog
    .getByRole('button', { name: noun === 'SCIM key' ? 'Generate key' : 'Generate secret' })
    .click();
  await Promise.all([
    page.getByText(`The ${noun} was copied.`).waitFor({ state: 'attached' }),
    dialog.getByRole('button', { name: `Copy ${noun}` }).click(),
  ]);
  const secret = await copied(opened);
  const shown: string[] = [];
  for (const value of values) shown.push(await dialog.getByLabel(value, { exact: true }).inputValue());
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  return { secret, shown };
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

/** Returns an access token for a client secret, as Entra ID requests it. */
async function accessTokenFor(url: string, clientId: string, secret: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
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

  await createConnection(opened, 'Okta', 'Okta of the company');
  await page.getByText('No credential', { exact: true }).waitFor();
  const { secret: okta, shown } = await generate(opened, 'SCIM key', ['SCIM connector base URL']);
  expect(shown).toEqual([session().baseUrl]);
  const lifecycle = conversation('okta user');
  const creation = lifecycle.steps.findIndex(({ request }) => request.method === 'POST');
  await replayAll(lifecycle, domainId, okta, creation + 1);
  await page.getByText('Your identity provider is connected.', { exact: false }).waitFor();
  await page.getByText('The domain has 1 user.').waitFor();
  await page.getByText('The license key was emailed to the first user', { exact: false }).waitFor();
  await page.getByText('Provisioning works').waitFor();

  // The feedback follows the connection: Okta's requests do not count for Entra ID.
  await createConnection(opened, 'Microsoft Entra ID', 'Entra ID of the company');
  await page.getByText('Waiting for your identity provider.', { exact: false }).waitFor();
  expect(await page.getByText('Provisioning works').count()).toBe(0);
  await checkPage(opened);
  const entra = await generate(opened, 'client secret', [
    'Tenant URL',
    'Token endpoint',
    'Client identifier',
  ]);
  const [tenantUrl, tokenEndpoint = '', clientId = ''] = entra.shown;
  expect(tenantUrl).toBe(`${session().baseUrl}?aadOptscim062020`);
  const accessToken = await accessTokenFor(tokenEndpoint, clientId, entra.secret);
  await replayAll(conversation('entra user'), domainId, accessToken);
  await page.getByText('Your identity provider is connected.', { exact: false }).waitFor();
  await checkPage(opened);

  // The other choices for Entra ID: a workload identity, and the plain key.
  await page.getByText('Workload identity', { exact: true }).click();
  await button(opened, 'Add workload identity trust').waitFor();
  await checkPage(opened);
  await page.getByText('Secret token', { exact: true }).click();
  const { secret: key } = await generate(opened, 'SCIM key', ['Tenant URL']);
  expect((await clientWithKey(domainId, key).request('GET', '/Users')).status).toBe(200);
  const connections = await json<Connection[]>('connection', 'list', domainId);
  expect(connections.map(({ name, identityProvider }) => [name, identityProvider])).toEqual([
    ['Okta of the company', 'okta'],
    ['Entra ID of the company', 'entra-id'],
  ]);

  await button(opened, 'Invite me to an account').click();
  await page.getByText(`The invitation was sent to ${email}`).waitFor();

  // The same browser returns with the link, and needs no code.
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByText('It shows the requests of the connection Entra ID of the company.').waitFor();
  await page.getByRole('row', { name: /SCIM key/ }).waitFor();
  expect(consoleErrors).toEqual([]);
  await opened.context.close();
});

test('a refused request is shown with its reason', async () => {
  const { domainId } = await newDomainWithOwner('Refused Ltd');
  const email = `it-${domainId}@example.com`;
  const { url } = await createSetupLink(domainId, email);
  const opened = await open();
  await openLink(opened, url, email);
  await createConnection(opened, 'Another identity provider', 'Script');
  const guides = opened.page.getByRole('link', { name: 'Guides of identity providers' });
  expect(await guides.getAttribute('href')).toBe('/help/connect');
  const { secret: key } = await generate(opened, 'SCIM key', ['SCIM base URL']);
  await clientWithKey(domainId, key).request('POST', '/Users', { userName: '' });
  await opened.page.getByText('Refused: POST /Users (400)').waitFor();
  await opened.page.getByText('userName is required', { exact: false }).waitFor();
  await checkPage(opened);

  // Another connection has not been refused anything.
  await createConnection(opened, 'Okta', 'Okta');
  await opened.page.getByText('Waiting for your identity provider.', { exact: false }).waitFor();
  expect(await opened.page.getByText('Refused: POST /Users (400)').count()).toBe(0);

  // A credential and a connection can be revoked, for example if a key was lost.
  await opened.page.getByRole('button', { name: /Identity provider/ }).click();
  await opened.page.getByRole('option', { name: 'Another identity provider' }).click();
  await button(opened, 'Revoke Script').click();
  await opened.page.getByRole('alertdialog').getByRole('button', { name: 'Revoke key' }).click();
  await opened.page.getByText('No credential', { exact: true }).waitFor();
  expect((await clientWithKey(domainId, key).request('GET', '/Users')).status).toBe(401);
  await button(opened, 'Revoke connection').click();
  await opened.page.getByRole('alertdialog').getByRole('button', { name: 'Revoke connection' }).click();
  await button(opened, 'Create connection').waitFor();
  await opened.context.close();
});
