/** The versions that an `If-Match` or `If-None-Match` header lists; `*` matches every version. */
export type VersionList = '*' | readonly string[];

/**
 * Parses entity tags, without `W/` because they are compared weakly (RFC 9110 §8.8.3.2). Returns undefined
 * without a header.
 */
export function parseVersions(header: string | undefined): VersionList | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, version]) => version ?? '');
}

/** Returns whether the list includes the version. */
export const matchesVersion = (versions: VersionList, version: number): boolean =>
  versions === '*' || versions.includes(String(version));
