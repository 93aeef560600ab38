import MiniSearch from 'minisearch';
import index from 'virtual:help/search';
import { type SearchEntry, SEARCH_OPTIONS } from './tree';

/** The search index of all help pages. */
export const searchIndex = MiniSearch.loadJSON<SearchEntry>(index, SEARCH_OPTIONS);
