import { axeViolations } from '../../bin/portal/chromium';
import { eventually } from '../support/jest/timeouts';
import { domainAdmin } from '../support/system/system';
import { newDomainWithOwner, openPath, useBrowser } from './browser';

const { openAs } = useBrowser();

// The vendor sells SCIM with a plan, which the domain does not have.
test('an operator makes SCIM unavailable, and the owner sees whom to contact', async () => {
  const { domainId, owner } = await newDomainWithOwner('Small plan Ltd');
  const operator = await openAs('operator@example.com');
  await openPath(operator, `/domains/${domainId}/settings/domain`);
  const available = operator.page.getByRole('switch', { name: 'Make SCIM available' });
  expect(await available.isChecked()).toBe(true);
  await operator.page.getByText('Make SCIM available').click();
  await operator.page.getByRole('button', { name: 'Make unavailable' }).click();
  await operator.page.getByText('Not available', { exact: true }).waitFor();
  expect(await axeViolations(operator.page)).toEqual([]);

  const contactText = 'Write to "sales@example.com" to add SCIM to your plan.';
  const opened = await openAs(owner);
  await opened.page.route('**/config.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as object), contactText } });
  });
  for (const path of ['scim', 'okta', 'entra-id']) {
    await openPath(opened, `/domains/${domainId}/settings/${path}`);
    await opened.page.getByText('SCIM is not available to this domain').waitFor();
    await opened.page.getByText(contactText).waitFor();
    expect(await axeViolations(opened.page)).toEqual([]);
  }
  await openPath(opened, `/domains/${domainId}/settings/scim`);
  expect(await opened.page.getByText('Enable SCIM').count()).toBe(0);
  await openPath(opened, `/domains/${domainId}/settings/domain`);
  expect(await opened.page.getByText('Make SCIM available').count()).toBe(0);
  expect(opened.consoleErrors).toEqual([]);

  await operator.page.getByText('Make SCIM available').click();
  await operator.page.getByText('Available', { exact: true }).waitFor();
  await openPath(opened, `/domains/${domainId}/settings/scim`);
  await opened.page.getByText('Enable SCIM').waitFor();
  await operator.context.close();
  await opened.context.close();
});

test('an owner sets the addresses that are notified', async () => {
  const { domainId, owner } = await newDomainWithOwner('Notified Ltd');
  const opened = await openAs(owner);
  const { context, page } = opened;
  await openPath(opened, `/domains/${domainId}/settings/domain`);
  const field = page.getByLabel('Notification addresses');
  const save = page.getByRole('button', { name: 'Save', exact: true }).first();
  await field.fill('nobody');
  await save.click();
  await page.getByText('No email can be sent to "nobody".').waitFor();
  await field.fill('it@example.com; ops@example.com');
  await save.click();
  await eventually(
    'the stored addresses',
    async () => (await (await domainAdmin()).getDomain(domainId)).notifyAddresses.length === 2,
  );
  await eventually(
    'the addresses in the field',
    async () => (await field.inputValue()) === 'it@example.com, ops@example.com',
  );
  await context.close();
});
