import { LOOPBACK } from '../../host/http';
import { mapTexts } from './map-texts';
import { REGION, URL_SUFFIX } from './identity';
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
  const rewrite = (text: string): string =>
    [...urls].reduce((rewritten, [remote, local]) => rewritten.replaceAll(remote, local), text);
  return resources.map((resource) => ({ ...resource, properties: mapTexts(resource.properties, rewrite) }));
}
