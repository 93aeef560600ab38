import type { HelpNode } from '../../src/help/tree';
import { type Schema, schemaName } from './document';

export const code = (text: string): HelpNode => ({ tag: 'code', children: [text] });

export const schemaAnchor = (name: string): string => `schema-${name.toLowerCase()}`;

const SCHEMA_LIMITS = {
  minimum: 'at least',
  maximum: 'at most',
  minLength: 'characters: at least',
  maxLength: 'characters: at most',
  maxItems: 'items: at most',
} as const;

/** Returns the type of a schema: a link if it has a name. */
export function typeOf(schema: Schema): HelpNode[] {
  const name = schemaName(schema);
  if (name !== undefined) return [{ tag: 'a', href: `#${schemaAnchor(name)}`, children: [name] }];
  if (schema.items) return ['array of ', ...typeOf(schema.items)];
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return joined(choices.map(typeOf), ' or ');
  if (schema.allOf) return joined(schema.allOf.map(typeOf), ' and ');
  if (schema.const !== undefined) return [code(JSON.stringify(schema.const))];
  if (schema.enum)
    return joined(
      schema.enum.map((value) => [code(String(value))]),
      ', ',
    );
  const type = schema.type === undefined ? 'any' : [schema.type].flat().join(' or ');
  return [schema.format ? `${type} (${schema.format})` : type];
}

/** Returns the limits and the default of a schema: `at least 1, at most 100, default 25`. */
export function limitsOf(schema: Schema): string {
  const limits = Object.entries(SCHEMA_LIMITS).flatMap(([name, words]) => {
    const limit = schema[name as keyof typeof SCHEMA_LIMITS];
    return limit === undefined ? [] : [`${words} ${limit}`];
  });
  if (schema.default !== undefined) limits.push(`default ${JSON.stringify(schema.default)}`);
  return limits.join(', ');
}

const joined = (parts: readonly HelpNode[][], separator: string): HelpNode[] =>
  parts.flatMap((part, index) => (index === 0 ? part : [separator, ...part]));
