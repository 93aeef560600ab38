import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startSystem } from '../../local/product/system';
import { launchChromium, signIn, waitForPaint, waitUntilLoaded } from '../portal/chromium';
import { createExample } from '../portal/example-data';
import { captureSetup, type SystemWithMailbox } from '../portal/setup-views';
import { operatorViews, type View, domainViews } from '../portal/views';

const STATE_DIRECTORY = '.local/screenshots-state';
const OUTPUT_DIRECTORY = '.local/screenshots';
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;
const SCHEMES = ['light', 'dark'] as const;
/**
 * PORTAL_LANGUAGE=de takes the pages in German. Dialogs are only in English, because their actions look for
 * English names.
 */
const LANGUAGE = process.env.PORTAL_LANGUAGE === 'de' ? 'de' : 'en';

/**
 * Writes a screenshot of every page and dialog, at both sizes and in both themes, to .local/screenshots
 * (`npm run portal:screenshots`). Arguments limit them to the views whose names contain one of them, such as
 * `setup`.
 */
async function main(): Promise<void> {
  rmSync(OUTPUT_DIRECTORY, { recursive: true, force: true });
  mkdirSync(OUTPUT_DIRECTORY, { recursive: true });
  const system = await startSystem({
    port: 0,
    fresh: true,
    ratePlan: 'unmetered',
    state: STATE_DIRECTORY,
    assembly: path.join(STATE_DIRECTORY, 'cdk.out'),
    synth: true,
    meter: false,
    verbose: false,
  });
  const browser = await launchChromium();
  try {
    await captureAll(browser, system.session);
  } finally {
    await browser.close();
    await system.stop();
  }
  console.log(`Written to ${OUTPUT_DIRECTORY}/.`);
}

const WANTED = process.argv.slice(2);
const isWanted = (name: string): boolean => WANTED.length === 0 || WANTED.some((part) => name.includes(part));
const canCapture = ({ name, interact }: View): boolean =>
  isWanted(name) && (LANGUAGE === 'en' || interact === undefined);

async function captureAll(browser: Browser, running: SystemWithMailbox): Promise<void> {
  const example = await createExample(running);
  for (const viewport of SIZES) {
    for (const colorScheme of SCHEMES) {
      const suffix = `${viewport.width}-${colorScheme}.png`;
      const options = { viewport, colorScheme, reducedMotion: 'reduce' as const, locale: LANGUAGE };
      const capture = async (email: string, views: readonly View[]) => {
        const context = await browser.newContext(options);
        const page = await context.newPage();
        await page.goto(running.portalUrl);
        await waitUntilLoaded(page);
        await page.screenshot({ path: path.join(OUTPUT_DIRECTORY, `sign-in-${suffix}`) });
        await signIn(page, running.portalUrl, email, LANGUAGE);
        for (const view of views.filter(canCapture)) {
          await page.goto(running.portalUrl + view.path);
          await waitUntilLoaded(page);
          await view.interact?.(page);
          await page.screenshot({
            path: path.join(OUTPUT_DIRECTORY, `${view.name}-${suffix}`),
            fullPage: !view.interact,
          });
        }
        await context.close();
      };
      await capture(example.ownerEmail, domainViews(example));
      await capture('operator@example.com', operatorViews(example));
      if (LANGUAGE !== 'en') continue;
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const email = `it-${viewport.width}-${colorScheme}@example.com`;
      await captureSetup(page, running, email, async (name, isDialog) => {
        await waitForPaint(page);
        if (!isWanted(name)) return;
        await page.screenshot({
          path: path.join(OUTPUT_DIRECTORY, `${name}-${suffix}`),
          fullPage: !isDialog,
        });
      });
      await context.close();
    }
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
