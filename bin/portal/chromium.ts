import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const EXECUTABLE_PATHS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** It asks nobody for updates, accounts or lists of components: every request is one of the page. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium with an empty profile; throws where the machine has none, and says what to do. */
export function launchChromium(): Promise<Browser> {
  const executablePath = EXECUTABLE_PATHS.find((place) => place !== undefined && existsSync(place));
  if (!executablePath) {
    throw new Error(
      'There is no Chromium on this machine. Install it (Debian: apt-get install chromium), ' +
        'or say where it is: CHROMIUM_PATH=/path/to/chromium.',
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Signs in at the local issuer as the account with this mail address, and waits for the portal. */
export async function signIn(page: Page, portalUrl: string, email: string): Promise<void> {
  await page.goto(portalUrl);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: email }).click();
  // Shown once the code is exchanged, which leaving the page would break off.
  await page.getByRole('button', { name: /^Account/ }).waitFor();
}

/** Waits until the page has all that it asked for. */
export async function waitUntilLoaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.skeleton, .table-stale').first().waitFor({ state: 'detached' });
}

/** Waits until what was changed about the page, such as its colours, is painted. */
export async function waitForPaint(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds wrong with the page as it is shown now, a line for each rule. */
export async function axeViolations(page: Page): Promise<string[]> {
  // By the debugger's way in, where the page's Content-Security-Policy does not hold; half a megabyte, once for each page.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe);
  const found: Violation[] = await page.evaluate(
    'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations)',
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' and ')}`);
}
