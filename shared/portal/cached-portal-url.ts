/** The origin of the portal rarely changes: the next deployment may add or remove it. */
const CACHE_MS = 5 * 60_000;

/**
 * Returns a function that reads the origin of the portal at most once in five minutes. If it cannot be read,
 * the function reports the error and returns undefined, because a response without a link is better than
 * none.
 */
export function cachedPortalUrl(
  read: () => Promise<string | undefined>,
  onUnknown: (error: unknown) => void,
  now: () => number = Date.now,
): () => Promise<string | undefined> {
  let known: { readonly url: Promise<string | undefined>; readonly until: number } | undefined;
  return () => {
    if (!known || now() >= known.until) {
      const url = read().catch((error: unknown) => {
        onUnknown(error);
        return undefined;
      });
      known = { url, until: now() + CACHE_MS };
    }
    return known.url;
  };
}
