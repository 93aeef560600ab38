import type { Ordinal } from './operations';
import type { Representation } from './representation';
import { folded } from './resources';

/** A filter. `attribute` is sent unchanged. */
export type Term =
  | { readonly kind: 'compare'; readonly attribute: string; readonly op: string; readonly value: Value }
  | { readonly kind: 'present'; readonly attribute: string }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly [Term, Term] }
  | { readonly kind: 'not'; readonly term: Term };

/** A value in a filter. A user or a group stands for its ID. */
export type Value =
  | string
  | boolean
  | { readonly type: 'user'; readonly at: Ordinal }
  | { readonly type: 'group'; readonly at: Ordinal };

/** Returns the ID of a user or group. Strings and booleans are returned unchanged. */
export type IdOf = (value: Value) => string | boolean;

/** Returns the text of a filter. */
export function filterText(term: Term, idOf: IdOf): string {
  switch (term.kind) {
    case 'compare':
      return `${term.attribute} ${term.op} ${JSON.stringify(idOf(term.value))}`;
    case 'present':
      return `${term.attribute} pr`;
    case 'not':
      return `not (${filterText(term.term, idOf)})`;
    default:
      return term.terms.map((each) => `(${filterText(each, idOf)})`).join(` ${term.kind} `);
  }
}

/** Returns whether a resource matches the filter. */
export function matchesTerm(term: Term, resource: Representation, idOf: IdOf): boolean {
  switch (term.kind) {
    case 'present':
      return valuesOf(term.attribute, resource).length > 0;
    case 'not':
      return !matchesTerm(term.term, resource, idOf);
    case 'and':
      return term.terms.every((each) => matchesTerm(each, resource, idOf));
    case 'or':
      return term.terms.some((each) => matchesTerm(each, resource, idOf));
    case 'compare': {
      const values = valuesOf(term.attribute, resource);
      if (values.length === 0) return term.op === 'ne';
      const [folded, expected] = CASE_EXACT_ATTRIBUTES.includes(term.attribute)
        ? [values, idOf(term.value)]
        : [values.map((value) => foldedValue(value)), foldedValue(idOf(term.value), PARTS.includes(term.op))];
      return folded.some((value) => comparesTo(value, term.op, expected));
    }
  }
}

/** Attributes that are compared case-sensitively. */
const CASE_EXACT_ATTRIBUTES = ['id', 'externalId', 'groups.value', 'members', 'members.value'];

/** Operators that compare with a part of a value, at whose ends white space counts. */
const PARTS = ['sw', 'co'];

const foldedValue = (value: string | boolean, isPart = false): string | boolean => {
  if (typeof value !== 'string') return value;
  // Letters at both ends keep the white space.
  return isPart ? folded(`.${value}.`).slice(1, -1) : folded(value);
};

function valuesOf(attribute: string, resource: Representation): (string | boolean)[] {
  const elements = (name: string) => (resource[name] ?? []) as { value: string; type?: string }[];
  switch (attribute) {
    case 'groups.value':
      return elements('groups').map(({ value }) => value);
    case 'members':
    case 'members.value':
      return elements('members').map(({ value }) => value);
    case 'email':
    case 'emails.value':
      return elements('emails').map(({ value }) => value);
    case 'emails[type eq "work"].value':
      return elements('emails').flatMap(({ type, value }) => (type === 'work' ? [value] : []));
    default:
      return [resource[attribute] ?? []].flat() as (string | boolean)[];
  }
}

function comparesTo(value: string | boolean, op: string, expected: string | boolean): boolean {
  if (op === 'eq') return value === expected;
  if (op === 'ne') return value !== expected;
  if (op === 'sw') return String(value).startsWith(String(expected));
  if (op === 'co') return String(value).includes(String(expected));
  throw new Error(`The model has no operator ${op}.`);
}
