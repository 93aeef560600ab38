import type { Page } from 'playwright-core';
import type { ExampleData } from './example-data';

/** A page or dialog of the portal. */
export interface View {
  readonly name: string;
  readonly path: string;
  /** An action on the page, such as opening a dialog. */
  readonly interact?: (page: Page) => Promise<void>;
}

const clickButton = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click();

async function fillInKeyForm(page: Page): Promise<void> {
  await clickButton('Generate SCIM key')(page);
  await page.getByRole('dialog').getByLabel('Name').fill('Okta 2027');
}

async function generateKey(page: Page): Promise<void> {
  await fillInKeyForm(page);
  await clickButton('Generate key')(page);
  await page.getByText('Copy the key now').waitFor();
}

async function chooseExpiryDay(page: Page): Promise<void> {
  await fillInKeyForm(page);
  await clickButton(/Expires/)(page);
  await page.getByRole('option', { name: 'On a specific date' }).click();
  await page.getByLabel('Last day').waitFor();
}

async function closeWithoutKey(page: Page): Promise<void> {
  await generateKey(page);
  await clickButton('Reveal the SCIM key')(page);
  await clickButton('Done')(page);
  await page.getByText('You have not copied the key').waitFor();
}

/** Adds a connection of another identity provider, and opens its page. */
async function addConnection(page: Page): Promise<void> {
  await clickButton('Add connection')(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Own script');
  await dialog.getByRole('button', { name: /Identity provider/ }).click();
  await page.getByRole('option', { name: 'Another identity provider' }).click();
  await clickButton('Create connection')(page);
  await page.getByRole('heading', { name: 'Own script' }).waitFor();
}

async function generateSecret(page: Page, button: string): Promise<void> {
  await clickButton(button)(page);
  await clickButton('Generate secret')(page);
  await page.getByText('Copy the secret now').waitFor();
}

async function addConnectionWithSecret(page: Page): Promise<void> {
  await addConnection(page);
  await generateSecret(page, 'Generate client secret');
}

async function rotateSecret(page: Page): Promise<void> {
  await addConnectionWithSecret(page);
  await clickButton('Done')(page);
  await clickButton('Close without copying')(page);
  await generateSecret(page, 'Rotate client secret');
  await clickButton('Done')(page);
  await clickButton('Close without copying')(page);
  await page.getByText('Two client secrets are active').waitFor();
}

async function testAssertion(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Assertion' }).fill('not.an.assertion');
  await clickButton('Test assertion')(page);
  await page.getByText('The assertion would be refused').waitFor();
}

/** Returns every page and dialog of a domain for its owner. The last ones create keys and connections. */
export function domainViews(example: ExampleData): View[] {
  const { domainId, userId, bouncedUserId, deletedUserId } = example;
  const domain = `/domains/${domainId}`;
  const okta = `/settings/scim/connections/${example.oktaConnectionId}`;
  const entra = `/settings/scim/connections/${example.entraConnectionId}`;
  const page = (name: string, path: string, interact?: View['interact']): View => ({
    name,
    path: domain + path,
    interact,
  });
  return [
    page('users', '/users'),
    page('no-search-results', '/users?search=nobody'),
    page('user', `/users/${userId}`),
    page('user-resource', `/users/${userId}`, clickButton('Show the SCIM resource')),
    page('user-bounced', `/users/${bouncedUserId}`),
    page('replace-key', `/users/${userId}`, clickButton('Replace key')),
    page('deactivate', `/users/${userId}`, clickButton('Deactivate')),
    page('user-deleted', `/users/${deletedUserId}`),
    page('user-unknown', '/users/none'),
    page('audit-log', '/audit-log'),
    page('audit-event', `/audit-log?resource=${userId}`, clickButton('User updated')),
    page('audit-refused', '/audit-log?kind=request'),
    page('requests', '/requests'),
    page('request', '/requests?show=refused', clickButton(/^POST /)),
    page('scim-provisioning', '/settings/scim'),
    page('disable-scim', '/settings/scim', (at) => at.getByText('Enable SCIM').click()),
    page('connections-revoked', '/settings/scim', clickButton(/^Show revoked connections/)),
    page('add-connection', '/settings/scim', clickButton('Add connection')),
    page('connection-okta', okta),
    page('connection-entra-id', entra),
    page('connection-unknown', '/settings/scim/connections/none'),
    page('new-key', okta, clickButton('Generate SCIM key')),
    page('new-key-day', okta, chooseExpiryDay),
    page('revoke-key', okta, clickButton('Revoke Okta')),
    page('new-secret', entra, clickButton('Rotate client secret')),
    page('add-trust', entra, clickButton('Add workload identity trust')),
    page('trust', entra, clickButton(/^Details of/)),
    page('test-assertion', entra, testAssertion),
    page('revoke-connection', entra, clickButton('Revoke connection')),
    page('connect-okta', '/settings/okta'),
    page('connect-okta-new', '/settings/okta?connection=new'),
    page('connect-entra-id', '/settings/entra-id'),
    page('connect-entra-id-secret', '/settings/entra-id?method=client-secret'),
    page('connect-entra-id-token', '/settings/entra-id?method=scim-key'),
    page('domain', '/settings/domain'),
    page('administrators', '/settings/administrators'),
    page('invite-administrator', '/settings/administrators', clickButton('Invite administrator')),
    page('change-role', '/settings/administrators', clickButton(/^Change role of/)),
    page('remove-administrator', '/settings/administrators', clickButton(/^Remove /)),
    page('email-problems', '/settings/mail-problems'),
    page('readiness', '/settings/readiness'),
    page('readiness-details', '/settings/readiness', clickButton('Details')),
    page('menu', '/users', clickButton(/^Account/)),
    { name: 'not-found', path: '/nowhere' },
    page('generated-key', okta, generateKey),
    page('key-not-copied', okta, closeWithoutKey),
    page('generated-secret', '/settings/scim', addConnectionWithSecret),
    page('rotated-secret', '/settings/scim', rotateSecret),
  ];
}

/** Returns the additional pages of an operator: the list of domains, and a domain without users and keys. */
export function operatorViews({ domainId, emptyDomainId }: ExampleData): View[] {
  const settings = `/domains/${domainId}/settings/domain`;
  const empty = `/domains/${emptyDomainId}`;
  return [
    { name: 'domains', path: '/domains' },
    { name: 'operators', path: '/operators' },
    { name: 'invite-operator', path: '/operators', interact: clickButton('Invite operator') },
    { name: 'create-domain', path: '/domains', interact: clickButton('Create domain') },
    { name: 'operator-domain', path: settings },
    { name: 'delete-domain', path: settings, interact: clickButton('Delete domain') },
    { name: 'users-none', path: `${empty}/users` },
    { name: 'audit-none', path: `${empty}/audit-log?kind=request` },
    { name: 'requests-none', path: `${empty}/requests` },
    { name: 'scim-disabled', path: `${empty}/settings/scim` },
    { name: 'connect-disabled', path: `${empty}/settings/entra-id` },
    { name: 'administrators-none', path: `${empty}/settings/administrators` },
    { name: 'email-problems-none', path: `${empty}/settings/mail-problems` },
  ];
}
