import path from 'node:path';
import type { SiteSource } from './sources';

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Returns the HTML of a page: navigation, search, and the content. */
export function pageHtml(source: SiteSource, content: string, sources: readonly SiteSource[]): string {
  const from = path.posix.dirname(source.page);
  const link = (page: string) => path.posix.relative(from, page) || path.posix.basename(page);
  const sections = [...new Set(sources.map(({ section }) => section))].map((section) => {
    const items = sources
      .filter((each) => each.section === section)
      .map(({ page, title }) => {
        const current = page === source.page ? ' aria-current="page"' : '';
        return `<li><a href="${link(page)}"${current}>${escapeHtml(title)}</a></li>`;
      });
    const isOpen = section === source.section ? ' open' : '';
    return `<details${isOpen}><summary>${section}</summary><ul>${items.join('')}</ul></details>`;
  });
  return `<!doctype html>
<html lang="en" data-root="${link('')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(source.title)}</title>
<link rel="stylesheet" href="${link('assets/site.css')}">
<script type="module" src="${link('assets/search.js')}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<nav aria-label="Documents">
<label>Search <input type="search" id="search" autocomplete="off"></label>
<ul id="results" aria-live="polite"></ul>
${sections.join('\n')}
</nav>
<main id="main" tabindex="-1">
${content}
</main>
</body>
</html>
`;
}
