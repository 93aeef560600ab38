export type Variables = Readonly<Record<string, unknown>>;

/**
 * Copies fixture data, and replaces `{{name}}` by the value of a variable. A string that consists only of
 * `{{name}}` becomes the value itself, of any type. Unknown placeholders do not change.
 */
export function fillPlaceholders<T>(value: T, variables: Variables): T {
  const fill = (part: unknown): unknown => {
    if (typeof part === 'string') {
      const onlyName = /^\{\{(\w+)\}\}$/.exec(part)?.[1];
      if (onlyName !== undefined) return variables[onlyName] ?? part;
      return part.replace(/\{\{(\w+)\}\}/g, (all, name: string) => (variables[name] as string) ?? all);
    }
    if (Array.isArray(part)) return part.map(fill);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [fill(name), fill(inner)]));
  };
  return fill(value) as T;
}
