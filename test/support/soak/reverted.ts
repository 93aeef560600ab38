import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { commitOf, synthesizeCommit } from '../../../bench/synthesize-commit';
import { fastDirectory } from '../system/own-system';

const ROOT = path.join(__dirname, '../../..');
const PATCHES = path.join(__dirname, 'reverted');
/** The exit code of a soak that has found something. */
const FOUND = 2;

/** The fixes that can be reverted, by the names of their patches. */
export const REVERTED_FIXES: readonly string[] = readdirSync(PATCHES).map((file) =>
  path.basename(file, '.patch'),
);

/**
 * Reverts a fix in a temporary copy of the current commit, and runs a soak of its bundles with the same
 * flags. Returns whether the soak of each reverted fix has found something.
 */
export function soakReverted(name: string, flags: readonly string[]): boolean {
  const names = name === 'all' ? REVERTED_FIXES : [name];
  const at = flags.findIndex((flag) => flag.startsWith('--reverted'));
  const others = flags.toSpliced(at, flags[at]?.includes('=') ? 1 : 2);
  const missed = names.filter((each) => !isFound(each, others));
  for (const each of missed) console.log(`The soak did not find that ${each} is reverted.`);
  return missed.length === 0;
}

function isFound(name: string, flags: readonly string[]): boolean {
  const directory = fastDirectory('scim-reverted-');
  try {
    const assembly = path.join(directory, 'cdk.out');
    const patch = path.join(PATCHES, `${name}.patch`);
    synthesizeCommit(commitOf('HEAD'), path.join(directory, 'worktree'), assembly, patch);
    console.log(`\nThe soak with ${name} reverted:`);
    const { status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', path.join(ROOT, 'test/soak.ts'), ...flags, '--assembly', assembly],
      { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    return status === FOUND;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
