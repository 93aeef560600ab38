import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..');
const BUNDLING = { ...process.env, CDK_VALIDATION: 'false' };

export const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** Returns the commit of a tag, a branch, or another reference. Throws a sentence if there is none. */
export function commitOf(ref: string): string {
  try {
    return git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
  } catch {
    throw new Error(
      `There is no commit "${ref}". Name a tag, a branch, or a commit, or run git fetch --tags.`,
    );
  }
}

/** Synthesizes the working tree into `directory`. */
export const synthesizeCurrent = (directory: string): void => synthesize(ROOT, directory);

/**
 * Synthesizes a commit in a temporary worktree of its own, with the packages of this one, into `directory`.
 * Applies a patch first if there is one.
 */
export function synthesizeCommit(commit: string, worktree: string, directory: string, patch?: string): void {
  git('worktree', 'add', '--detach', worktree, commit);
  try {
    if (patch !== undefined) git('-C', worktree, 'apply', patch);
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(worktree, 'node_modules'));
    synthesize(worktree, directory);
  } finally {
    git('worktree', 'remove', '--force', worktree);
  }
}

function synthesize(root: string, directory: string): void {
  const cdk = path.join(root, 'node_modules/.bin/cdk');
  execFileSync(cdk, ['synth', '--quiet', '-c', 'stage=local', '--output', directory], {
    cwd: root,
    env: BUNDLING,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
