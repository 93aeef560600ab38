import type { Page } from 'playwright-core';
import { callJson } from '../../bin/portal/example-data';
import { eventually } from '../support/jest/timeouts';
import { uniqueName } from '../support/requests/bodies';
import { waitForMail } from '../support/system/mails';
import { clientWithKey, type DomainClient, session } from '../support/system/system';
import { newDomainWithOwner, type OpenedPage, useBrowser } from './browser';

const { openAs } = useBrowser();

/**
 * The tasks of docs/portal.md. Each one begins where the one before it ended, and uses only what the pages
 * show.
 */
describe('a license administrator who knows only the address of the portal', () => {
  const names = {
    ada: uniqueName('ada'),
    hedy: uniqueName('hedy'),
    bounced: uniqueName('grace'),
    late: uniqueName('mary'),
  };
  const bouncingAddress = `bounce+${names.bounced.split('@')[0]}@simulator.amazonses.com`;
  let opened: OpenedPage;
  let page: Page;
  let domainId: string;
  let client: DomainClient;

  beforeAll(async () => {
    const created = await newDomainWithOwner('Tasks Ltd', { scimEnabled: false });
    ({ domainId } = created);
    const { adminUrl, adminToken } = session();
    const seats = { seats: 3, seatPolicy: 'wait' };
    await callJson(`${adminUrl}/domains/${domainId}`, adminToken, 'PATCH', seats);
    opened = await openAs(created.owner);
    ({ page } = opened);
  });
  afterAll(() => opened?.context.close());

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  const openTab = (name: string) =>
    page.getByRole('navigation', { name: 'Domain' }).getByRole('link', { name, exact: true }).click();

  /** Generates a key on the page of the connection, and returns it. */
  async function generateKey(name: string): Promise<string> {
    await button('Generate SCIM key').first().click();
    await page.getByRole('dialog').getByLabel('Name').fill(name);
    await button('Generate key').click();
    await button('Copy SCIM key').click();
    const key = await page.evaluate<string>('navigator.clipboard.readText()');
    await button('Done').click();
    return key;
  }

  async function provision(userName: string, displayName: string, address = userName): Promise<void> {
    const { status } = await client.request('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      ...{ userName, displayName, emails: [{ value: address, type: 'work', primary: true }] },
    });
    expect(status).toBe(201);
  }

  it('connects Okta', async () => {
    await page.getByRole('link', { name: 'Connect your identity provider' }).click();
    await page.getByText('Enable SCIM').click();
    await button('Add connection').click();
    expect(await page.getByRole('dialog').getByLabel('Name').inputValue()).toBe('Okta');
    await button('Create connection').click();
    await page.getByRole('heading', { name: 'Connect Okta' }).waitFor();
    client = clientWithKey(domainId, await generateKey('First key'));
    await page.getByText('This step shows the first request').waitFor();
    await provision(names.ada, 'Ada Larsen');
    await provision(names.hedy, 'Hedy Lang');
    await provision(names.bounced, 'Grace Holm', bouncingAddress);
    await waitForMail(names.ada);
    await provision(names.late, 'Mary Sand');
    await page.reload();
    await page.getByText('Last request:').waitFor();
  });

  it('finds a user by the last name', async () => {
    await openTab('Users');
    await page.getByRole('searchbox').fill('lang');
    await button('Search in names').click();
    await page
      .getByRole('row', { name: /Hedy Lang/ })
      .getByRole('link')
      .click();
    await page.getByRole('heading', { name: 'Hedy Lang' }).waitFor();
  });

  it('finds out why a user got no email, and sends it again', async () => {
    await waitForMail(bouncingAddress);
    await openTab('Users');
    const row = page.getByRole('row', { name: /Grace Holm/ });
    await eventually('the bounce', async () => {
      await page.reload();
      await row.waitFor();
      return (await row.getByText('Bounced', { exact: true }).count()) > 0;
    });
    await row.getByRole('link').click();
    await page.getByText('Emails do not reach this user').waitFor();
    await button('Allow emails and resend').click();
    expect(await waitForMail(bouncingAddress, 2)).toHaveLength(2);
  });

  it('frees a seat for the user who waits', async () => {
    await openTab('Users');
    await page.reload();
    await page.getByRole('definition').getByRole('link', { name: '1', exact: true }).click();
    await page.getByRole('row', { name: /Mary Sand/ }).waitFor();
    await page.goBack();
    await page
      .getByRole('row', { name: /Ada Larsen/ })
      .getByRole('link')
      .click();
    await button('Deactivate').click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('The user who has waited longest').waitFor();
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await waitForMail(names.late);
  });

  it('rotates the key of the connection', async () => {
    await openTab('Settings');
    await link('Okta').click();
    await page.getByText('first add another one').waitFor();
    const key = await generateKey('Second key');
    expect((await clientWithKey(domainId, key).request('GET', '/Users')).status).toBe(200);
    await button('Revoke First key').click();
    await button('Revoke key').click();
    await page.getByText('Revoked', { exact: true }).first().waitFor();
    expect((await client.request('GET', '/Users')).status).toBe(401);
    expect(opened.consoleErrors).toEqual([]);
  });
});
