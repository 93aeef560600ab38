import type { Attribute } from '../attribute';
import { findAttribute, resolvePath } from '../attribute-path';
import { ScimError } from '../error';
import { isAttributes, isUnassigned, type Json } from '../resource';
import type { ResourceType } from '../resource-type';

/** What an attribute path of a filter names, found once, and how to read it. */
export interface Operand {
  /** As the schema spells it: `userName`, `members.value`, after the URN and a colon if it is an extension's. */
  readonly name: string;
  readonly attribute: Attribute;
  /** An entry for each element (undefined where it lacks the sub-attribute) or for the single value; none without a value. */
  readonly read: (subject: Json) => readonly (Json | undefined)[];
}

/** Finds the operand of a path; undefined where there is none that may be searched. */
export type Scope = (path: string) => Operand | undefined;

/** The scope of a filter over whole resources. Throws `invalidFilter` for a path that is the URN of a schema alone. */
export const resourceScope =
  (type: ResourceType): Scope =>
  (path) => {
    const resolved = resolvePath(type, path);
    if (!resolved) return undefined;
    const { attribute, subAttribute, extension } = resolved;
    if (!attribute) {
      throw ScimError.invalidFilter(`${path} names a schema. Add a colon and one of its attributes.`);
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

/** The scope of a value filter: the sub-attributes of `attribute`; a bare value is its own `value`. */
export const elementScope =
  (attribute: Attribute): Scope =>
  (path) => {
    const subAttribute = findAttribute(subAttributesOf(attribute), path);
    if (!subAttribute || isHidden(subAttribute)) return undefined;
    return {
      name: subAttribute.name,
      attribute: subAttribute,
      read: (element) => elementsOf(memberOf(element, subAttribute.name)),
    };
  };

/** The operand that a comparison works on: of a complex attribute it is `value`, where it has one. */
export function comparedOperand(operand: Operand): Operand {
  const { name, attribute, read } = operand;
  const value = attribute.type === 'complex' && findAttribute(attribute.subAttributes, 'value');
  if (!value) return operand;
  return {
    name: `${name}.value`,
    attribute: value,
    read: (subject) => read(subject).map((element) => memberOf(element, 'value')),
  };
}

/** Whether a value filter may follow: `emails[…]`, `name[…]`, `schemas[value eq …]`, but not `userName[…]`. */
export const hasElements = (attribute: Attribute): boolean =>
  attribute.type === 'complex' || attribute.multiValued;

const subAttributesOf = (attribute: Attribute): readonly Attribute[] =>
  attribute.type === 'complex'
    ? attribute.subAttributes
    : [{ ...attribute, name: 'value', multiValued: false }];

/** To search for what is never returned would give it away bit by bit. */
const isHidden = (attribute: Attribute): boolean => attribute.returned === 'never';

function elementsOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || isUnassigned(value)) return [];
  return Array.isArray(value) ? value : [value];
}

/** A member of its own, never one of the prototype. A bare string where an object may stand is its `value`. */
function memberOf(subject: Json | undefined, name: string): Json | undefined {
  if (isAttributes(subject)) return Object.hasOwn(subject, name) ? subject[name] : undefined;
  return name === 'value' ? subject : undefined;
}
