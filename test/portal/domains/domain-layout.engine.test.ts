import { newDomainWithOwner, openPath, useBrowser } from '../browser';

const { openAs } = useBrowser();

const ME = /\/me$/;

test.each([
  ['of a domain', (domainId: string) => `/domains/${domainId}/users`, 'This domain cannot be shown', 'Users'],
  ['with the list of domains', () => '/domains', 'Your domains', 'Your domains'],
])('the page %s says if only the role cannot be read, and tries again', async (_, pathOf, during, after) => {
  const { domainId, owner } = await newDomainWithOwner('Role Ltd');
  const opened = await openAs(owner);
  const { page, context, consoleErrors } = opened;
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  await page.route(ME, (route) =>
    route.fulfill({ status: 500, json: { title: 'Failed', detail: 'No role.' } }),
  );
  await openPath(opened, pathOf(domainId));
  await page.getByText('No role.').waitFor();
  await heading(during).waitFor();
  await page.unroute(ME);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No role.').waitFor({ state: 'detached' });
  await heading(after).waitFor();
  expect(consoleErrors).toEqual([]);
  await context.close();
});
