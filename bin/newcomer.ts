import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { program } from 'commander';
import { walkNewcomerPath } from './newcomer/newcomer-path';
import { minutes } from './newcomer/pictures';
import { type Step, Stopwatch } from './newcomer/stopwatch';
import type { Machine } from './newcomer/terminal';
import { launchChromium } from './portal/chromium';

interface Flags {
  readonly node: string;
  readonly uid?: number;
  readonly port?: number;
  readonly cache?: string;
  readonly modules?: string;
  readonly pictures?: string;
}

const ROOT = path.join(__dirname, '..');
/** A space in the path finds commands that do not quote it. */
const DIRECTORY = 'scim provisioning';

program
  .name('npm run newcomer --')
  .description(
    'Clones the last commit, and follows the steps of the README as a newcomer does. Prints how long each step takes. ' +
      'Ends with code 1 if a step fails. Requires Linux and Chromium.',
  )
  .option(
    '--node <file>',
    'executable of the Node to use, with the npm beside it if there is one',
    process.execPath,
  )
  .option('--uid <number>', 'user and group to run as; requires root', Number)
  .option('--port <number>', 'port to pass to npm start, 0 for a free one', Number)
  .option(
    '--cache <directory>',
    'directory with packages that npm has downloaded before (default: an empty one)',
  )
  .option('--modules <directory>', 'node_modules to copy instead of npm ci, to measure only the other steps')
  .option('--pictures <directory>', 'take pictures of the steps');

async function main(): Promise<void> {
  const { node, uid, port, cache, modules, pictures } = program.parse().opts<Flags>();
  const home = mkdtempSync(path.join(tmpdir(), 'newcomer-'));
  const browser = await launchChromium();
  try {
    const machine = prepare(home, path.resolve(node), { uid, cache });
    const watch = new Stopwatch(({ name, seconds, since }) =>
      console.error(`${minutes(since)}  ${name}: ${seconds.toFixed(1)} s`),
    );
    await walkNewcomerPath({
      ...{ machine, browser, pictures, watch },
      clone: () => clone(machine),
      install: modules === undefined ? 'npm ci' : `cp -r '${path.resolve(modules)}' node_modules`,
      start: port === undefined ? 'npm start' : `npm start -- --port ${port}`,
    });
    console.log(report(machine, watch.steps));
  } finally {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Makes an empty home for the user, and an environment in which commands find this Node. */
function prepare(home: string, node: string, { uid, cache }: Pick<Flags, 'uid' | 'cache'>): Machine {
  const bin = path.join(home, 'bin');
  mkdirSync(bin);
  symlinkSync(node, path.join(bin, 'node'));
  const besideNode = path.join(path.dirname(node), 'npm');
  const npm = existsSync(besideNode) ? besideNode : process.env.npm_execpath;
  if (npm === undefined) throw new Error('Start it with: npm run newcomer');
  symlinkSync(npm, path.join(bin, 'npm'));
  if (uid !== undefined) {
    chmodSync(home, 0o755);
    execFileSync('chown', ['-hR', `${uid}:${uid}`, home]);
  }
  // npm tells its scripts how it was called. A newcomer has none of this, except for the registry of this
  // machine.
  const inherited = Object.entries(process.env).filter(
    ([name]) => name === 'npm_config_registry' || !/^npm_|^NODE_OPTIONS$|^INIT_CWD$/i.test(name),
  );
  return {
    cwd: path.join(home, DIRECTORY),
    env: {
      ...Object.fromEntries(inherited),
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      HOME: home,
      TMPDIR: home,
      ...(cache !== undefined && { npm_config_cache: path.resolve(cache) }),
    },
    ...(uid !== undefined && { uid }),
  };
}

/** Clones the last commit. Git refuses to clone a repository of another user, so this user clones. */
function clone({ cwd, uid }: Machine): void {
  execFileSync('git', ['clone', '--quiet', ROOT, cwd]);
  if (uid !== undefined) execFileSync('chown', ['-hR', `${uid}:${uid}`, cwd]);
}

/** Returns the times as a table. */
function report({ cwd, env, uid }: Machine, steps: readonly Step[]): string {
  const version = (command: string) => execFileSync(command, ['--version'], { env, encoding: 'utf8' }).trim();
  return [
    `\nNode ${version('node')}, npm ${version('npm')}, user ${uid ?? process.getuid?.() ?? 'unknown'}, in "${cwd}":\n`,
    '| step | seconds | since the beginning |\n| --- | ---: | ---: |',
    ...steps.map(({ name, seconds, since }) => `| ${name} | ${seconds.toFixed(1)} | ${minutes(since)} |`),
  ].join('\n');
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
