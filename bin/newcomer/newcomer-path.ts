import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { Session } from '../../local/product/session';
import { signIn, waitUntilLoaded } from '../portal/chromium';
import { Pictures } from './pictures';
import type { Stopwatch } from './stopwatch';
import { type Machine, TerminalCommand } from './terminal';

const OWNER = 'owner@example.com';
/** A text of the last line of the banner. */
const READY = 'domain list';
const VIEWPORT = { width: 960, height: 640 };

export interface PathOptions {
  readonly machine: Machine;
  readonly browser: Browser;
  /** Clones the repository into the directory of the machine. */
  readonly clone: () => void;
  /** The command that installs the packages. */
  readonly install: string;
  /** The command that starts the system. */
  readonly start: string;
  readonly pictures?: string;
  readonly watch: Stopwatch;
}

/**
 * Follows the steps of the README as a newcomer does: installs, starts, runs the printed commands, reads the
 * email, looks at the portal, and starts again. Throws if a step does not have the result that the README
 * promises.
 */
export async function walkNewcomerPath(options: PathOptions): Promise<void> {
  const { machine, browser, watch, install, start } = options;
  const pictures = new Pictures(browser, options.pictures);
  const take = (name: string, title: string, text: string) =>
    pictures.terminal(name, title, watch.since, text);
  const takePage = (name: string, title: string, page: Page) => pictures.page(name, title, watch.since, page);

  await watch.measure('`git clone`', options.clone);
  const installed = await watch.measure('the packages', () =>
    new TerminalCommand(machine, install).succeed(),
  );
  await take('install', 'The packages are installed', `$ ${install}\n${installed}`);

  const page = await browser.newPage({ viewport: VIEWPORT, colorScheme: 'light', reducedMotion: 'reduce' });
  await withSystem(machine, start, async (system) => {
    await watch.measure('`npm start`', () => system.waitFor(READY));
    const [provision = '', check = '', list = ''] = printedCommands(system.text());
    await take('start', 'npm start has printed the addresses', `$ ${start}\n${system.text()}`);

    const created = await watch.measure('first `curl`: a user', () => provisionUser(machine, provision));
    await take('user', 'The first printed command creates a user', `$ ${provision}\n${created}`);

    const session = readSession(machine);
    await watch.measure('the email', () => waitForMail(session.mailUrl));
    await openMail(page, session.mailUrl);
    await takePage('email', 'The email with the license key is in the mailbox', page);

    const status = await watch.measure('second `curl`: the license', () => shell(machine, check));
    if (!status.includes('"status":"active"')) throw new Error(`The license is not active:\n${status}`);
    await take('license', 'The second printed command checks the license key', `$ ${check}\n${status}`);

    await watch.measure('the portal', () => openPortal(page, session, 1));
    await takePage('portal', `The portal shows the user to ${OWNER}`, page);

    const listed = await watch.measure('the CLI', () => new TerminalCommand(machine, list).succeed());
    if (!listed.includes(session.domainId)) throw new Error(`The CLI does not list the domain:\n${listed}`);
    await take('cli', 'The CLI lists the domains', `$ ${list}\n${listed}`);

    await watch.measure('Ctrl-C', () => system.interrupt());
    const ended = lastLines(system.text());
    if (!ended.includes('Stopping') || /error/i.test(ended)) throw new Error(`Ctrl-C failed:\n${ended}`);
    await take('stop', 'Ctrl-C stops the system', ended);
  });

  await withSystem(machine, start, async (system) => {
    await watch.measure('`npm start` again', () => system.waitFor(READY));
    if (!system.text().includes('those of the last synthesis'))
      throw new Error(`The second start synthesized again:\n${system.text()}`);
    const [provision = ''] = printedCommands(system.text());
    const created = await watch.measure('another user', () => provisionUser(machine, provision));
    await take('start-again', 'The second start needs no synthesis', `$ ${start}\n${system.text()}`);
    await take('another-user', 'Its command creates another user', `$ ${provision}\n${created}`);
    await openPortal(page, readSession(machine), 2);
    await takePage('both-users', 'The portal shows both users', page);
  });
}

/** Starts the system for an action, and stops it afterward. */
async function withSystem(
  machine: Machine,
  start: string,
  action: (system: TerminalCommand) => Promise<void>,
): Promise<void> {
  const system = new TerminalCommand(machine, start);
  try {
    await action(system);
  } finally {
    await system.interrupt();
  }
}

/** Returns the commands of the banner. A command continues while its lines end with a backslash. */
const printedCommands = (text: string): string[] =>
  [...text.matchAll(/^ *((?:curl|npm run) (?:.*\\\n)*.*)$/gm)].map(([, command = '']) => command);

const readSession = ({ cwd }: Machine): Session =>
  JSON.parse(readFileSync(path.join(cwd, '.local/session.json'), 'utf8')) as Session;

function provisionUser(machine: Machine, command: string): string {
  const response = shell(machine, command);
  if (!response.startsWith('HTTP/1.1 201')) throw new Error(`No user was created:\n${response}`);
  return response;
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
    await sleep(100);
  }
}

/** Opens the mailbox, and shows its only email as mail clients do. */
async function openMail(page: Page, mailUrl: string): Promise<void> {
  await page.goto(mailUrl);
  await page.getByRole('button', { name: 'Toggle HTML view' }).click();
  // A new email grows into the list.
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))');
}

/** Signs in, and waits for this number of users. */
async function openPortal(page: Page, { portalUrl }: Session, users: number): Promise<void> {
  await signIn(page, portalUrl, OWNER);
  await page
    .getByRole('link', { name: 'John Doe' })
    .nth(users - 1)
    .waitFor();
  await waitUntilLoaded(page);
}

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-4).join('\n');
