/** A data type of RFC 7643 §2.3. */
export type AttributeType =
  'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'binary' | 'reference' | 'complex';

/**
 * The definition of an attribute (RFC 7643 §2, §7). Validation, PATCH, filters, projection, and `/Schemas`
 * use it.
 */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly description: string;
  readonly multiValued: boolean;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server' | 'global';
  /** Suggested values. With `closed`, the only allowed values. */
  readonly canonicalValues?: readonly string[];
  /**
   * Refuses values outside `canonicalValues`, or ignores them, so that the attribute keeps the value that it
   * has. Not part of `/Schemas`.
   */
  readonly closed?: 'refuse' | 'ignore';
  /**
   * A value that is too long is ignored and reported. It does not refuse the resource. Not part of
   * `/Schemas`.
   */
  readonly ignoresTooLong?: true;
  /**
   * The value that the attribute is compared as if an element does not have it: `false` for `primary` (RFC
   * 7643 §2.4). Not part of `/Schemas`.
   */
  readonly absentValue?: boolean;
  /**
   * The value that a resource without one is shown with, and filtered by. It is not stored. Not part of
   * `/Schemas`.
   */
  readonly defaultValue?: string;
  readonly referenceTypes?: readonly string[];
  /** Empty unless the attribute is complex. */
  readonly subAttributes: readonly Attribute[];
}

/**
 * Returns whether an attribute must not be searched: a search for a value that is never returned would reveal
 * it bit by bit.
 */
export const isHidden = ({ returned }: Attribute): boolean => returned === 'never';

/** A schema or schema extension (RFC 7643 §7). */
export interface Schema {
  /** A URN. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

type Characteristics = Partial<Omit<Attribute, 'name' | 'type' | 'description' | 'subAttributes'>>;

const attribute = (
  type: AttributeType,
  name: string,
  description: string,
  characteristics: Characteristics,
  subAttributes: readonly Attribute[] = [],
): Attribute => ({
  name,
  type,
  description,
  multiValued: false,
  required: false,
  caseExact: type === 'reference' || type === 'binary',
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...characteristics,
  subAttributes,
});

export const string = (name: string, description: string, characteristics: Characteristics = {}): Attribute =>
  attribute('string', name, description, characteristics);

export const boolean = (
  name: string,
  description: string,
  characteristics: Characteristics = {},
): Attribute => attribute('boolean', name, description, characteristics);

export const dateTime = (
  name: string,
  description: string,
  characteristics: Characteristics = {},
): Attribute => attribute('dateTime', name, description, characteristics);

export const binary = (name: string, description: string, characteristics: Characteristics = {}): Attribute =>
  attribute('binary', name, description, characteristics);

/** Defines the `primary` of a multi-valued attribute (RFC 7643 §2.4). */
export const primary = (description: string): Attribute =>
  boolean('primary', description, { absentValue: false });

/** Defines an attribute that holds a URI, or the URI of a resource of one of `referenceTypes`. */
export const reference = (
  name: string,
  description: string,
  referenceTypes: readonly string[],
  characteristics: Characteristics = {},
): Attribute => attribute('reference', name, description, { ...characteristics, referenceTypes });

export const complex = (
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  characteristics: Characteristics = {},
): Attribute => attribute('complex', name, description, characteristics, subAttributes);

/**
 * Defines a multi-valued attribute with the sub-attributes of RFC 7643 §2.4. `value` replaces the default
 * string.
 */
export const multiValued = (
  name: string,
  description: string,
  value: Attribute = string('value', `One of the ${name}.`),
  types?: readonly string[],
): Attribute =>
  complex(
    name,
    description,
    [
      value,
      string('display', 'A name to show for the value.'),
      string('type', 'What the value is for.', types ? { canonicalValues: types } : {}),
      primary('Whether this is the preferred value. True for one value at most.'),
    ],
    { multiValued: true },
  );
