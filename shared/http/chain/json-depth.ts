/**
 * Returns whether a value nests objects and arrays in more levels than `levels`. Works without recursion, so
 * that no value overflows the stack.
 */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let nested = [value].filter(isNested);
  for (let level = 0; level < levels && nested.length > 0; level++)
    nested = nested.flatMap((part) => Object.values(part) as unknown[]).filter(isNested);
  return nested.length > 0;
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
