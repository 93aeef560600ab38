/**
 * Versions of a resource, as `If-Match` or `If-None-Match` lists them; `*` stands for every version. An
 * object stands for the versions in `only`, by default all, that are not in `except`.
 */
export type VersionList = VersionNames | { readonly only?: VersionNames; readonly except: VersionNames };
type VersionNames = '*' | readonly string[];

/**
 * Parses entity tags, without `W/` because they are compared weakly (RFC 9110 §8.8.3.2). Returns undefined
 * without a header.
 */
export function parseVersions(header: string | undefined): VersionNames | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, version]) => version ?? '');
}

/**
 * Returns the versions that a change may replace by its headers `If-Match` and `If-None-Match` (RFC 9110
 * §13.1). Returns undefined without these headers.
 */
export function versionsToChange(
  ifMatch: string | undefined,
  ifNoneMatch: string | undefined,
): VersionList | undefined {
  const only = parseVersions(ifMatch);
  const except = parseVersions(ifNoneMatch);
  return except ? { only, except } : only;
}

/** Returns whether the list includes the version. */
export function matchesVersion(versions: VersionList, version: number): boolean {
  if (versions === '*') return true;
  if ('except' in versions)
    return matchesVersion(versions.only ?? '*', version) && !matchesVersion(versions.except, version);
  return versions.includes(String(version));
}
