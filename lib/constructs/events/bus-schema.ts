import { EVENT_SOURCE } from '../../../shared/events/event-source';
import type { JsonSchema } from '../../../shared/events/event-schemas';

const text: JsonSchema = { type: 'string' };

/**
 * Returns the schema of an event as rules and targets of EventBridge see it, for a registry. The registry
 * knows draft 4 of JSON Schema only.
 */
export const busSchema = (type: string, eventSchema: JsonSchema): JsonSchema => ({
  $schema: 'http://json-schema.org/draft-04/schema#',
  title: type,
  type: 'object',
  // The console and code bindings look for these.
  'x-amazon-events-source': EVENT_SOURCE,
  'x-amazon-events-detail-type': type,
  required: ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail'],
  properties: {
    version: text,
    id: text,
    'detail-type': { enum: [type] },
    source: { enum: [EVENT_SOURCE] },
    account: text,
    time: { type: 'string', format: 'date-time' },
    region: text,
    resources: { type: 'array', items: text },
    detail: draft4(eventSchema),
  },
});

/**
 * Returns a schema of draft 2020-12 in draft 4, which has neither `const` nor empty lists of required
 * members.
 */
function draft4({ $schema: _, ...schema }: JsonSchema): JsonSchema {
  const {
    const: constant,
    required,
    properties,
    items,
    ...others
  } = schema as {
    const?: unknown;
    required?: readonly string[];
    properties?: Readonly<Record<string, JsonSchema>>;
    items?: JsonSchema;
  };
  return {
    ...others,
    ...(constant !== undefined && { enum: [constant] }),
    ...(required && required.length > 0 && { required }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, draft4(property)]),
      ),
    }),
    ...(items && { items: draft4(items) }),
  };
}
