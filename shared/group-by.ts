/**
 * Groups elements by their key. The elements of a group keep their order, and groups have the order of their
 * first elements.
 */
export function groupBy<T>(elements: readonly T[], keyOf: (element: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const element of elements) {
    const group = groups.get(keyOf(element));
    if (group) group.push(element);
    else groups.set(keyOf(element), [element]);
  }
  return groups;
}
