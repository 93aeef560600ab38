import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startSystem } from '../../local/product/system';
import { launchChromium, waitUntilLoaded, signIn } from '../portal/chromium';
import { type ExampleData, createExample } from '../portal/example-data';

const STATE = '.local/docs-images-state';
const OUTPUT = 'docs/images';
const PORTAL = { width: 960, height: 720 };
const EMAIL = { width: 640, height: 640 };
const RECIPIENT = 'ada.larsen@example.com';

/** An email in the local mailbox. */
interface Email {
  readonly destination: { readonly to: readonly string[] };
  readonly body: { readonly html: string };
}

/** `npm run docs:images`: takes the pictures in docs/images from a running system. */
async function main(): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  const system = await startSystem({
    port: 0,
    fresh: true,
    ratePlan: 'unmetered',
    state: STATE,
    assembly: path.join(STATE, 'cdk.out'),
    synth: true,
    meter: false,
    verbose: false,
  });
  const browser = await launchChromium();
  try {
    const example = await createExample(system.session);
    await capturePortal(browser, system.session.portalUrl, example);
    await captureEmail(browser, system.session.mailUrl);
  } finally {
    await browser.close();
    await system.stop();
  }
}

async function capturePortal(
  browser: Browser,
  portalUrl: string,
  { domainId, ownerEmail }: ExampleData,
): Promise<void> {
  const page = await browser.newPage({ viewport: PORTAL, colorScheme: 'light', reducedMotion: 'reduce' });
  await signIn(page, portalUrl, ownerEmail);
  await page.goto(`${portalUrl}/domains/${domainId}/users`);
  await waitUntilLoaded(page);
  // The findings load after the page.
  await page.locator('.hint').waitFor();
  await page.screenshot({ path: output('portal.png') });
}

async function captureEmail(browser: Browser, mailUrl: string): Promise<void> {
  const response = await fetch(`${mailUrl}/store`);
  const { emails } = (await response.json()) as { emails: Email[] };
  const email = emails.find(({ destination }) => destination.to.includes(RECIPIENT));
  if (!email) throw new Error(`No email to ${RECIPIENT} has arrived.`);
  const page = await browser.newPage({ viewport: EMAIL, colorScheme: 'light' });
  await page.setContent(email.body.html);
  await page.screenshot({ path: output('license-email.png'), fullPage: true });
}

function output(name: string): string {
  return path.join(OUTPUT, name);
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
