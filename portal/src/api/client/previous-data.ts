/**
 * Returns a `placeholderData` function that keeps showing the previous data of the same domain. The query key
 * must begin with the kind and the domain ID.
 */
export function keepPreviousDataOfDomain(domainId: string) {
  return <T>(
    previous: T | undefined,
    query: { readonly queryKey: readonly unknown[] } | undefined,
  ): T | undefined => (query?.queryKey[1] === domainId ? previous : undefined);
}
