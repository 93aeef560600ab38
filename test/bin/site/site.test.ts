import path from 'node:path';
import { SiteLinks } from '../../../bin/site/links';
import { renderPage } from '../../../bin/site/markdown';
import { siteSources } from '../../../bin/site/sources';

const ROOT = path.join(__dirname, '../../..');
const sources = siteSources(ROOT);
const links = new SiteLinks(ROOT, sources);
const pages = sources.map((source) => ({ page: source.page, ...renderPage(source, links) }));
const anchors = new Map(
  pages.map(({ page, html }) => [page, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]),
);
const files = new Set(pages.flatMap(({ copied }) => copied).map((file) => file.replace(/^docs\//, '')));

/** Returns whether a link of a page leads to a page, to one of its sections, or to a copied file. */
function leadsSomewhere(page: string, href: string): boolean {
  if (/^\w+:/.test(href)) return URL.canParse(href);
  const [target = '', anchor] = href.split('#');
  const linked = target === '' ? page : path.posix.join(path.posix.dirname(page), target);
  const known = anchors.get(linked);
  if (known === undefined) return files.has(linked);
  return anchor === undefined || known.has(decodeURIComponent(anchor));
}

const hrefsOf = (html: string): string[] =>
  [...html.matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

describe('the site of the documents', () => {
  it('has a page for each document, and each name once', () => {
    expect(pages.length).toBeGreaterThan(100);
    expect(new Set(pages.map(({ page }) => page)).size).toBe(pages.length);
    expect(sources.find(({ file }) => file === 'docs/runbook.md')?.page).toBe('runbook.html');
  });

  it('has only links that lead somewhere', () => {
    const dead = pages.flatMap(({ page, html }) =>
      hrefsOf(html)
        .filter((href) => !leadsSomewhere(page, href))
        .map((href) => `${page}: ${href}`),
    );
    expect(dead).toEqual([]);
  });

  it.each([
    ['okta.html', 'nothing.html'],
    ['okta.html', 'readiness.html#nothing'],
    ['okta.html', '#nothing'],
    ['guides/index.html', 'okta.html'],
  ])('would notice that %s links to %s', (page, href) => expect(leadsSomewhere(page, href)).toBe(false));

  it('shows a link to what the site does not have as text', () => {
    const source = {
      file: 'docs/a.md',
      page: 'a.html',
      title: 'A',
      section: 'Documents',
      text: '# A\n\n[here](../nothing.ts)',
    };
    expect(hrefsOf(renderPage(source, links).html)).toEqual([]);
  });
});
