import * as z from 'zod';
import { SETTINGS } from './definitions';

/** The file of the JSON schema in the directory of the settings files. Its name is not that of a stage. */
export const JSON_SCHEMA_FILE = 'stage.schema.json';

/** Returns the JSON schema of a settings file, by which editors complete and check it. */
export function settingsJsonSchema(): Record<string, unknown> {
  const properties = Object.entries(SETTINGS).map(([name, { schema, expected }]) => {
    const { $schema: _, ...property } = z.toJSONSchema(schema, { io: 'input' });
    return [name, { description: `Expects ${expected}.`, ...property }] as const;
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The settings of one stage of the SCIM provisioning service',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
    required: Object.entries(SETTINGS)
      .filter(([, { schema }]) => !schema.safeParse(undefined).success)
      .map(([name]) => name),
    additionalProperties: false,
  };
}
