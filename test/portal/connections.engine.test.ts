import { axeViolations } from '../../bin/portal/chromium';
import { callJson } from '../../bin/portal/example-data';
import { eventually } from '../support/jest/timeouts';
import { HostedIssuer } from '../support/assertions/hosted-issuer';
import { clientWithKey, session } from '../support/system/system';
import { newDomainWithOwner, openPath, type OpenedPage, PHONE, useBrowser } from './browser';

const { openAs } = useBrowser();

/** Returns a function that calls the admin API for a domain. */
const domainApi =
  (domainId: string) =>
  <T>(method: string, path: string, body?: unknown) =>
    callJson<T>(`${session().adminUrl}/domains/${domainId}${path}`, session().adminToken, method, body);

async function connect(domainId: string, name: string, identityProvider: string): Promise<string> {
  const call = domainApi(domainId);
  return (await call<{ connectionId: string }>('POST', '/connections', { name, identityProvider }))
    .connectionId;
}

/** Reloads the page until it shows a text. The last use of a credential is recorded asynchronously. */
const reloadUntil = ({ page }: OpenedPage, text: string) =>
  eventually(text, async () => {
    if ((await page.getByText(text).count()) > 0) return true;
    await page.reload();
    await page.locator('.notice').first().waitFor();
    return (await page.getByText(text).count()) > 0;
  });

const copied = ({ page }: OpenedPage) => page.evaluate<string>('navigator.clipboard.readText()');

test('a guide turns green only by a request of its own connection', async () => {
  const { domainId, owner } = await newDomainWithOwner('Two providers Ltd');
  const call = domainApi(domainId);
  const oktaId = await connect(domainId, 'Okta', 'okta');
  const entraId = await connect(domainId, 'Entra ID', 'entra-id');
  const tokens: Record<string, string> = {};
  for (const connectionId of [oktaId, entraId]) {
    const key = await call<{ token: string }>('POST', '/keys', { name: connectionId, connectionId });
    tokens[connectionId] = key.token;
  }
  const opened = await openAs(owner);
  const { page, context, consoleErrors } = opened;
  const isGreen = async (path: string) => {
    await openPath(opened, `/domains/${domainId}/settings/${path}`);
    await page.locator('.notice').first().waitFor();
    return (await page.getByText('Your identity provider is connected').count()) > 0;
  };
  expect(await isGreen('okta')).toBe(false);
  expect((await clientWithKey(domainId, tokens[oktaId] ?? '').request('GET', '/Users')).status).toBe(200);
  await reloadUntil(opened, 'Your identity provider is connected');
  expect(await isGreen('entra-id')).toBe(false);
  await page.getByText('No requests yet').waitFor();

  expect((await clientWithKey(domainId, tokens[entraId] ?? '').request('GET', '/Users')).status).toBe(200);
  await reloadUntil(opened, 'Your identity provider is connected');
  expect(consoleErrors).toEqual([]);
  await context.close();
});

test('an existing key is a connection, which an owner names, extends, and revokes', async () => {
  const { domainId, owner } = await newDomainWithOwner('Earlier Ltd');
  const call = domainApi(domainId);
  const { token } = await call<{ token: string }>('POST', '/keys', { name: 'Earlier key' });
  const { request } = clientWithKey(domainId, token);
  const opened = await openAs(owner);
  const { page, context, consoleErrors } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await openPath(opened, `/domains/${domainId}/settings/scim`);
  await page.getByRole('link', { name: 'Earlier key' }).click();
  await page.getByRole('heading', { name: 'Earlier key' }).waitFor();

  await page.getByRole('button', { name: /Identity provider/ }).click();
  await page.getByRole('option', { name: 'Okta' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Okta');
  await button('Save').click();
  await page.getByRole('heading', { name: 'Okta', exact: true }).waitFor();
  // Okta's SCIM client supports only keys.
  await eventually('no other types', async () => (await button('Generate client secret').count()) === 0);
  await button('Generate SCIM key').click();
  await button('Generate key').click();
  await button('Copy SCIM key').click();
  const second = clientWithKey(domainId, await copied(opened));
  await button('Done').click();
  for (const send of [request, second.request]) expect((await send('GET', '/Users')).status).toBe(200);

  await button('Revoke connection').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke connection' }).click();
  await page.getByText('This connection is revoked').waitFor();
  for (const send of [request, second.request]) expect((await send('GET', '/Users')).status).toBe(401);
  await page.getByRole('link', { name: 'SCIM Provisioning' }).first().click();
  await button('Show revoked connections (1)').click();
  await page.getByRole('row', { name: /Okta/ }).getByText('Revoked').waitFor();
  expect(consoleErrors).toEqual([]);
  await context.close();
});

test('an owner connects Entra ID with a client secret, and rotates the secret without a refused request', async () => {
  const { domainId, owner } = await newDomainWithOwner('Rotation Ltd');
  const opened = await openAs(owner);
  const { page, context, consoleErrors } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const copy = async (noun: string) => {
    const said = page.getByText(`The ${noun} was copied.`).waitFor({ state: 'attached' });
    await Promise.all([
      said,
      page
        .getByRole('dialog')
        .getByRole('button', { name: `Copy ${noun}` })
        .click(),
    ]);
    return copied(opened);
  };
  /** Generates a secret, and gets an access token with the values of the dialog. */
  const generate = async (name: string) => {
    await button(name).click();
    await button('Generate secret').click();
    const url = await copy('token endpoint');
    const [clientId, clientSecret] = [await copy('client identifier'), await copy('client secret')];
    expect(await copy('tenant URL')).toBe(`${session().baseUrl}?aadOptscim062020`);
    await button('Done').click();
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    return clientWithKey(domainId, token);
  };
  const statusOf = async ({ request }: ReturnType<typeof clientWithKey>) =>
    (await request('GET', '/Users')).status;

  await openPath(opened, `/domains/${domainId}/settings/entra-id?method=client-secret`);
  await button('Create connection').click();
  const first = await generate('Generate client secret');
  expect(await statusOf(first)).toBe(200);
  await reloadUntil(opened, 'Your identity provider is connected');

  await page.getByRole('link', { name: 'View the connection' }).click();
  const second = await generate('Rotate client secret');
  await page.getByText('Two client secrets are active').waitFor();
  expect(await button('Rotate client secret').isDisabled()).toBe(true);
  expect(await axeViolations(page)).toEqual([]);
  expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200]);
  await reloadUntil(opened, 'The new client secret is in use');
  await button('Revoke old secret').click();
  await button('Revoke secret').click();
  await page.getByRole('row', { name: /Revoked/ }).waitFor();
  expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);
  expect(consoleErrors).toEqual([]);
  await context.close();
});

test('an owner trusts a workload identity, and tests assertions without using them up', async () => {
  const { domainId, owner } = await newDomainWithOwner('Workload Ltd');
  const issuer = await HostedIssuer.create();
  const { trust } = issuer;
  const [accepted = '', other = ''] = trust.audiences;
  const opened = await openAs(owner);
  const { page, context, consoleErrors } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await openPath(opened, `/domains/${domainId}/settings/entra-id`);
  await button('Create connection').click();
  await button('Add workload identity trust').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Issuer').fill(trust.issuer);
  await dialog.getByLabel('JWKS URL').fill(trust.jwksUrl);
  await dialog.getByLabel('Subject').fill(trust.subject);
  await dialog.getByLabel('Audiences').fill(accepted);
  await dialog.getByLabel('Tenant').fill(trust.tenant);
  await button('Add trust').click();
  await dialog.waitFor({ state: 'detached' });

  const check = (name: string) => page.getByRole('listitem').filter({ hasText: new RegExp(`^${name} `) });
  const testAssertion = async (assertion: string) => {
    await page.getByRole('textbox', { name: 'Assertion' }).fill(assertion);
    await button('Test assertion').click();
  };
  await testAssertion(await issuer.assertion({ aud: other }));
  await page.getByText('The assertion would be refused').waitFor();
  expect(await check('Audience').textContent()).toMatch(/^Audience Failed.*api:/);
  expect(await check('Issuer').textContent()).toMatch(/^Issuer Passed/);
  expect(await check('Signature').textContent()).toMatch(/^Signature Passed/);
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeViolations(page)).toEqual([]);

  const assertion = await issuer.assertion();
  await testAssertion(assertion);
  await page.getByText('The assertion passes all checks').waitFor();
  const fieldValue = (label: string) => page.getByLabel(label, { exact: true }).inputValue();
  const response = await fetch(await fieldValue('Token endpoint'), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: await fieldValue('Client identifier'),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  expect((await clientWithKey(domainId, token).request('GET', '/Users')).status).toBe(200);
  await testAssertion(assertion);
  await page.getByText('The assertion would be refused').waitFor();
  expect(await check('Replay').textContent()).toMatch(/^Replay Failed/);
  await reloadUntil(opened, 'Your identity provider is connected');
  expect(consoleErrors).toEqual([]);
  await context.close();
});
