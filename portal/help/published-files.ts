import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { HelpNode, HelpPage } from '../src/help/tree';
import { helpLink } from './links';
import { type MarkedText, UNMARKED } from './markers';
import { HELP_FILES, HELP_SECTIONS, HELP_SOURCES } from './pages';

/**
 * Returns the files that the portal publishes next to the pages, by path: the pages as Markdown, `llms.txt`,
 * OpenAPI documents, and pictures. `texts` decides what stands in the place of the values of a deployment.
 */
export function publishedFiles(
  docs: string,
  pages: readonly HelpPage[],
  texts: MarkedText = UNMARKED,
): Map<string, string | Buffer> {
  const read = (file: string) => readFileSync(path.join(docs, file));
  const files = new Map<string, string | Buffer>([['llms.txt', llmsText(pages, texts)]]);
  for (const { slug, file } of HELP_SOURCES)
    if (file.endsWith('.md')) files.set(`help/${slug}.md`, plainMarkdown(file, read(file).toString(), texts));
  for (const file of HELP_FILES) files.set(`help/${file}`, texts.examples(read(file).toString()));
  const images = readdirSync(path.join(docs, 'images'));
  for (const name of imageNames(pages.flatMap(({ content }) => content)))
    if (images.includes(name)) files.set(`help/images/${name}`, read(`images/${name}`));
  return files;
}

/** Returns a document without comments, and with links to the published files. */
function plainMarkdown(file: string, text: string, texts: MarkedText): string {
  const plain = text
    .replace(/<!-- only:docs -->[^]*?<!-- \/only -->\n*/g, '')
    .replace(/<!-- value:([\w-]+) -->([^]*?)<!-- \/value -->/g, (_, name: string, value: string) =>
      texts.value(name, value),
    )
    .replace(/<!--[^]*?-->/g, '')
    .replace(/!\[([^\]]*)\]\((?:[^)]*\/)?([^)/]+)\)/g, '![$1](/help/images/$2)')
    .replace(/(?<!!)\[([^\]]+)\]\(([^)\s]+)\)/g, (_, label: string, link: string) => {
      const target = helpLink(file, link);
      if (target === undefined || target.startsWith('docs:')) return label;
      return `[${label}](${publishedLink(target)})`;
    });
  return texts.examples(plain);
}

/**
 * Returns the file of the page that a link such as `/help/okta#troubleshooting` leads to. Other links stay as
 * they are.
 */
function publishedLink(link: string): string {
  const [, slug, fragment = ''] = /^\/help\/([\w-]+)(#.*)?$/.exec(link) ?? [];
  const source = HELP_SOURCES.find((page) => page.slug === slug);
  return source === undefined ? link : fileOf(source) + fragment;
}

/** Returns the path of a published file: the Markdown of a page, or the OpenAPI document that it shows. */
const fileOf = ({ slug, file }: { readonly slug: string; readonly file: string }): string =>
  file.endsWith('.md') ? `/help/${slug}.md` : `/help/${file}`;

/** Returns `llms.txt`: the list of pages for language models (llmstxt.org). */
function llmsText(pages: readonly HelpPage[], { value }: MarkedText): string {
  const titles = new Map(pages.map(({ slug, title }) => [slug, title]));
  const lines = HELP_SECTIONS.flatMap((section) => [
    `## ${section.title}`,
    '',
    ...section.pages.map((page) => `- [${titles.get(page.slug)}](${fileOf(page)}): ${page.summary}`),
    '',
  ]);
  return [
    `# ${value('productName', 'Licenses and provisioning')}: help`,
    '',
    '> Connect an identity provider by SCIM 2.0, manage users and licenses, and connect a product.',
    '',
    ...lines,
  ].join('\n');
}

function imageNames(nodes: readonly HelpNode[]): string[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    const own = node.src === undefined ? [] : [node.src.replace(/^.*\//, '')];
    return [...own, ...imageNames(node.children ?? [])];
  });
}
