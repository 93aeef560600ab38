import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { HelpPage, HelpSection } from '../src/help/tree';
import { parseDocument } from './markdown';
import type { OpenApiDocument } from './openapi/document';
import { renderOpenApi } from './openapi/render';
import { HELP_SECTIONS, HELP_SOURCES } from './pages';

/**
 * Builds all help pages from the directory `docs`. Throws if a document contains what a help page cannot
 * show.
 */
export const buildPages = (docs: string): HelpPage[] =>
  HELP_SOURCES.map(({ slug, file, title }) => {
    const text = readFileSync(path.join(docs, file), 'utf8');
    const document = file.endsWith('.json')
      ? renderOpenApi(file, JSON.parse(text) as OpenApiDocument)
      : parseDocument(file, text);
    return { slug, ...document, ...(title && { title }) };
  });

/** Returns the list of pages with their titles. */
export function listPages(pages: readonly HelpPage[]): HelpSection[] {
  const titles = new Map(pages.map(({ slug, title }) => [slug, title]));
  return HELP_SECTIONS.map((section) => ({
    title: section.title,
    pages: section.pages.map(({ slug, summary }) => ({ slug, summary, title: titles.get(slug) ?? slug })),
  }));
}
