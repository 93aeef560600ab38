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
  await clickButton('Generate new API key')(page);
  await page.getByLabel('Name').fill('Entra ID');
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
  await clickButton('Reveal the API key')(page);
  await clickButton('Done')(page);
  await page.getByText('You have not copied the key').waitFor();
}

/** Returns every page and dialog of a domain for its owner. The last two each create a key. */
export function domainViews({ domainId, userId, bouncedUserId, deletedUserId }: ExampleData): View[] {
  const domain = `/domains/${domainId}`;
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
    page('new-key', '/settings/scim', clickButton('Generate new API key')),
    page('new-key-day', '/settings/scim', chooseExpiryDay),
    page('revoke-key', '/settings/scim', clickButton('Revoke Okta')),
    page('set-up-okta', '/settings/okta'),
    page('set-up-entra-id', '/settings/entra-id'),
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
    page('generated-key', '/settings/scim', generateKey),
    page('key-not-copied', '/settings/scim', closeWithoutKey),
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
    { name: 'set-up-disabled', path: `${empty}/settings/entra-id` },
    { name: 'administrators-none', path: `${empty}/settings/administrators` },
    { name: 'email-problems-none', path: `${empty}/settings/mail-problems` },
  ];
}
