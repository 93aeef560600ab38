import { LOOPBACK } from '../host/http';
import { REGION, URL_SUFFIX } from './resource-types';
import type { Resource } from './resources';

/** The URL of each REST API in AWS → where it is served here. */
export function publicUrls(ports: ReadonlyMap<string, number>): Map<string, string> {
  return new Map(
    [...ports].map(([id, port]) => [
      `https://${id}.execute-api.${REGION}.${URL_SUFFIX}/`,
      `http://${LOOPBACK}:${port}/`,
    ]),
  );
}

/** Puts the local URLs of the APIs wherever a property of a resource names the ones in AWS. */
export function rewriteUrls(resources: readonly Resource[], urls: ReadonlyMap<string, string>): Resource[] {
  const rewrite = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return [...urls].reduce((text, [remote, local]) => text.replaceAll(remote, local), value);
    }
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item)]));
  };
  return resources.map((resource) => ({
    ...resource,
    properties: rewrite(resource.properties) as Resource['properties'],
  }));
}
