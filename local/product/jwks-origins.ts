import { ENV } from '../../shared/env';
import type { Resource } from '../cloud/template/resources';

/** Adds origins to the setting `jwksOrigins` of the functions that have it, for an issuer whose port nobody knew before. */
export function addJwksOrigins(resources: readonly Resource[], origins: readonly string[]): Resource[] {
  return resources.map((resource) => {
    const { Environment: environment } = resource.properties as { Environment?: { Variables?: Variables } };
    const own = environment?.Variables?.[ENV.jwksOrigins];
    if (own === undefined) return resource;
    const all = [...(JSON.parse(own) as string[]), ...origins];
    const Variables = { ...environment?.Variables, [ENV.jwksOrigins]: JSON.stringify(all) };
    return { ...resource, properties: { ...resource.properties, Environment: { Variables } } };
  });
}

type Variables = Readonly<Record<string, string>>;
