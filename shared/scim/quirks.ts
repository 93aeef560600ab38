/**
 * Deviations of identity providers from the RFC, and how the service reads them. Each function names the
 * client that forces it, and returns its input unchanged if the deviation is absent.
 */
import type { Attribute } from './attribute';
import { ScimError } from './error';
import { isAttributes, isUnassigned, type Attributes } from './resource';
import { isAssignmentAttribute } from './roles/role-values';
import { isJsonDeeperThan, MAX_JSON_DEPTH, parseJson } from './text/json-depth';
import { USER_SCHEMA } from './urns';

/**
 * Reads a boolean that is sent as text, `"True"` or `"false"`: Entra in its legacy mode, and templates of
 * OneLogin.
 */
export function booleanFromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.toLowerCase();
  return text === 'true' || text === 'false' ? text === 'true' : value;
}

/**
 * Reads a string that is sent as a number: in OneLogin, an administrator may omit the quotes in the body's
 * template. A whole number beyond 2^53 stays a number, because JSON has already been parsed into another one.
 */
export function textFromNumber(value: unknown): unknown {
  if (typeof value !== 'number' || !Number.isFinite(value)) return value;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value : String(value);
}

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Reads a number that is sent as text, `"7"` or `"-1.5"`: Entra in its legacy mode sends values as text. */
export const numberFromText = (value: unknown): unknown =>
  typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;

/**
 * Reads a single value that is sent as an array with one object. Entra jobs with the `customappsso` v1 schema
 * send `[{"$ref":null,"value":"x"}]` for `"x"`. `[null]` has no value. An array with a simple value, such as
 * `["x"]`, stays an array.
 */
export function singleFromArray(value: unknown): unknown {
  if (!Array.isArray(value) || value.length !== 1) return value;
  const [single] = value as unknown[];
  return isAttributes(single) || isUnassigned(single) ? single : value;
}

/**
 * Reads a simple value that is sent as an object, the other half of Entra's `[{"$ref":null,"value":"x"}]`.
 */
export function simpleFromObject(value: unknown): unknown {
  return isAttributes(value) && Object.hasOwn(value, 'value') ? value.value : value;
}

/** Reads an array that is sent as a single value: OneLogin sends `emails` as an object. */
export function arrayFromSingle(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/**
 * Reads a value that is sent in an object under the attribute's own name: Okta sends `{"roles":"x"}` for
 * `roles` if an administrator has entered the name as the external namespace, too. An object that repeats the
 * name several times counts as the innermost value. In an object with other parts, the name is that of an
 * unknown part, except for roles and entitlements.
 */
export function valueUnderOwnName(
  { name, subAttributes }: Pick<Attribute, 'name' | 'subAttributes'>,
  value: unknown,
): unknown {
  let inner = value;
  while (isAttributes(inner)) {
    // Nearly all objects have no name of this length, and large groups have many.
    const keys = Object.keys(inner);
    const key = keys.find((each) => each.length === name.length && each.toLowerCase() === name.toLowerCase());
    if (key === undefined || subAttributes.some((part) => part.name === name)) break;
    if (keys.length > 1 && !isAssignmentAttribute(name)) break;
    inner = inner[key];
  }
  return inner;
}

/**
 * Reads a role or an entitlement that is sent as the object that it is elsewhere: with a `displayName`, as
 * Entra's connectors name the `display`, and with an `id`, as `/Roles` and `/Entitlements` name the `value`.
 */
export function assignmentFromResource({ name }: Attribute, value: unknown): unknown {
  if (!isAssignmentAttribute(name) || !isAttributes(value)) return value;
  const { id, displayName, ...parts } = value;
  return {
    ...parts,
    ...(isUnassigned(parts.value) && !isUnassigned(id) && { value: id }),
    ...(isUnassigned(parts.display) && !isUnassigned(displayName) && { display: displayName }),
  };
}

/**
 * Reads a complex value that is sent as text: Entra sends the manager's ID, and some clients send member IDs.
 */
export function complexFromText(attribute: Attribute, value: unknown): unknown {
  const isSimple = typeof value === 'string' || typeof value === 'number';
  return isSimple && attribute.subAttributes.some(({ name }) => name === 'value') ? { value } : value;
}

/**
 * Returns whether a `remove` lists the elements to remove in its value, as Entra in its legacy mode,
 * JumpCloud, and OneLogin send it; `[]` removes nothing. By RFC 7644 §3.5.2.2, every `remove` without a
 * filter would clear the attribute. A `remove` without a value still does.
 */
export const listsElements = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '';

/** Returns whether a part of a member is its `display` under another name: Microsoft's Postman collection. */
export const isMemberDisplayName = (name: string): boolean => name.toLowerCase() === 'displayname';

/** Reads the `displayName` of a member as its `display`, if it has none. */
export function displayFromDisplayName({ name }: Attribute, member: Attributes): Attributes {
  if (name !== 'members') return member;
  const names = Object.keys(member);
  const sent = names.find(isMemberDisplayName);
  if (sent === undefined) return member;
  const { [sent]: display = null, ...parts } = member;
  const hasDisplay = names.some((each) => each.toLowerCase() === 'display' && !isUnassigned(parts[each]));
  return hasDisplay ? parts : { ...parts, display };
}

const EMAIL = new RegExp(`^(${USER_SCHEMA.replaceAll('.', '\\.')}:)?email(?=\\.|$)`, 'i');

/**
 * Reads `email` in a filter as `emails`: administrators of Okta enter it as the unique identifier field, by
 * which Okta then looks up users. A comparison with `emails` compares `emails.value`.
 */
export const emailsFromEmail = (path: string): string => path.replace(EMAIL, '$1emails');

/**
 * Reads objects and arrays that are sent as JSON text: the Java library of scim-for-keycloak writes a complex
 * value as a text, and several ones as an array of texts. Throws `invalidSyntax` if a text nests too many
 * levels.
 */
export function structureFromText(value: unknown): unknown {
  const read = readStructure(value);
  return Array.isArray(read) && read.some(isStructureText) ? read.flatMap(readStructure) : read;
}

/**
 * Reads the value of a complex attribute in the way of `structureFromText`. A role or an entitlement stays a
 * text, because mappings know both forms.
 */
export const complexFromJsonText = ({ name, type }: Attribute, value: unknown): unknown =>
  type === 'complex' && !isAssignmentAttribute(name) ? structureFromText(value) : value;

const isStructureText = (value: unknown): value is string =>
  typeof value === 'string' && /^\s*[{[]/.test(value);

function readStructure(value: unknown): unknown {
  if (!isStructureText(value)) return value;
  if (isJsonDeeperThan(MAX_JSON_DEPTH, value)) {
    throw ScimError.invalidSyntax(
      `A value that contains JSON as text nests objects and arrays in more than ${MAX_JSON_DEPTH} levels, and ` +
        'nothing was changed. Send a value with fewer levels.',
    );
  }
  const read: unknown = parseJson(value);
  return isAttributes(read) || Array.isArray(read) ? read : value;
}
