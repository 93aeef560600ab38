/** The versions that a client's `If-Match` or `If-None-Match` names; `*` is any. */
export type VersionList = '*' | readonly string[];

/** Entity tags as they are compared: weakly, so without `W/` (RFC 9110 §8.8.3.2). Undefined where there is no header. */
export function parseVersions(header: string | undefined): VersionList | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, version]) => version ?? '');
}

export const matchesVersion = (versions: VersionList, version: number): boolean =>
  versions === '*' || versions.includes(String(version));
