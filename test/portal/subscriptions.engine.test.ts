import type { Subscription } from '../../portal/src/api/schema';
import { TestWebhook } from '../support/webhooks/webhook';
import { adminClient } from '../support/system/admin-client';
import { eventually } from '../support/jest/timeouts';
import { isSignedWith, Receiver } from '../support/webhooks/receiver';
import { newDomainWithOwner, openPath, type OpenedPage, useBrowser } from './browser';
import { button, checkPage, copied } from './setup/setup-page';

const { openAs } = useBrowser();

test('an owner adds a feed, replaces its token, pauses it, and deletes it', async () => {
  const { domainId, owner } = await newDomainWithOwner('Feeds Ltd');
  const opened = await openAs(owner);
  const { page } = opened;
  const statusOf = async (token: string) =>
    (await adminClient(token)('GET', `/domains/${domainId}/events`)).status;
  await openPath(opened, `/domains/${domainId}/settings/events`);
  await page.getByText('No subscriptions').waitFor();
  await button(opened, 'Add subscription').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Reports');
  await dialog.getByRole('button', { name: /Delivery/ }).click();
  await page.getByRole('option', { name: 'Feed' }).click();
  expect(await dialog.getByLabel('Endpoint').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Add subscription' }).click();
  await page.getByText('Copy the token now').waitFor();
  await checkPage(opened);
  await button(opened, 'Copy events token').click();
  const token = await copied(opened);
  await button(opened, 'Done').click();
  await page.getByRole('heading', { name: 'Reports' }).waitFor();
  expect(await statusOf(token)).toBe(200);

  await button(opened, 'Replace token').click();
  await page.getByText('Copy the token now').waitFor();
  await button(opened, 'Copy events token').click();
  const replaced = await copied(opened);
  await button(opened, 'Done').click();
  expect([await statusOf(token), await statusOf(replaced)]).toEqual([401, 200]);

  await button(opened, 'Pause').click();
  await page.getByText('Paused', { exact: true }).waitFor();
  expect(await statusOf(replaced)).toBe(401);
  await button(opened, 'Delete').click();
  await checkPage(opened);
  await button(opened, 'Delete subscription').click();
  await page.getByText('No subscriptions').waitFor();
  expect(opened.consoleErrors).toEqual([]);
  await opened.context.close();
});

test('an owner adds a webhook, and sends a test event to it', async () => {
  const { domainId, owner } = await newDomainWithOwner('Webhooks Ltd');
  const opened = await openAs(owner);
  const { page } = opened;
  const receiver = new Receiver();
  await openPath(opened, `/domains/${domainId}/settings/events`);
  await button(opened, 'Add subscription').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Product');
  await dialog.getByLabel('Endpoint').fill(receiver.url);
  await dialog.getByRole('button', { name: 'Add subscription' }).click();
  await button(opened, 'Copy signing secret').click();
  const secret = await copied(opened);
  await button(opened, 'Done').click();

  await button(opened, 'Send test event').click();
  await page.getByText('The endpoint accepted the test event').waitFor();
  const [message] = await receiver.received();
  expect(message && isSignedWith(secret, message)).toBe(true);
  await button(opened, 'Deliveries').click();
  await page.getByText('subscription.test', { exact: true }).waitFor();
  await checkPage(opened);
  await button(opened, 'Pause').click();
  await button(opened, 'Resume').waitFor();
  await eventually('the paused webhook', async () => {
    const { body } = await adminClient()('GET', `/domains/${domainId}/subscriptions`);
    return body.items[0]?.state === 'paused';
  });
  expect(opened.consoleErrors).toEqual([]);
  await opened.context.close();
});

/** Opens the dialog for a new subscription of a kind. */
async function openDialog(opened: OpenedPage, name: string, kind: string) {
  const { page } = opened;
  await button(opened, 'Add subscription').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: /Delivery/ }).click();
  await page.getByRole('option', { name: kind, exact: true }).click();
  return dialog;
}

/** Chooses some types of events instead of all. */
async function chooseSome({ page }: OpenedPage): Promise<void> {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Types of events/ })
    .click();
  await page.getByRole('option', { name: 'Only the types that I choose' }).click();
}

const subscriptionsOf = async (domainId: string) =>
  (await adminClient()('GET', `/domains/${domainId}/subscriptions`)).body.items as unknown as Subscription[];

test('an owner adds a receiver that gets pushed security events, sees what is wrong at its field, and edits it', async () => {
  const { domainId, owner } = await newDomainWithOwner('Pushed Ltd');
  const opened = await openAs(owner);
  const { page } = opened;
  await openPath(opened, `/domains/${domainId}/settings/events`);
  const dialog = await openDialog(opened, 'Receiver', 'Security events, pushed');
  await dialog.getByText('a receiver of the standard RFC 9967').waitFor();
  await dialog.getByLabel('Endpoint').fill('https://10.0.0.1/sets');
  await dialog.getByLabel('Audience').fill('https://receiver.example.com');
  await dialog.getByLabel('Authorization').fill('Bearer example');
  await chooseSome(opened);
  const submit = dialog.getByRole('button', { name: 'Add subscription' });
  await submit.click();
  await dialog.getByText('is not on the public internet').waitFor();
  expect(await dialog.getByLabel('Endpoint').getAttribute('aria-invalid')).toBe('true');
  await dialog.locator('[name="endpoint"]:focus').waitFor();
  expect(await dialog.getByRole('alert').count()).toBe(0);
  const receiver = new Receiver();
  await dialog.getByLabel('Endpoint').fill(receiver.url);
  await submit.click();
  await dialog.getByText('The list of types is empty').waitFor();
  await checkPage(opened);
  // Licenses have no events in SCIM.
  expect(await page.getByRole('checkbox', { name: 'license.ended' }).count()).toBe(0);
  await dialog.getByText('user.deleted', { exact: true }).click();
  await dialog.getByRole('button', { name: /^Select all.*Groups$/ }).click();
  await submit.click();
  await page.getByRole('heading', { name: 'Receiver', exact: true }).waitFor();
  const types = ['user.deleted', 'group.created', 'group.changed', 'group.deleted'];
  expect(await subscriptionsOf(domainId)).toMatchObject([
    {
      ...{ kind: 'setPush', endpoint: receiver.url, audience: 'https://receiver.example.com' },
      ...{ hasAuthorization: true, types: [...types, 'group.membersAdded', 'group.membersRemoved'] },
    },
  ]);
  await button(opened, 'Values for the receiver').click();
  expect(await page.getByRole('textbox', { name: 'JWKS URL' }).inputValue()).toMatch(/\/license\/v1\/jwks$/);
  expect(await page.getByRole('textbox', { name: 'Issuer' }).inputValue()).toMatch(/\/scim\/v2$/);
  // SCIM has no test events.
  expect(await button(opened, 'Send test event').count()).toBe(0);
  await checkPage(opened);

  await button(opened, 'Edit').click();
  await dialog.getByText('Remove the authorization header').click();
  await dialog.getByRole('button', { name: /Types of events/ }).click();
  await page.getByRole('option', { name: 'All, also those of later versions' }).click();
  await button(opened, 'Save').click();
  await page.getByText('None', { exact: true }).waitFor();
  const [changed] = await subscriptionsOf(domainId);
  expect(changed).not.toHaveProperty('types');
  expect(changed).not.toHaveProperty('hasAuthorization');
  expect(opened.consoleErrors).toEqual([]);
  await opened.context.close();
});

test('an owner adds a receiver that polls, which gets its security events at the shown URL with the token', async () => {
  const { domainId, owner } = await newDomainWithOwner('Polled Ltd');
  const opened = await openAs(owner);
  const { page } = opened;
  await openPath(opened, `/domains/${domainId}/settings/events`);
  const dialog = await openDialog(opened, 'Poller', 'Security events, polled');
  expect(await dialog.getByLabel('Endpoint').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Add subscription' }).click();
  await page.getByText('Copy the token now').waitFor();
  await checkPage(opened);
  const url = await dialog.getByRole('textbox', { name: 'Poll URL' }).inputValue();
  await button(opened, 'Copy events token').click();
  const token = await copied(opened);
  await button(opened, 'Done').click();
  await page.getByRole('heading', { name: 'Poller' }).waitFor();
  const poll = async (credential: string) =>
    (
      await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${credential}`, 'content-type': 'application/json' },
        body: JSON.stringify({ returnImmediately: true }),
      })
    ).status;
  expect([await poll(token), await poll(`${token}x`)]).toEqual([200, 401]);
  await button(opened, 'Values for the receiver').click();
  expect(await page.getByRole('textbox', { name: 'Poll URL' }).inputValue()).toBe(url);
  await checkPage(opened);
  await button(opened, 'Replace token').click();
  await page.getByText('Copy the token now').waitFor();
  expect(await poll(token)).toBe(401);
  expect(opened.consoleErrors).toEqual([]);
  await opened.context.close();
});

test('an owner adds the event bus, sends a test event, and sees what rules need', async () => {
  const { domainId, owner } = await newDomainWithOwner('Bus Ltd');
  const opened = await openAs(owner);
  const { page } = opened;
  await openPath(opened, `/domains/${domainId}/settings/events`);
  const dialog = await openDialog(opened, 'Rules', 'EventBridge');
  await dialog.getByRole('button', { name: 'Add subscription' }).click();
  await page.getByRole('heading', { name: 'Rules', exact: true }).waitFor();
  await button(opened, 'Send test event').click();
  await page.getByText('The event bus accepted the test event').waitFor();
  await button(opened, 'Values for rules').click();
  expect(await page.getByRole('textbox', { name: 'Event bus' }).inputValue()).toBe('scim-events');
  const [subscription] = await subscriptionsOf(domainId);
  expect(await page.getByRole('textbox', { name: 'Resource' }).inputValue()).toBe(
    `domains/${domainId}/subscriptions/${subscription?.subscriptionId}`,
  );
  await checkPage(opened);
  expect(opened.consoleErrors).toEqual([]);
  await opened.context.close();
});

test('a deployment without an event bus says so, and who can change it', async () => {
  const { domainId, owner } = await newDomainWithOwner('No Bus Ltd');
  const opened = await openAs(owner);
  const { page } = opened;
  await page.route(/\/subscriptions$/, async (route) => {
    const response = await route.fetch();
    const list = (await response.json()) as { kinds: readonly string[] };
    const kinds = list.kinds.filter((kind) => kind !== 'eventBridge');
    await route.fulfill({ response, json: { ...list, kinds } });
  });
  await openPath(opened, `/domains/${domainId}/settings/events`);
  const dialog = await openDialog(opened, 'Rules', 'EventBridge');
  await dialog.getByText('Ask the operator of the service').waitFor();
  expect(await dialog.getByRole('button', { name: 'Add subscription' }).isDisabled()).toBe(true);
  await checkPage(opened);
  await opened.context.close();
});

test('a subscription that has skipped events says from when until when, in the portal and in readiness', async () => {
  const { domainId, owner } = await newDomainWithOwner('Skipped Ltd');
  const receiver = new Receiver();
  const DAY = 86_400_000;
  const daysAgo = (days: number) => new Date(Date.now() - days * DAY);
  const webhook = await TestWebhook.create(domainId, receiver, { createdAt: daysAgo(60).toISOString() });
  await webhook.append([{ userId: 'a' }, { userId: 'b' }], daysAgo(40));
  const ids = await webhook.append([{ userId: 'a' }]);
  const path = `/domains/${domainId}/subscriptions/${webhook.subscriptionId}`;
  await adminClient()('POST', `${path}/retries`);
  await eventually('the event that has not expired', async () =>
    (await receiver.events()).some(({ id }) => id === ids[0]),
  );
  let skipped: { from: string; until: string } | undefined;
  await eventually('the note', async () => {
    ({ skipped } = (await adminClient()('GET', `${path}/delivery-status`)).body as never);
    return skipped !== undefined;
  });
  expect(skipped && skipped.from <= daysAgo(40).toISOString()).toBe(true);
  expect(skipped && skipped.until >= daysAgo(31).toISOString()).toBe(true);
  expect(await receiver.events()).toHaveLength(1);
  const opened = await openAs(owner);
  await openPath(opened, `/domains/${domainId}/settings/events`);
  await opened.page.getByText('Events were skipped').waitFor();
  await checkPage(opened);
  await openPath(opened, `/domains/${domainId}/settings/readiness`);
  await opened.page.getByText('Events expired before they were delivered').waitFor();
  await opened.context.close();
});
