/**
 * Resolves like `Promise.all`, but throws only after all have settled, so that nothing starts after the
 * teardown.
 */
export async function allStarted<T extends readonly unknown[]>(
  starting: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(starting);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all(starting);
}
