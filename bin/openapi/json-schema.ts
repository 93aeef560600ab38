import { isWritable } from '../../shared/scim/attribute-path';
import type { Attribute } from '../../shared/scim/attribute';

/** A JSON Schema (2020-12), as OpenAPI 3.1 uses it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Whether a schema describes what the service returns, or what clients send. */
export type Direction = 'response' | 'request';

const TYPES: Readonly<Record<Exclude<Attribute['type'], 'complex'>, JsonSchema>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  decimal: { type: 'number' },
  integer: { type: 'integer' },
  dateTime: { type: 'string', format: 'date-time' },
  binary: { type: 'string', contentEncoding: 'base64' },
  reference: { type: 'string', format: 'uri-reference' },
};

/** Returns the properties of attributes, without those that this direction never has. */
export const propertiesOf = (
  attributes: readonly Attribute[],
  direction: Direction,
): Record<string, JsonSchema> =>
  Object.fromEntries(
    attributes
      .filter((each) => (direction === 'response' ? each.returned !== 'never' : isWritable(each)))
      .map((each) => [each.name, attributeSchema(each, direction)]),
  );

/** Returns the schema of an attribute's value. A response has no other names than those of the definition. */
function attributeSchema(attribute: Attribute, direction: Direction): JsonSchema {
  const { description, multiValued, mutability } = attribute;
  const value = valueSchema(attribute, direction);
  return {
    description,
    ...(multiValued ? { type: 'array', items: value } : value),
    ...(direction === 'response' && mutability === 'readOnly' && { readOnly: true }),
  };
}

function valueSchema(
  { type, canonicalValues, closed, subAttributes }: Attribute,
  direction: Direction,
): JsonSchema {
  if (type === 'complex') return objectSchema(propertiesOf(subAttributes, direction), direction);
  const values = canonicalValues && { [closed ? 'enum' : 'examples']: [...canonicalValues] };
  return { ...TYPES[type], ...values };
}

/** Clients may send other names, which the service ignores. It returns none. */
export const objectSchema = (
  properties: Readonly<Record<string, JsonSchema>>,
  direction: Direction,
  required: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  ...(direction === 'response' && { additionalProperties: false }),
});
