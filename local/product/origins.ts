import type { Resource } from '../cloud/template/resources';

/**
 * Adds origins to the variables of the functions that have them: for an issuer or a receiver whose port
 * nobody knew before.
 */
export function addOrigins(
  resources: readonly Resource[],
  origins: Readonly<Record<string, readonly string[]>>,
): Resource[] {
  return resources.map((resource) => {
    const { Environment: environment } = resource.properties as { Environment?: { Variables?: Variables } };
    const own = environment?.Variables;
    const names = Object.keys(origins).filter((name) => own?.[name] !== undefined);
    if (names.length === 0) return resource;
    const added = names.map((name): [string, string] => {
      const all = [...(JSON.parse(own?.[name] ?? '[]') as string[]), ...(origins[name] ?? [])];
      return [name, JSON.stringify(all)];
    });
    const Variables = { ...own, ...Object.fromEntries(added) };
    return { ...resource, properties: { ...resource.properties, Environment: { Variables } } };
  });
}

type Variables = Readonly<Record<string, string>>;
