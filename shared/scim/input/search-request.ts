import { ScimError } from '../error';
import { checkMessage, member } from './message';
import { isAttributes, type Json } from '../resource';
import { SEARCH_REQUEST } from '../urns';

type Reader = (name: string, value: Json) => string;

const text: Reader = (name, value) => {
  if (typeof value === 'string') return value;
  throw ScimError.invalidValue(`${name} must be a string.`);
};

/** Whether a string is a number is seen where the query is read, as for one in a URL. */
const wholeNumber: Reader = (name, value) => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value).toString();
  throw ScimError.invalidValue(`${name} must be a whole number.`);
};

const names: Reader = (name, value) => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(',');
  throw ScimError.invalidValue(`${name} must be an array of attribute names.`);
};

/** By the name of the query parameter that says the same in a URL. */
const READERS: Readonly<Record<string, Reader>> = {
  attributes: names,
  excludedAttributes: names,
  filter: text,
  sortBy: text,
  sortOrder: text,
  startIndex: wholeNumber,
  count: wholeNumber,
  cursor: text,
};

/**
 * The query that the body of a `.search` stands for (RFC 7644 §3.4.3, RFC 9865 §3), as the parameters of a URL. Keys in any
 * case; what is `null` is left out, what there is not is ignored. Throws `invalidSyntax` for another message, `invalidValue` for
 * a value of the wrong type.
 */
export function searchQuery(body: Json | undefined): Readonly<Record<string, string>> {
  if (!isAttributes(body)) throw ScimError.invalidSyntax('A search is a JSON object.');
  checkMessage(body, SEARCH_REQUEST);
  const query: Record<string, string> = {};
  for (const [name, read] of Object.entries(READERS)) {
    const value = member(body, name) ?? null;
    if (value !== null) query[name] = read(name, value);
  }
  return query;
}
