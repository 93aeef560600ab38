import * as z from 'zod/mini';
import { Problem } from './problem';

/** The members that a body or a query may have: their schemas, and their descriptions for error messages. */
export interface Fields<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly expected: Readonly<Record<keyof T & string, string>>;
}

/** Creates fields from the schema and the description of each member. */
export function fields<S extends Record<string, readonly [schema: z.ZodMiniType, expected: string]>>(
  shape: S,
): Fields<FieldsOf<S>> {
  const entries = Object.entries(shape);
  const schema = z.strictObject(Object.fromEntries(entries.map(([name, [schema]]) => [name, schema])));
  const expected = Object.fromEntries(entries.map(([name, [, words]]) => [name, words]));
  return { schema, expected } as unknown as Fields<FieldsOf<S>>;
}

type OutputOf<S, K extends keyof S> = S[K] extends readonly [infer Schema, string]
  ? z.output<Schema & z.ZodMiniType>
  : never;
type OptionalKeys<S> = { [K in keyof S]: undefined extends OutputOf<S, K> ? K : never }[keyof S];
type FieldsOf<S> = { [K in Exclude<keyof S, OptionalKeys<S>>]: OutputOf<S, K> } & {
  [K in OptionalKeys<S>]?: OutputOf<S, K>;
};

/**
 * Returns `value` as parsed by the fields. Throws a 400 that names each invalid member and what it must be.
 */
export function validate<T>({ schema, expected }: Fields<T>, value: unknown, what: 'body' | 'query'): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const names = Object.keys(expected);
  const problems = result.error.issues.map((issue) => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') {
      const unknown = issue.keys.join('", "').slice(0, 100);
      if (path.length > 0) return `"${pathText(path)}" has no "${unknown}".`;
      const known = names.length > 0 ? `There are ${names.join(', ')}.` : 'There are none.';
      return `The ${what} has no "${unknown}". ${known}`;
    }
    const name = String(path[0]);
    const wrongPart = path.length > 1 ? `"${pathText(path)}" is not valid. ` : '';
    return `${wrongPart}"${name}" must be ${expected[name as keyof T & string]}.`;
  });
  throw Problem.invalid([...new Set(problems)].slice(0, MAX_PROBLEMS).join(' '));
}

/** The largest number of invalid parts that an error names. A list can have any number of them. */
const MAX_PROBLEMS = 10;

/** Returns the place of a part, such as `mappings[2].from.kind`. */
const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`))
    .join('');
