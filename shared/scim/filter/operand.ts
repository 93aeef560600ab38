import { isHidden, type Attribute } from '../attribute';
import { findAttribute, resolvePath } from '../attribute-path';
import { ScimError } from '../error';
import { emailsFromEmail } from '../quirks';
import { isAttributes, isUnassigned, type Json } from '../resource';
import type { ResourceType } from '../resource-type';
import { isAssignmentAttribute, plainValueOf } from '../roles/role-values';

/** The attribute that a path of a filter names, resolved once, and where its values are. */
export interface Operand {
  /**
   * The name in the schema, e.g. `userName` or `members.value`, after the URN and a colon if it is in an
   * extension.
   */
  readonly name: string;
  readonly attribute: Attribute;
  /** Returns the value or the array of elements, or undefined without a value. */
  readonly elements: (subject: Json) => Json | undefined;
  /** The sub-attribute of the elements that is compared. */
  readonly part?: string;
  /** The value of a part that an element does not have. */
  readonly absentValue?: boolean;
  /**
   * Returns the text that a text is compared as. The JSON text of a role counts as the value in it, because
   * Entra sends a role in both forms.
   */
  readonly plain?: (text: string) => string;
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
      const value = memberOf(container, attribute.name);
      return isUnassigned(value) ? undefined : value;
    };
    const name = `${extension ? `${extension.id}:` : ''}${attribute.name}`;
    if (!subAttribute) return { name, attribute, elements };
    const part = subAttribute.name;
    return { name: `${name}.${part}`, attribute: subAttribute, elements, part, ...plainOf(attribute, part) };
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
    const { name } = subAttribute;
    const operand = { name, attribute: subAttribute, elements: (element: Json) => element, part: name };
    return { ...operand, ...plainOf(attribute, name) };
  };

/**
 * Returns the operand that a comparison reads: for a complex attribute, its `value` if it has one. An element
 * without `primary` reads as `false`.
 */
export function comparedOperand(operand: Operand): Operand {
  const { name, attribute } = operand;
  if (attribute.absentValue !== undefined) return { ...operand, absentValue: attribute.absentValue };
  const value = attribute.type === 'complex' && findAttribute(attribute.subAttributes, 'value');
  return value
    ? {
        ...operand,
        name: `${name}.value`,
        attribute: value,
        part: value.name,
        ...plainOf(attribute, value.name),
      }
    : operand;
}

const plainOf = ({ name }: Attribute, part: string): Pick<Operand, 'plain'> =>
  part === 'value' && isAssignmentAttribute(name) ? { plain: plainValueOf } : {};

/**
 * Compiles a test of the values of an operand into a test of its subject. It holds if `test` holds for one
 * element, or for undefined if there is no element. A value is undefined if its element does not have the
 * sub-attribute.
 */
export function compileSome(
  { elements, part, absentValue }: Operand,
  test: (value: Json | undefined) => boolean,
): (subject: Json) => boolean {
  const holds = part === undefined ? test : (element: Json) => test(memberOf(element, part) ?? absentValue);
  return (subject) => {
    const value = elements(subject);
    if (value === undefined) return test(undefined);
    return Array.isArray(value) ? value.some(holds) : holds(value);
  };
}

/**
 * Returns the values of an operand: one for each element, undefined if it does not have the sub-attribute.
 */
export function valuesOf(operand: Operand, subject: Json): (Json | undefined)[] {
  const values: (Json | undefined)[] = [];
  const collect = compileSome(operand, (value) => {
    values.push(value);
    return false;
  });
  collect(subject);
  return values;
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

/** Returns an own member, never one of the prototype. A simple element counts as its own `value`. */
function memberOf(subject: Json | undefined, name: string): Json | undefined {
  if (isAttributes(subject)) return Object.hasOwn(subject, name) ? subject[name] : undefined;
  return name === 'value' ? subject : undefined;
}
