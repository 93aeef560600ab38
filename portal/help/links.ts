import path from 'node:path';
import { HELP_FILES, HELP_SOURCES } from './pages';

const SLUGS = new Map(HELP_SOURCES.map(({ file, slug }) => [file, slug]));

/**
 * Returns the target of a link of a document, as `HelpElement.href` describes it. Undefined if readers of the
 * portal do not have the target, such as a source file.
 */
export function helpLink(file: string, link: string): string | undefined {
  if (/^\w+:/.test(link) || link.startsWith('#')) return link;
  const [target = '', anchor] = link.split('#');
  const linked = path.posix.join(path.posix.dirname(file), target);
  const fragment = anchor === undefined ? '' : `#${anchor}`;
  const slug = SLUGS.get(linked);
  if (slug !== undefined) return `/help/${slug}${fragment}`;
  if (HELP_FILES.some((name) => name === linked)) return `/help/${linked}`;
  return linked.endsWith('.md') && !linked.startsWith('..') ? `docs:${linked}${fragment}` : undefined;
}
