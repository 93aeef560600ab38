/** Returns the number of elements of each kind. */
export function countBy<T>(elements: readonly T[], kindOf: (element: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const element of elements) counts[kindOf(element)] = (counts[kindOf(element)] ?? 0) + 1;
  return counts;
}

/** Groups elements by their key. */
export function groupBy<T>(elements: readonly T[], keyOf: (element: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const element of elements) {
    const group = groups.get(keyOf(element));
    if (group) group.push(element);
    else groups.set(keyOf(element), [element]);
  }
  return groups;
}
