/** Of a query whose key begins with its kind and the domain: what was shown stays while the next is looked for, within the domain. */
export function keepPreviousDataOfDomain(domainId: string) {
  return <T>(
    previous: T | undefined,
    query: { readonly queryKey: readonly unknown[] } | undefined,
  ): T | undefined => (query?.queryKey[1] === domainId ? previous : undefined);
}
