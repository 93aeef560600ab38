import { member } from '../input/message';
import { isAttributes, type Attributes, type Json } from '../resource';
import { parseJson } from '../text/json-depth';

/** The attributes by which identity providers assign roles and entitlements (RFC 7643 §4.1.2). */
const ASSIGNMENT_ATTRIBUTES = ['roles', 'entitlements'] as const;
type AssignmentAttribute = (typeof ASSIGNMENT_ATTRIBUTES)[number];

/** Returns whether an attribute assigns roles or entitlements. */
export const isAssignmentAttribute = (name: string): name is AssignmentAttribute =>
  (ASSIGNMENT_ATTRIBUTES as readonly string[]).includes(name);

const JSON_TEXT = /^\s*[{["]/;

/** JSON text may contain JSON text. Each level doubles the escapes, so clients send one. */
const MAX_NESTED_TEXTS = 3;

/**
 * Returns the names of the roles that are assigned to a user, as a mapping compares them: of each role its
 * `value` and its `display`. A value that is JSON text, as Entra's `SingleAppRoleAssignment` and
 * `AppRoleAssignmentsComplex` send it, counts as the `value` and the `displayName` in it. Each name is listed
 * once, in the order of the roles.
 */
export const roleValues = (attributes: Attributes): string[] => assignedValues(attributes, 'roles');

/** Returns the names of the entitlements that are assigned to a user, in the way of `roleValues`. */
export const entitlementValues = (attributes: Attributes): string[] =>
  assignedValues(attributes, 'entitlements');

/** Returns the names in one element of `roles` or `entitlements`, in the way of `roleValues`. */
export const namesOfAssignment = (element: Json): string[] => unique(namesIn(element, MAX_NESTED_TEXTS));

/**
 * Returns an element of `roles` or `entitlements` with the `value` in the JSON text that is its value. Entra
 * sends a role as JSON text in a PATCH, and without it in a POST.
 */
export function withPlainValue(element: Json): Json {
  if (!isAttributes(element) || typeof element.value !== 'string') return element;
  const value = plainValueOf(element.value);
  return value === element.value ? element : { ...element, value };
}

/**
 * Returns the `value` in a JSON text of one role. A list of several roles is none of them, so it stays as it
 * is, and so does a text that is not JSON.
 */
export function plainValueOf(text: string): string {
  if (!/^\s*[{"]/.test(text)) return text;
  const trimmed = text.trim();
  const plain = namesInText(trimmed, MAX_NESTED_TEXTS)[0] ?? trimmed;
  return plain === trimmed ? text : plain;
}

function assignedValues(attributes: Attributes, name: AssignmentAttribute): string[] {
  const value = attributes[name];
  if (value === undefined) return [];
  return unique([value].flat().flatMap((element) => namesIn(element, MAX_NESTED_TEXTS)));
}

function namesIn(value: Json | undefined, texts: number): string[] {
  if (typeof value === 'string') return namesInText(value, texts);
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap((element) => namesIn(element, texts));
  if (!isAttributes(value)) return [];
  return ['value', 'displayName', 'display'].flatMap((name) => namesIn(member(value, name), texts));
}

/** JSON text that names nothing is a name itself. */
function namesInText(text: string, texts: number): string[] {
  const name = text.trim();
  if (texts > 0 && JSON_TEXT.test(name)) {
    const names = namesIn(parseJson(name) as Json | undefined, texts - 1);
    if (names.length > 0) return names;
  }
  return name === '' ? [] : [name];
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
