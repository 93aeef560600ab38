import type { Plugin } from 'vite';
import type { HelpPage } from '../src/help/tree';
import { buildPages, listPages } from './build';
import { MARKED } from './markers';
import { publishedFiles } from './published-files';
import { buildSearchIndex } from './search-index';

const PREFIX = 'virtual:help/';
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
};

/**
 * Builds the help pages from the directory `docs`. `virtual:help/contents` lists them, `virtual:help/pages`
 * loads each of them, and `virtual:help/search` contains the search index. The published files are copied
 * into the output, with markers that the deployment replaces by its values.
 */
export function helpPages(docs: string): Plugin {
  let built: HelpPage[] | undefined;
  const pages = (): HelpPage[] => (built ??= buildPages(docs));
  return {
    name: 'help-pages',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return;
      return moduleOf(id.slice(PREFIX.length + 1), pages());
    },
    generateBundle() {
      for (const [fileName, source] of publishedFiles(docs, pages(), MARKED))
        this.emitFile({ type: 'asset', fileName, source });
    },
    // The development server has no output, so it reads the documents for each request, without values.
    configureServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        const file = request.url?.split('?', 1)[0]?.slice(1) ?? '';
        const content = /^(llms\.txt$|help\/.*\.)/.test(file) && publishedFiles(docs, pages()).get(file);
        if (!content) return next();
        response.setHeader('content-type', CONTENT_TYPES[file.replace(/^.*\./, '')] ?? 'text/plain');
        response.end(content);
      });
    },
  };
}

/** Returns the source of a virtual module. */
function moduleOf(name: string, pages: readonly HelpPage[]): string {
  if (name === 'contents') return exportJson(listPages(pages));
  if (name === 'search') return `export default ${JSON.stringify(buildSearchIndex(pages))};`;
  if (name === 'pages') {
    const loaders = pages.map(({ slug }) => `${JSON.stringify(slug)}: () => import('${PREFIX}page/${slug}')`);
    return `export default { ${loaders.join(', ')} };`;
  }
  const page = pages.find(({ slug }) => name === `page/${slug}`);
  if (!page) throw new Error(`There is no help page ${name}.`);
  return exportJson(page);
}

/** A string that is parsed is faster than a large object literal. */
const exportJson = (value: unknown): string =>
  `export default JSON.parse(${JSON.stringify(JSON.stringify(value))});`;
