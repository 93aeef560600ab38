import { commonAttributes } from '../../shared/scim/schemas/common';
import type { ResourceType } from '../../shared/scim/resource-type';
import { type JsonSchema, objectSchema, propertiesOf, type Direction } from './json-schema';

/** The name of the schema of what clients send for a resource type. */
export const requestSchemaName = ({ name }: ResourceType): string => `${name}Request`;

/**
 * Returns the schemas of a resource type: as the service returns it and, if clients can write it, as they
 * send it.
 */
export function resourceSchemas(type: ResourceType, isWritten: boolean): Record<string, JsonSchema> {
  return {
    [type.name]: resourceSchema(type, 'response'),
    ...(isWritten && { [requestSchemaName(type)]: resourceSchema(type, 'request') }),
  };
}

function resourceSchema(type: ResourceType, direction: Direction): JsonSchema {
  const { description, schema, extensions } = type;
  const required =
    direction === 'response'
      ? ['schemas', 'id']
      : ['schemas', ...schema.attributes.filter((each) => each.required).map(({ name }) => name)];
  const properties = {
    ...propertiesOf(commonAttributes, direction),
    schemas: schemasProperty(type),
    ...propertiesOf(schema.attributes, direction),
    ...Object.fromEntries(
      extensions.map((extension) => [
        extension.id,
        {
          description: extension.description,
          ...objectSchema(propertiesOf(extension.attributes, direction), direction),
        },
      ]),
    ),
  };
  return { title: type.name, description, ...objectSchema(properties, direction, required) };
}

const schemasProperty = ({ schema, extensions }: ResourceType): JsonSchema => ({
  description: 'The URNs of the schemas of the resource.',
  type: 'array',
  items: { type: 'string', enum: [schema.id, ...extensions.map(({ id }) => id)] },
  contains: { const: schema.id },
});
