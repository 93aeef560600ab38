/** `1 user`, `7 users`. */
export const pluralize = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and 4 more`. */
export function joinNames(names: readonly string[], max = 3): string {
  const shown = names.length <= max ? names : names.slice(0, max);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  return all.length <= 1 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** The day of a time, in UTC. */
export const dayOf = (time: string): string => time.slice(0, 10);
