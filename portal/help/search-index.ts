import MiniSearch from 'minisearch';
import { type HelpNode, type HelpPage, type SearchEntry, SEARCH_OPTIONS, textOf } from '../src/help/tree';

/** Returns the sections of a page for the search: one for each heading with an anchor. */
function searchEntries({ slug, title, content }: HelpPage): SearchEntry[] {
  const entries: { id: string; title: string; heading: string; texts: string[] }[] = [
    { id: slug, title, heading: '', texts: [] },
  ];
  for (const node of content) {
    if (typeof node !== 'string' && node.id !== undefined && /^h[23]$/.test(node.tag))
      entries.push({ id: `${slug}#${node.id}`, title, heading: textOf([node]), texts: [] });
    else entries.at(-1)?.texts.push(spaced(node));
  }
  return entries.map(({ texts, ...entry }) => ({ ...entry, text: texts.join(' ') }));
}

/**
 * Returns the text of a node with a space after each element, so that the cells of a table are separate
 * words.
 */
function spaced(node: HelpNode): string {
  if (typeof node === 'string') return node;
  const isInline = ['a', 'code', 'em', 'strong', 'value'].includes(node.tag);
  return (node.children ?? []).map(spaced).join('') + (isInline ? '' : ' ');
}

/** Returns the search index of all pages, as the JSON that the page loads. */
export function buildSearchIndex(pages: readonly HelpPage[]): string {
  const index = new MiniSearch<SearchEntry>(SEARCH_OPTIONS);
  index.addAll(pages.flatMap(searchEntries));
  return JSON.stringify(index);
}
