import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Session } from '../../local/product/session';
import { signIn, waitUntilLoaded } from '../portal/chromium';
import { type Machine, startNpm, stop, waitForOutput } from './command-run';
import { captureTerminal } from './terminal-picture';

/** A step of the path, and how long it took. */
export interface Step {
  readonly name: string;
  readonly seconds: number;
}

const OWNER = 'owner@example.com';
const READY = 'Ctrl-C stops it';
const VIEWPORT = { width: 960, height: 600 };

export interface PathOptions {
  readonly machine: Machine;
  readonly browser: Browser;
  /** Called with the name of a picture, to return its file. Undefined for no pictures. */
  readonly pictureOf: (name: string) => string | undefined;
  readonly onStep: (step: Step) => void;
}

/**
 * Goes the path of the README as a newcomer does: installs, starts, runs the printed commands, reads the email, and looks at
 * the portal. Throws if a step does not have the result that the README promises.
 */
export async function walkNewcomerPath({ machine, browser, pictureOf, onStep }: PathOptions): Promise<void> {
  const install = startNpm(machine, ['ci']);
  if ((await install.ended) !== 0) throw new Error(`npm ci failed:\n${install.output()}`);
  onStep({ name: '`npm ci`', seconds: install.seconds() });

  const system = startNpm(machine, ['start', '--', '--port', '0']);
  try {
    await waitForOutput(system, READY);
    onStep({ name: '`npm start`, until it prints the addresses', seconds: system.seconds() });
    await captureTerminal(browser, 'npm start', system.output(), pictureOf('1-start'));

    const session = JSON.parse(
      readFileSync(path.join(machine.cwd, '.local/session.json'), 'utf8'),
    ) as Session;
    const [provision = '', check = ''] = printedCommands(system.output());

    const provisioned = timed(() => shell(machine, provision));
    if (!provisioned.result.includes('201')) throw new Error(`No user was created:\n${provisioned.result}`);
    onStep({ name: 'The first printed `curl`: a user is created', seconds: provisioned.seconds });
    await captureTerminal(browser, 'curl', `${provision}\n\n${provisioned.result}`, pictureOf('2-provision'));

    const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: 'light', reducedMotion: 'reduce' });
    const mailStarted = Date.now();
    await waitForMail(session.mailUrl);
    onStep({ name: 'The email with the license key arrives', seconds: (Date.now() - mailStarted) / 1_000 });
    await page.goto(session.mailUrl);
    await page.getByText('john.doe').first().click();
    await picture(page, pictureOf('3-email'));

    const checked = timed(() => shell(machine, check));
    if (!checked.result.includes('"status":"active"'))
      throw new Error(`The license is not active:\n${checked.result}`);
    onStep({ name: 'The second printed `curl`: the license is active', seconds: checked.seconds });
    await captureTerminal(browser, 'curl', `${check}\n\n${checked.result}`, pictureOf('4-check'));

    const portalStarted = Date.now();
    await signIn(page, session.portalUrl, OWNER);
    await page.getByRole('link', { name: 'John Doe' }).waitFor();
    await waitUntilLoaded(page);
    onStep({
      name: 'Sign in to the portal, and see the user',
      seconds: (Date.now() - portalStarted) / 1_000,
    });
    await picture(page, pictureOf('5-portal'));
    await page.close();
  } finally {
    await stop(system);
  }

  const again = startNpm(machine, ['start', '--', '--port', '0']);
  try {
    await waitForOutput(again, READY);
    onStep({ name: '`npm start` again', seconds: again.seconds() });
    const [provision = ''] = printedCommands(again.output());
    const result = shell(machine, provision);
    if (!result.includes('201')) throw new Error(`The command of the second start failed:\n${result}`);
    onStep({ name: 'Its printed `curl` creates another user', seconds: 0 });
  } finally {
    await stop(again);
  }
}

/** Returns the commands of the banner. Each begins with `curl`, and continues while its lines end with a backslash. */
const printedCommands = (output: string): string[] =>
  [...output.matchAll(/^curl (?:.*\\\n)*.*$/gm)].map(([command]) => command);

function timed<T>(action: () => T): { result: T; seconds: number } {
  const startedAt = Date.now();
  const result = action();
  return { result, seconds: (Date.now() - startedAt) / 1_000 };
}

const shell = ({ cwd, env, uid }: Machine, command: string): string =>
  execFileSync('bash', ['-c', command], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    ...(uid !== undefined && { uid, gid: uid }),
  });

async function waitForMail(mailUrl: string): Promise<void> {
  for (;;) {
    const { emails } = (await (await fetch(`${mailUrl}/store`)).json()) as { emails: unknown[] };
    if (emails.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function picture(page: Page, file: string | undefined): Promise<void> {
  if (file !== undefined) await page.screenshot({ path: file });
}
