/**
 * What identity providers send against the RFC, and how it is read. Each function names the client that forces it; each
 * gives its input back where the quirk is not met.
 */
import type { Attribute } from './attribute';
import { isAttributes } from './resource';

/** Entra's legacy dialect and OneLogin's templates: booleans as the text `"True"` or `"false"`. */
export function booleanFromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.toLowerCase();
  return text === 'true' || text === 'false' ? text === 'true' : value;
}

/** OneLogin: an administrator types the body's template, and leaves the quotes off an employee number. */
export function textFromNumber(value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
}

/** Entra, jobs of the `customappsso` v1 schema: `[{"$ref":null,"value":"x"}]` for the single value `"x"`. */
export function singleFromArray(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** The second half of the same: the object around a value that has no parts. */
export function simpleFromObject(value: unknown): unknown {
  return isAttributes(value) && Object.hasOwn(value, 'value') ? value.value : value;
}

/** OneLogin: `emails` as an object where the schema has an array. */
export function arrayFromSingle(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Entra: the manager's id as a bare string; clients of groups: member ids as bare strings. */
export function complexFromText(attribute: Attribute, value: unknown): unknown {
  const bare = typeof value === 'string' || typeof value === 'number';
  return bare && attribute.subAttributes.some(({ name }) => name === 'value') ? { value } : value;
}

/**
 * Entra's legacy dialect, JumpCloud and OneLogin: a `remove` with a value takes away what the value lists, and with `[]`
 * nothing. Read literally, RFC 7644 §3.5.2.2 would empty the attribute. Without a value it does.
 */
export const listsElements = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '';

/** scim-for-keycloak: the value of an operation without a path as JSON text. */
export function objectFromText(value: unknown): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
