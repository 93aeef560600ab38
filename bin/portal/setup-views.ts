import type { Page } from 'playwright-core';
import { HANG_LIMIT_MS, until } from '../../local/host/processes/until';
import { waitUntilLoaded } from './chromium';
import { callJson, type RunningSystem } from './example-data';

const MAIL_POLL_MS = 100;

interface Mail {
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly text?: string };
}

/** A running system with its mailbox. */
export type SystemWithMailbox = RunningSystem & { readonly mailUrl: string };

/**
 * Sets up a new domain with a setup link in the browser of `page`, and calls `capture` with the name of each
 * view on the way. `email` must be new.
 */
export async function captureSetup(
  page: Page,
  running: SystemWithMailbox,
  email: string,
  capture: (name: string, isDialog?: boolean) => Promise<void>,
): Promise<void> {
  const { adminUrl, adminToken, mailUrl } = running;
  const domain = { name: 'Northwind', ratePlan: 'gallery' };
  const { domainId } = await callJson<{ domainId: string }>(
    `${adminUrl}/domains`,
    adminToken,
    'POST',
    domain,
  );
  const links = `${adminUrl}/domains/${domainId}/setup-links`;
  const { link, url } = await callJson<{ link: { linkId: string }; url: string }>(links, adminToken, 'POST', {
    email,
    accountRole: 'owner',
  });
  const startedAt = Math.floor(Date.now() / 1_000);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  await page.goto(url.slice(0, -1));
  await page.getByText('This link is not complete').waitFor();
  await capture('setup-incomplete');
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByRole('button', { name: 'Email me a code' }).waitFor();
  await capture('setup-open');
  await press('Email me a code');
  await page.getByLabel('Code from the email').fill(await codeFor(mailUrl, email, startedAt));
  await capture('setup-code');
  await press('Continue');
  await page.getByText('Choose your identity provider').waitFor();
  await waitUntilLoaded(page);
  await capture('setup-guide');
  await page.getByRole('button', { name: /Identity provider/ }).click();
  await page.getByRole('option', { name: 'Microsoft Entra ID' }).click();
  await press('Create connection');
  await page.getByRole('button', { name: 'Generate client secret' }).waitFor();
  await capture('setup-entra-id');
  await press('Generate client secret');
  await press('Generate secret');
  await page.getByText('Copy the secret now').waitFor();
  await capture('setup-secret', true);
  await press('Done');
  await press('Close without copying');
  await captureProviders(page, capture);
  await captureProgress(page, running, domainId, capture);
  await press('Invite me to an account');
  await page.getByText('The invitation was sent to').waitFor();
  await capture('setup-invited');
  await callJson(`${links}/${link.linkId}`, adminToken, 'DELETE');
  await page.getByText('This link has ended').waitFor();
  await capture('setup-ended');
}

/** Captures the guides of the other identity providers, with their connections. */
async function captureProviders(page: Page, capture: (name: string) => Promise<void>): Promise<void> {
  for (const [option, name] of [
    ['Another identity provider', 'setup-other'],
    ['Okta', 'setup-okta'],
  ] as const) {
    await page.getByRole('button', { name: / Identity provider$/ }).click();
    await page.getByRole('option', { name: option }).click();
    await page.getByRole('button', { name: 'Create connection' }).click();
    await page.getByRole('button', { name: 'Generate SCIM key' }).waitFor();
    await capture(name);
  }
}

/**
 * Sends a refused request and a user with a key of Okta's connection, and captures what the page says about
 * them.
 */
async function captureProgress(
  page: Page,
  { adminUrl, adminToken, baseUrl }: RunningSystem,
  domainId: string,
  capture: (name: string) => Promise<void>,
): Promise<void> {
  const admin = <T>(method: string, path: string, body?: unknown) =>
    callJson<T>(`${adminUrl}/domains/${domainId}${path}`, adminToken, method, body);
  const { items } = await admin<Connections>('GET', '/connections');
  const connectionId = items.find(({ identityProvider }) => identityProvider === 'okta')?.connectionId;
  const { token } = await admin<{ token: string }>('POST', '/keys', { name: 'Okta', connectionId });
  const users = `${baseUrl}/Users`;
  await callJson(users, token, 'POST', { schemas: [USER_SCHEMA], userName: '' }).catch(() => undefined);
  await page.getByText('Refused: POST /Users', { exact: false }).first().waitFor();
  await capture('setup-refused');
  const userName = `ada.larsen.${domainId}@example.com`;
  const emails = [{ value: userName, primary: true }];
  await callJson(users, token, 'POST', { schemas: [USER_SCHEMA], userName, emails, active: true });
  await page.getByText('Provisioning works').waitFor();
  await capture('setup-finished');
}

const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

interface Connections {
  readonly items: readonly { readonly connectionId: string; readonly identityProvider: string }[];
}

/**
 * Returns the one-time code in an email to an address. The email arrives at `since`, in seconds since the
 * epoch, or later.
 */
async function codeFor(mailUrl: string, email: string, since: number): Promise<string> {
  let code: string | undefined;
  await until(
    `a code for ${email}`,
    HANG_LIMIT_MS,
    async () => {
      const response = await fetch(`${mailUrl}/store?since=${since}`);
      const { emails } = (await response.json()) as { emails: readonly Mail[] };
      const mail = emails.find(({ destination }) => destination.to.includes(email));
      code = /^ {4}(\d{6})$/m.exec(mail?.body.text ?? '')?.[1];
      return code !== undefined;
    },
    MAIL_POLL_MS,
  );
  return code ?? '';
}
