import { isHidden, type Attribute } from '../attribute';
import { findAttribute, resolvePath } from '../attribute-path';
import { ScimError } from '../error';
import { emailsFromEmail } from '../quirks';
import { isAttributes, isUnassigned, type Json } from '../resource';
import type { ResourceType } from '../resource-type';

/** The attribute that a path of a filter names, resolved once, and how to read its values. */
export interface Operand {
  /**
   * The name in the schema, e.g. `userName` or `members.value`, after the URN and a colon if it is in an
   * extension.
   */
  readonly name: string;
  readonly attribute: Attribute;
  /**
   * Returns one entry for each element or for the single value, and none without a value. An entry is
   * undefined if the element does not have the sub-attribute.
   */
  readonly read: (subject: Json) => readonly (Json | undefined)[];
}

/** Finds the operand of a path. Returns undefined if the attribute does not exist or must not be searched. */
export type Scope = (path: string) => Operand | undefined;

/**
 * Creates the scope of a filter over resources. It throws `invalidFilter` if a path is only the URN of a
 * schema.
 */
export const resourceScope =
  (type: ResourceType): Scope =>
  (path) => {
    const resolved = resolvePath(type, path) ?? resolvePath(type, emailsFromEmail(path));
    if (!resolved) return undefined;
    const { attribute, subAttribute, extension } = resolved;
    if (!attribute) {
      throw ScimError.invalidFilter(
        `The filter cannot search ${path} because it is the URN of a schema. ` +
          'Add a colon and an attribute name.',
      );
    }
    if (isHidden(attribute) || (subAttribute && isHidden(subAttribute))) return undefined;
    const elements = (subject: Json) => {
      const container = extension ? memberOf(subject, extension.id) : subject;
      return elementsOf(memberOf(container, attribute.name));
    };
    const name = `${extension ? `${extension.id}:` : ''}${attribute.name}`;
    if (!subAttribute) return { name, attribute, read: elements };
    return {
      name: `${name}.${subAttribute.name}`,
      attribute: subAttribute,
      read: (subject) => elements(subject).map((element) => memberOf(element, subAttribute.name)),
    };
  };

/**
 * Creates the scope of a value filter: the sub-attributes of `attribute`. A simple element counts as its own
 * `value`.
 */
export const elementScope =
  (attribute: Attribute): Scope =>
  (path) => {
    const subAttribute = findAttribute(subAttributesOf(attribute), path);
    if (!subAttribute || isHidden(subAttribute)) return undefined;
    return {
      name: subAttribute.name,
      attribute: subAttribute,
      read: (element) => [memberOf(element, subAttribute.name)],
    };
  };

/**
 * Returns the operand that a comparison reads: for a complex attribute, its `value` if it has one. An element
 * without `primary` reads as `false`.
 */
export function comparedOperand(operand: Operand): Operand {
  const { name, attribute, read } = operand;
  const { absentValue } = attribute;
  if (absentValue !== undefined) {
    return { name, attribute, read: (subject) => read(subject).map((value) => value ?? absentValue) };
  }
  const value = attribute.type === 'complex' && findAttribute(attribute.subAttributes, 'value');
  if (!value) return operand;
  return {
    name: `${name}.value`,
    attribute: value,
    read: (subject) => read(subject).map((element) => memberOf(element, 'value')),
  };
}

/**
 * Returns whether a value filter may follow: `emails[…]`, `name[…]`, `schemas[value eq …]`, but not
 * `userName[…]`.
 */
export const hasElements = (attribute: Attribute): boolean =>
  attribute.type === 'complex' || attribute.multiValued;

const subAttributesOf = (attribute: Attribute): readonly Attribute[] =>
  attribute.type === 'complex'
    ? attribute.subAttributes
    : [{ ...attribute, name: 'value', multiValued: false }];

function elementsOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || isUnassigned(value)) return [];
  return Array.isArray(value) ? value : [value];
}

/** Returns an own member, never one of the prototype. A simple element counts as its own `value`. */
function memberOf(subject: Json | undefined, name: string): Json | undefined {
  if (isAttributes(subject)) return Object.hasOwn(subject, name) ? subject[name] : undefined;
  return name === 'value' ? subject : undefined;
}
