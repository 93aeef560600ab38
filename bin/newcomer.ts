import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { program } from 'commander';
import type { Machine } from './newcomer/command-run';
import { type Step, walkNewcomerPath } from './newcomer/newcomer-path';
import { launchChromium } from './portal/chromium';

interface Flags {
  readonly node: string;
  readonly uid?: number;
  readonly pictures?: string;
}

const ROOT = path.join(__dirname, '..');
/** A space in the path finds commands that do not quote it. */
const DIRECTORY = 'scim provisioning';

program
  .name('npm run newcomer --')
  .description(
    'Clones the last commit, and goes the path of the README as a newcomer does. Prints how long each step takes. ' +
      'Ends with code 1 if a step fails.',
  )
  .option('--node <file>', 'executable of the Node to use', process.execPath)
  .option('--uid <number>', 'user and group to run as; requires root', Number)
  .option('--pictures <directory>', 'take pictures of the steps');

async function main(): Promise<void> {
  const { node, uid, pictures } = program.parse().opts<Flags>();
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('Start it with: npm run newcomer');
  const home = mkdtempSync(path.join(tmpdir(), 'newcomer-'));
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
  const browser = await launchChromium();
  try {
    const machine = prepare(home, { node: path.resolve(node), npm, uid });
    const steps: Step[] = [];
    await walkNewcomerPath({
      machine,
      browser,
      pictureOf: (name) => (pictures === undefined ? undefined : path.join(pictures, `${name}.png`)),
      onStep: (step) => {
        steps.push(step);
        console.error(`${step.seconds.toFixed(1).padStart(6)} s  ${step.name}`);
      },
    });
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    console.log(`\nNode ${version}, user ${uid ?? process.getuid?.() ?? 'unknown'}, in "${machine.cwd}":\n`);
    console.log('| step | seconds |\n| --- | ---: |');
    for (const { name, seconds } of steps) console.log(`| ${name} | ${seconds.toFixed(1)} |`);
  } finally {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Clones the last commit into a directory of the user, with an empty home. */
function prepare(home: string, { node, npm, uid }: Pick<Machine, 'node' | 'npm' | 'uid'>): Machine {
  const cwd = path.join(home, DIRECTORY);
  execFileSync('git', ['clone', '--quiet', ROOT, cwd]);
  if (uid !== undefined) {
    chmodSync(home, 0o755);
    execFileSync('chown', ['-R', `${uid}:${uid}`, home]);
  }
  const { PATH = '', HOME = '', ...inherited } = process.env;
  // npm tells its scripts how it was called. A newcomer has none of this.
  const others = Object.entries(inherited).filter(([name]) => !/^npm_|^NODE_OPTIONS$|^INIT_CWD$/i.test(name));
  const npmrc = path.join(HOME, '.npmrc');
  return {
    ...{ node, npm, cwd, ...(uid !== undefined && { uid }) },
    env: {
      ...Object.fromEntries(others),
      // Scripts of npm find this Node first.
      PATH: `${path.dirname(node)}:${PATH}`,
      HOME: home,
      TMPDIR: home,
      // The registry of this machine. Another user cannot read it.
      ...(uid === undefined && existsSync(npmrc) && { npm_config_userconfig: npmrc }),
    },
  };
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
