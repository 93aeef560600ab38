import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Filter } from '../../scim/filter/ast';
import { parseFilter } from '../../scim/filter/parse';
import { printFilter } from '../../scim/filter/print';
import { canonicalParameters } from '../../scim/input/search-request';
import { decodeSegment } from '../../scim/text/path-segment';
import { MASK } from './mask-path';
import { isProtocolText } from './mask-reason';

/** Returns the query of a request without the values of its filter. Undefined if there is none. */
export function maskQuery(query: APIGatewayProxyEvent['queryStringParameters']): string | undefined {
  const parameters = Object.entries(query ?? {});
  if (parameters.length === 0) return undefined;
  const masked = parameters.map(([name, value = '']) => maskParameter(canonicalName(name), value));
  return [...new Set(masked)].join('&');
}

/** Returns the texts of a request that its error may quote. */
export function* clientTextsOf({
  requestContext,
  queryStringParameters,
  headers,
  body,
}: APIGatewayProxyEvent): Generator<string> {
  for (const segment of requestContext.path.split('/')) yield* [segment, decodeSegment(segment)];
  yield* Object.entries(queryStringParameters ?? {}).flatMap(([name, value]) => [name, value ?? '']);
  for (const [name, value] of Object.entries(headers ?? {}))
    if (/^content-type$/i.test(name) && value !== undefined) yield value;
  yield* textsIn(body);
}

const canonicalName = (name: string): string => Object.keys(canonicalParameters({ [name]: '' }))[0] ?? name;

/** Parameters with the name of an attribute, or with a list of names. */
const NAMES: ReadonlySet<string> = new Set(['attributes', 'excludedAttributes', 'sortBy', 'sortOrder']);
const NUMBERS: ReadonlySet<string> = new Set(['startIndex', 'count']);
const ATTRIBUTE = /^[a-z$][\w$.:-]{0,79}$/i;
const NUMBER = /^-?\d{1,9}$/;

function maskParameter(name: string, value: string): string {
  if (name === 'filter') return `filter=${maskFilter(value)}`;
  if (name === 'cursor') return `cursor=${MASK}`;
  if (NUMBERS.has(name)) return `${name}=${NUMBER.test(value) ? value : MASK}`;
  if (!NAMES.has(name)) return MASK;
  const names = value.split(',').map((each) => maskName(each.trim()));
  return `${name}=${names.join(',')}`;
}

function maskFilter(text: string): string {
  try {
    return printFilter(withoutValues(parseFilter(text)));
  } catch {
    return MASK;
  }
}

/**
 * Returns a filter with a mask in place of texts, of numbers, and of everything that is not the path of an
 * attribute.
 */
function withoutValues(filter: Filter): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, operands: filter.operands.map(withoutValues) };
    case 'not':
      return { ...filter, operand: withoutValues(filter.operand) };
    case 'present':
      return { ...filter, path: maskName(filter.path) };
    case 'comparison': {
      const { value } = filter;
      const isPersonal = typeof value === 'string' || typeof value === 'number';
      return { ...filter, path: maskName(filter.path), value: isPersonal ? MASK : value };
    }
    case 'valuePath':
      return { ...filter, path: maskName(filter.path), filter: withoutValues(filter.filter) };
  }
}

const maskName = (path: string): string => (ATTRIBUTE.test(path) && isProtocolText(path) ? path : MASK);

/** Returns all texts of a body, with the names of its members. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const each of value) yield* textsIn(each);
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      yield name;
      yield* textsIn(member);
    }
}
