import type { UnknownAttribute } from './texts/finding-facts';

/** Joins names into an enumeration: `a`, `a and b`, `a, b and 4 more`. */
export function joinNames(names: readonly string[], max = 3): string {
  const shown = names.length <= max ? names : names.slice(0, max);
  const hidden = names.length - shown.length;
  const all = hidden > 0 ? [...shown, `${hidden} more`] : shown;
  return all.length <= 1 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Returns the UTC date of an RFC 3339 time. */
export const dayOf = (time: string): string => time.slice(0, 10);

/** Returns each attribute once, in the order of its first entry. */
export function distinctAttributes(entries: readonly UnknownAttribute[]): UnknownAttribute[] {
  const distinct = new Map(
    entries.map(({ attribute, resourceTypes }) => {
      const unknown = { attribute, resourceTypes };
      return [JSON.stringify(unknown), unknown];
    }),
  );
  return [...distinct.values()];
}
