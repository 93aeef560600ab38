import pages from 'virtual:help/pages';
import type { HelpPage } from './tree';

/** Loads a help page; undefined if there is none. */
export const loadHelpPage = async (slug: string): Promise<HelpPage | undefined> =>
  Object.hasOwn(pages, slug) ? (await pages[slug]?.())?.default : undefined;
