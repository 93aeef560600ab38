import { git } from '../../../bench/synthesize-commit';

/**
 * Returns the tag of the last release before this commit; undefined if there is none, as in a clone without
 * tags.
 */
export const lastReleaseTag = (): string | undefined =>
  git('tag', '--list', '[0-9]*', '--merged', 'HEAD', '--no-contains', 'HEAD', '--sort=-v:refname').split(
    '\n',
  )[0] || undefined;
