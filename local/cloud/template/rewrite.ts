import type { Resource } from './resources';

/** Changes a text of the template, for example replaces the URL of an API in AWS by the local URL. */
export type Rewrite = (text: string) => string;

/** Replaces each URL in AWS by its local URL. */
export const replaceUrls =
  (urls: Iterable<readonly [remote: string, local: string]>): Rewrite =>
  (text) =>
    [...urls].reduce((rewritten, [remote, local]) => rewritten.replaceAll(remote, local), text);

/** Returns the resources with every text of their properties rewritten. Property names stay. */
export function rewriteProperties(resources: readonly Resource[], rewrite: Rewrite): Resource[] {
  const mapped = (value: unknown): unknown => {
    if (typeof value === 'string') return rewrite(value);
    if (Array.isArray(value)) return value.map(mapped);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item)]));
  };
  return resources.map((resource) => ({
    ...resource,
    properties: mapped(resource.properties) as Resource['properties'],
  }));
}
