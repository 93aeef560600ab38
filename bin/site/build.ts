import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import MiniSearch from 'minisearch';
import { pageHtml } from './layout';
import { publishedPath, SiteLinks } from './links';
import { renderPage } from './markdown';
import { type SiteSource, siteSources } from './sources';

const ASSETS = path.join(__dirname, 'assets');
const OPTIONS = { fields: ['title', 'heading', 'text'], storeFields: ['title', 'heading'] };

/** Builds all documents of the repository `root` as a site with a search. Returns the number of pages. */
export async function buildSite(root: string, output: string): Promise<number> {
  const { default: Eleventy } = await import('@11ty/eleventy');
  const sources = siteSources(root);
  const links = new SiteLinks(root, sources);
  const pages = sources.map((source) => ({ source, ...renderPage(source, links) }));
  rmSync(output, { recursive: true, force: true });
  const input = path.join(root, '.local', 'docs-site-input');
  rmSync(input, { recursive: true, force: true });
  mkdirSync(input, { recursive: true });
  const site = new Eleventy(input, output, {
    quietMode: true,
    configPath: false,
    config: (config) => {
      for (const { source, html } of pages)
        config.addTemplate(`${source.page}.11ty.js`, {
          data: () => ({ permalink: source.page }),
          render: () => pageHtml(source, html, sources),
        });
    },
  });
  await site.write();
  copyFiles(
    root,
    output,
    pages.flatMap(({ copied }) => copied),
  );
  writeFileSync(path.join(output, 'assets', 'search.json'), searchIndex(pages));
  return pages.length;
}

function copyFiles(root: string, output: string, files: readonly string[]): void {
  cpSync(ASSETS, path.join(output, 'assets'), { recursive: true });
  cpSync(
    require.resolve('minisearch').replace(/cjs\/index\.cjs$/, 'es/index.js'),
    path.join(output, 'assets/minisearch.js'),
  );
  for (const file of new Set(files)) {
    const target = path.join(output, publishedPath(file));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(path.join(root, file)));
  }
}

interface BuiltPage {
  readonly source: SiteSource;
  readonly sections: readonly { readonly anchor: string; readonly heading: string; readonly text: string }[];
}

function searchIndex(pages: readonly BuiltPage[]): string {
  const index = new MiniSearch<Record<string, string>>(OPTIONS);
  index.addAll(
    pages.flatMap(({ source, sections }) =>
      sections.map(({ anchor, heading, text }) => ({
        id: anchor === '' ? source.page : `${source.page}#${anchor}`,
        title: source.title,
        heading,
        text,
      })),
    ),
  );
  return JSON.stringify({ options: OPTIONS, index });
}
