import { axeViolations } from '../../bin/portal/chromium';
import { callJson } from '../../bin/portal/example-data';
import { readDomain } from '../support/consistency/domain-data';
import { uniqueName } from '../support/requests/bodies';
import { createSetupLink } from '../support/system/setup-links';
import { session } from '../support/system/system';
import { newDomainWithOwner, openPath, PHONE, thirdPartyOrigins, useBrowser } from './browser';
import { checkPage, openLink } from './setup/setup-page';

const { open, openAs } = useBrowser();

const newConnection = async (domainId: string, identityProvider: string): Promise<string> => {
  const url = `${session().adminUrl}/domains/${domainId}/connections`;
  const body = { name: 'Connection', identityProvider };
  return (await callJson<{ connectionId: string }>(url, session().adminToken, 'POST', body)).connectionId;
};

test('an owner tests a connection from its page, and nothing is left', async () => {
  const { domainId, owner } = await newDomainWithOwner('Tested Ltd');
  const connectionId = await newConnection(domainId, 'entra-id');
  const opened = await openAs(owner);
  const { page, context, consoleErrors } = opened;
  await openPath(opened, `/domains/${domainId}/settings/scim/connections/${connectionId}`);
  // The provider of the connection is chosen.
  await page.getByRole('button', { name: /Microsoft Entra ID.*Requests to simulate/ }).waitFor();
  await page.getByRole('button', { name: 'Test this connection' }).click();
  await page.getByText('All steps passed').waitFor();
  expect(await page.locator('.check-failed, .check-not-checked').count()).toBe(0);
  expect(await page.getByText('Disable the user, with "False" as text').count()).toBe(1);
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  expect(await axeViolations(page)).toEqual([]);
  const { users, groups, licenses } = await readDomain(domainId);
  expect([users, groups, licenses]).toEqual([[], [], []]);
  expect(thirdPartyOrigins(opened)).toEqual([]);
  expect(consoleErrors).toEqual([]);
  await context.close();
});

test('a person with a setup link tests a connection', async () => {
  const { domainId } = await newDomainWithOwner('Link Ltd');
  await newConnection(domainId, 'okta');
  const email = uniqueName('it');
  const opened = await open();
  const { page, context, consoleErrors } = opened;
  await openLink(opened, (await createSetupLink(domainId, email)).url, email);
  await page.getByRole('button', { name: 'Test this connection' }).click();
  await page.getByText('All steps passed').waitFor();
  await checkPage(opened);
  expect((await readDomain(domainId)).users).toEqual([]);
  expect(consoleErrors).toEqual([]);
  await context.close();
});

test('a failed step shows the problem and the remedy', async () => {
  const { domainId, owner } = await newDomainWithOwner('Switched Off Ltd');
  const connectionId = await newConnection(domainId, 'okta');
  const url = `${session().adminUrl}/domains/${domainId}`;
  await callJson(url, session().adminToken, 'PATCH', { scimEnabled: false });
  const opened = await openAs(owner);
  const { page, context } = opened;
  await openPath(opened, `/domains/${domainId}/settings/scim/connections/${connectionId}`);
  await page.getByRole('button', { name: 'Test this connection' }).click();
  await page.getByText(/steps failed/).waitFor();
  expect(await page.getByText(/returned 403 instead of 200: SCIM is switched off/).count()).toBeGreaterThan(
    0,
  );
  expect(await page.getByText(/enable it, on the page SCIM Provisioning/).count()).toBeGreaterThan(0);
  await context.close();
});
