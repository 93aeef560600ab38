/** The rest of a list that still fails. */
export interface Shrunk<T> {
  readonly elements: readonly T[];
  readonly attempts: number;
  /** Whether no element can be left out. Otherwise, the search ran out of time. */
  readonly isMinimal: boolean;
}

/**
 * Looks for a short part of a failing list that still fails, by delta debugging (Zeller and Hildebrandt,
 * 2002): it leaves out ever smaller parts. `isOver` ends the search early.
 */
export async function shrink<T>(
  failing: readonly T[],
  fails: (elements: readonly T[]) => Promise<boolean>,
  isOver: () => boolean,
): Promise<Shrunk<T>> {
  let elements = failing;
  let attempts = 0;
  let parts = 2;
  while (elements.length >= 2) {
    const size = Math.ceil(elements.length / parts);
    let shorter: readonly T[] | undefined;
    for (let at = 0; at < elements.length && !shorter; at += size) {
      if (isOver()) return { elements, attempts, isMinimal: false };
      const rest = [...elements.slice(0, at), ...elements.slice(at + size)];
      attempts++;
      if (await fails(rest)) shorter = rest;
    }
    if (shorter) {
      elements = shorter;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) return { elements, attempts, isMinimal: true };
    else parts = Math.min(elements.length, 2 * parts);
  }
  return { elements, attempts, isMinimal: true };
}
