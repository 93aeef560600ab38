import { waitUntilLoaded } from '../../../bin/portal/chromium';
import { callJson } from '../../../bin/portal/example-data';
import { uniqueName } from '../../support/requests/bodies';
import { createSetupLink, mailedCode } from '../../support/system/setup-links';
import { waitForMail } from '../../support/system/mails';
import { session } from '../../support/system/system';
import { newDomainWithOwner, openPath, useBrowser } from '../browser';
import { button, checkPage, copied, openLink } from './setup-page';

const { open, openAs } = useBrowser();

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
  await button(stranger, 'Email me a code').waitFor();
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
