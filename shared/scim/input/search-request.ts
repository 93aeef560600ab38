import { ScimError } from '../error';
import { checkMessage, member } from './message';
import { invalidValue } from './read-simple';
import { isAttributes, type Json } from '../resource';
import { SEARCH_REQUEST } from '../urns';

type Reader = (name: string, value: Json) => string;

const text: Reader = (name, value) => {
  if (typeof value === 'string') return value;
  throw invalidValue(name, 'it is not a string', 'Send a string.');
};

/** Accepts any string, because the parser of the query checks its number, as for a URL. */
const wholeNumber: Reader = (name, value) => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value).toString();
  throw invalidValue(name, 'it is not a whole number', 'Send a whole number.');
};

const names: Reader = (name, value) => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(',');
  throw invalidValue(name, 'it is not an array of strings', 'Send an array of attribute names.');
};

/** The reader of each member, by the name of the equivalent query parameter. */
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
 * Reads the body of a `.search` request (RFC 7644 §3.4.3, RFC 9865 §3) as the parameters of the equivalent
 * URL. Keys may be in any case. Members that are `null` are omitted, and unknown members are ignored. Throws
 * `invalidSyntax` if the body is another message, and `invalidValue` if a value has the wrong type.
 */
export function searchQuery(body: Json | undefined): Readonly<Record<string, string>> {
  if (!isAttributes(body)) {
    throw ScimError.invalidSyntax(
      'The search request cannot be read because its body is not a JSON object. ' +
        'Send an object, such as {"count": 10}.',
    );
  }
  checkMessage(body, SEARCH_REQUEST);
  const query: Record<string, string> = {};
  for (const [name, read] of Object.entries(READERS)) {
    const value = member(body, name) ?? null;
    if (value !== null) query[name] = read(name, value);
  }
  return query;
}

const PARAMETER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.keys(READERS).map((name) => [name.toLowerCase(), name]),
);

/**
 * Returns one value for each parameter of a URL. Repeated lists of attribute names are joined. Of another
 * parameter, the last value counts. Throws `invalidSyntax` for different filters, because ignoring one of
 * them would return resources that it excludes.
 */
export function singleValues(
  query: Readonly<Record<string, readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(query).map(([name, values = []]) => {
      const canonicalName = PARAMETER_NAMES.get(name.toLowerCase());
      if (canonicalName && READERS[canonicalName] === names) return [name, values.join(',')];
      if (canonicalName === 'filter' && new Set(values).size > 1) {
        throw ScimError.invalidSyntax(
          `The query contains ${values.length} filters. Send one filter, and join its terms with and or or.`,
        );
      }
      return [name, values.at(-1) ?? ''];
    }),
  );
}

/**
 * Returns query parameters under their names in RFC 7644 §3.9: some clients send `startindex` or `Filter`,
 * and ignoring a filter would return every resource. A parameter in the RFC's spelling wins over others.
 */
export function canonicalParameters<Value>(
  query: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const renamed = Object.entries(query).map(([name, value]): [string, Value] => [
    PARAMETER_NAMES.get(name.toLowerCase()) ?? name,
    value,
  ]);
  return { ...Object.fromEntries(renamed), ...query };
}
