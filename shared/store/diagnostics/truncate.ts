import { truncateText as truncateBytes } from '../table/truncate-text';

/** The largest size of a text, in bytes. All texts of one item then fit into one write unit of 1 kB. */
const MAX_TEXT_BYTES = 250;

/** Truncates each text, and leaves out those that are undefined. */
export function truncateTexts<T extends Readonly<Record<string, string | undefined>>>(texts: T): T {
  const given = Object.entries(texts).filter(([, text]) => text !== undefined);
  return Object.fromEntries(given.map(([name, text]) => [name, truncateDiagnosticText(text as string)])) as T;
}

/** Returns a text from a client as well-formed UTF-8 of limited size. */
export const truncateDiagnosticText = (text: string): string => truncateBytes(text, MAX_TEXT_BYTES);
