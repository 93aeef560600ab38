/** Returns the number of elements of each kind. */
export function countBy<T>(elements: readonly T[], kindOf: (element: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const element of elements) counts[kindOf(element)] = (counts[kindOf(element)] ?? 0) + 1;
  return counts;
}
