import { readFileSync } from 'node:fs';
import path from 'node:path';
import { git } from '../../../bench/synthesize-commit';

const CHANGELOG = path.join(__dirname, '../../../CHANGELOG.md');

/** A released version, and the tag or the commit that it is. */
export interface Release {
  readonly version: string;
  readonly ref: string;
}

/**
 * Returns the last release before this commit: its tag, or, in a clone without tags, the commit that the
 * changelog names. Returns undefined if there was no release, or if the clone does not have its commit.
 */
export function lastRelease(): Release | undefined {
  const tag = lastTag();
  if (tag !== undefined) return { version: tag, ref: tag };
  return releasesOf(readFileSync(CHANGELOG, 'utf8')).find(({ ref }) => isBeforeHead(ref));
}

/** Returns the releases of a changelog whose sections name their commits, the last one first. */
export const releasesOf = (changelog: string): Release[] =>
  [...changelog.matchAll(/^## \[(\d[^\]]*)\][^\n]*\n+Tag `\1`, commit `([\da-f]{40})`\.$/gm)].map(
    ([, version = '', ref = '']) => ({ version, ref }),
  );

const lastTag = (): string | undefined =>
  git('tag', '--list', '[0-9]*', '--merged', 'HEAD', '--no-contains', 'HEAD', '--sort=-v:refname').split(
    '\n',
  )[0] || undefined;

function isBeforeHead(commit: string): boolean {
  try {
    git('merge-base', '--is-ancestor', commit, 'HEAD');
    return commit !== git('rev-parse', 'HEAD');
  } catch {
    return false;
  }
}
