import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startSystem } from '../local/product/system';
import { launchChromium, settled, signIn } from './portal/chromium';
import { makeExample, type Running } from './portal/example';
import { operatorViewsOf, type View, viewsOf } from './portal/views';

const STATE = '.local/screenshots-state';
const OUTPUT = '.local/screenshots';
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;
const SCHEMES = ['light', 'dark'] as const;

/** `npm run portal:screenshots`: every page and dialog, at both sizes and in both themes, into .local/screenshots. */
async function main(): Promise<void> {
  rmSync(OUTPUT, { recursive: true, force: true });
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
    await shootAll(browser, system.session);
  } finally {
    await browser.close();
    await system.stop();
  }
  console.log(`Written to ${OUTPUT}/.`);
}

async function shootAll(browser: Browser, running: Running): Promise<void> {
  const example = await makeExample(running);
  for (const viewport of SIZES) {
    for (const colorScheme of SCHEMES) {
      const suffix = `${viewport.width}-${colorScheme}.png`;
      const options = { viewport, colorScheme, reducedMotion: 'reduce' as const };
      const shoot = async (email: string, views: readonly View[]) => {
        const context = await browser.newContext(options);
        const page = await context.newPage();
        await page.goto(running.portalUrl);
        await settled(page);
        await page.screenshot({ path: path.join(OUTPUT, `sign-in-${suffix}`) });
        await signIn(page, running.portalUrl, email);
        for (const view of views) {
          await page.goto(running.portalUrl + view.path);
          await settled(page);
          await view.act?.(page);
          await page.screenshot({ path: path.join(OUTPUT, `${view.name}-${suffix}`), fullPage: !view.act });
        }
        await context.close();
      };
      await shoot(example.owner, viewsOf(example));
      await shoot('operator@example.com', operatorViewsOf(example));
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
