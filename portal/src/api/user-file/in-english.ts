import { en } from './messages/en';
import type { FileTexts } from './users-csv';

/** Returns what is wrong with a file in English, without the catalogs of the portal. */
export const inEnglish: FileTexts = (key, ...[values]) => {
  const named = new Map<string, string | number>(Object.entries(values ?? {}));
  return en[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(named.get(name)));
};
