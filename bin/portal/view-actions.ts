import type { Page } from 'playwright-core';

// Each action brings a page of the portal into the state of a view.

export const clickButton = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name }).first().click();

export const clickLink = (name: string | RegExp) => (page: Page) =>
  page.getByRole('link', { name }).first().click();

async function fillInKeyForm(page: Page): Promise<void> {
  await clickButton('Generate SCIM key')(page);
  await page.getByRole('dialog').getByLabel('Name').fill('Okta 2027');
}

export async function generateKey(page: Page): Promise<void> {
  await fillInKeyForm(page);
  await clickButton('Generate key')(page);
  await page.getByText('Copy the key now').waitFor();
}

export async function chooseExpiryDay(page: Page): Promise<void> {
  await fillInKeyForm(page);
  await clickButton(/Expires/)(page);
  await page.getByRole('option', { name: 'On a specific date' }).click();
  await page.getByLabel('Last day').waitFor();
}

export async function closeWithoutKey(page: Page): Promise<void> {
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

export async function addConnectionWithSecret(page: Page): Promise<void> {
  await addConnection(page);
  await generateSecret(page, 'Generate client secret');
}

export async function rotateSecret(page: Page): Promise<void> {
  await addConnectionWithSecret(page);
  await clickButton('Done')(page);
  await clickButton('Close without copying')(page);
  await generateSecret(page, 'Rotate client secret');
  await clickButton('Done')(page);
  await clickButton('Close without copying')(page);
  await page.getByText('Two client secrets are active').waitFor();
}

export async function testAssertion(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Assertion' }).fill('not.an.assertion');
  await clickButton('Test assertion')(page);
  await page.getByText('The assertion would be refused').waitFor();
}

export async function previewMappings(page: Page): Promise<void> {
  await clickButton('Remove mapping 1')(page);
  await clickButton('Preview and save')(page);
  await page.getByText('Nothing is saved yet.').waitFor();
}

export async function mapToOrganization(page: Page): Promise<void> {
  await clickButton('Add mapping')(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Group' }).fill('Engineering');
  await page.getByRole('option', { name: 'Engineering' }).click();
  await dialog.getByRole('button', { name: /Get$/ }).click();
  await page.getByRole('option', { name: 'a role in an organization' }).click();
  await dialog.getByText('Role in the organization').waitFor();
}

export async function createSetupLink(page: Page): Promise<void> {
  await clickButton('Create setup link')(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Email address').fill('it@example.com');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await page.getByText('Send the link now').waitFor();
}

/** Opens the log of the webhook, and its secrets. */
export async function openDeliveries(page: Page): Promise<void> {
  for (const title of ['Signing secrets', 'Deliveries']) await clickButton(title)(page);
  await page.getByRole('group', { name: 'Deliveries' }).getByText('Milliseconds').waitFor();
}

/** Opens the values that receivers need. */
export async function openReceiverValues(page: Page): Promise<void> {
  const sections = page.getByRole('button', { name: /^Values for/ });
  for (let at = 0; at < (await sections.count()); at++) await sections.nth(at).click();
  await page.getByRole('textbox', { name: 'Poll URL' }).first().waitFor();
}

export const newSubscription = (kind: string) => async (page: Page) => {
  await clickButton('Add subscription')(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Reports');
  await dialog.getByRole('button', { name: /Delivery/ }).click();
  await page.getByRole('option', { name: kind, exact: true }).click();
};

/** Creates a subscription with a token. */
export const createSubscription = (kind: string) => async (page: Page) => {
  await newSubscription(kind)(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Add subscription' }).click();
  await page.getByText('Copy the token now').waitFor();
};

/** Chooses no type, and an endpoint that is refused. */
export async function refuseSubscription(page: Page): Promise<void> {
  await newSubscription('Security events, pushed')(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Endpoint').fill('https://10.0.0.1/');
  await dialog.getByRole('button', { name: /Types of events/ }).click();
  await page.getByRole('option', { name: 'Only the types that I choose' }).click();
  await dialog.getByRole('button', { name: 'Add subscription' }).click();
  await dialog.getByText('is not on the public internet').waitFor();
}

/** Fills in the first two steps of an operator, without the dialog of the last one. */
export async function createFirstDomain(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill('First customer');
  await clickButton('Create domain')(page);
  await page.getByText('The domain First customer exists').waitFor();
  await page.getByLabel('Email of the owner').waitFor();
}

export async function openShortcuts(page: Page): Promise<void> {
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
}

/** Chooses a file with a row that the service refuses, because the user has no name. */
export async function checkFile(page: Page): Promise<void> {
  const buffer = Buffer.from('userName,givenName\nnew@example.com,New\n,Nameless\n');
  await page.getByRole('button', { name: 'Choose a file', disabled: false }).waitFor();
  await page.locator('input[type=file]').setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer });
  await page.getByText('1 row is refused').waitFor();
}

export async function testConnection(page: Page): Promise<void> {
  await clickButton('Test this connection')(page);
  const outcome = page.getByText('All steps passed');
  await outcome.waitFor();
  await outcome.scrollIntoViewIfNeeded();
}
