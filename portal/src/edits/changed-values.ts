/** Returns the values that differ from those before. */
export const changedValues = <T extends object>(values: T, before: Partial<T>): Partial<T> =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof T]),
    ),
  ) as Partial<T>;
