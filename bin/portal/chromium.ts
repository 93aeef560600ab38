import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const EXECUTABLES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Disables background requests of Chromium, so that every request comes from the page. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Launches Chromium with an empty profile. Throws if it is not installed. */
export function launchChromium(timeoutMs?: number): Promise<Browser> {
  const executablePath = EXECUTABLES.find((file) => file !== undefined && existsSync(file));
  if (!executablePath) {
    throw new Error(
      'Chromium was not found. Install it (Debian: apt-get install chromium), ' +
        'or set its path: CHROMIUM_PATH=/path/to/chromium.',
    );
  }
  return chromium.launch({ executablePath, args: FLAGS, timeout: timeoutMs });
}

/** The buttons of the sign-in in each language of the portal. */
const SIGN_IN = {
  en: { signIn: 'Sign in', account: /^Account/ },
  de: { signIn: 'Anmelden', account: /^Konto/ },
} as const;

/** Signs in at the local issuer as the account with this email address, and waits for the portal. */
export async function signIn(
  page: Page,
  portalUrl: string,
  email: string,
  language: keyof typeof SIGN_IN = 'en',
): Promise<void> {
  const names = SIGN_IN[language];
  await page.goto(portalUrl);
  await page.getByRole('button', { name: names.signIn }).click();
  await page.getByRole('button', { name: email }).click();
  // This button appears after the code exchange. Leaving the page earlier would abort the exchange.
  await page.getByRole('button', { name: names.account }).waitFor();
}

/** Waits until the page has loaded its data. */
export async function waitUntilLoaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.skeleton, .table-stale').first().waitFor({ state: 'detached' });
}

/** Waits until the latest changes of the page, such as its colors, are painted. */
export async function waitForPaint(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** The rules whose result depends on the colors or on the size of the screen. */
export const VISUAL_RULES = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'meta-viewport'];

/** The rules that axe checks: those in `only`, or all but those in `without`. @default all rules */
export interface AxeRules {
  readonly only?: readonly string[];
  readonly without?: readonly string[];
}

/** Returns the axe violations of the current page, one line per rule. */
export async function axeViolations(page: Page, { only, without = [] }: AxeRules = {}): Promise<string[]> {
  // The debugger's evaluation bypasses the page's Content-Security-Policy. axe has 500 kB, so inject it once
  // per page.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe);
  const options = {
    resultTypes: ['violations'],
    rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
    ...(only && { runOnly: { type: 'rule', values: only } }),
  };
  const found: Violation[] = await page.evaluate(
    `axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' and ')}`);
}
