import { ScimError } from '../scim/error';
import type { Filter } from '../scim/filter/ast';
import { parseFilter } from '../scim/filter/parse';

/** What a listing asks for (RFC 7644 §3.4.2), within bounds. */
export interface ListQuery {
  readonly filter?: Filter;
  /** 1 or more. */
  readonly startIndex: number;
  /** From 0, which asks for the total only, to `MAX_COUNT`. */
  readonly count: number;
}

export const DEFAULT_COUNT = 100;
export const MAX_COUNT = 1000;

/** RFC 7644 §3.4.2.4: a `startIndex` below 1 is 1, a negative `count` is 0; more than we give is what we give. */
export function parseListQuery(query: Readonly<Record<string, string | undefined>>): ListQuery {
  return {
    ...(query.filter !== undefined && { filter: parseFilter(query.filter) }),
    startIndex: Math.max(1, wholeNumber('startIndex', query.startIndex) ?? 1),
    count: Math.min(MAX_COUNT, Math.max(0, wholeNumber('count', query.count) ?? DEFAULT_COUNT)),
  };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw ScimError.invalidValue(`${name} is "${text.slice(0, 40)}". It must be a whole number.`);
  }
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}
