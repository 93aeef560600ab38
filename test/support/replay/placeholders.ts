export type Variables = Readonly<Record<string, unknown>>;

/**
 * A copy of fixture data in which `{{name}}` is a variable's value; a string that is nothing but `{{name}}` becomes the value
 * itself, of whatever type. What names no variable stays as it is.
 */
export function fillPlaceholders<T>(value: T, variables: Variables): T {
  const fill = (part: unknown): unknown => {
    if (typeof part === 'string') {
      const whole = /^\{\{(\w+)\}\}$/.exec(part)?.[1];
      if (whole !== undefined) return variables[whole] ?? part;
      return part.replace(/\{\{(\w+)\}\}/g, (all, name: string) => (variables[name] as string) ?? all);
    }
    if (Array.isArray(part)) return part.map(fill);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [fill(name), fill(inner)]));
  };
  return fill(value) as T;
}
