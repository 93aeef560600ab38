import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');
const BUNDLING = { ...process.env, CDK_VALIDATION: 'false' };

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();

/** Returns the tag of the last release before this commit; undefined if there is none, as in a clone without tags. */
export const lastReleaseTag = (): string | undefined =>
  git('tag', '--list', '[0-9]*', '--merged', 'HEAD', '--no-contains', 'HEAD', '--sort=-v:refname').split(
    '\n',
  )[0] || undefined;

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

/** Synthesizes a commit in a temporary worktree of its own, with the packages of this one, into `directory`. */
export function synthesizeCommit(commit: string, worktree: string, directory: string): void {
  git('worktree', 'add', '--detach', worktree, commit);
  try {
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
