import type { Mapping, MappingTarget } from '../mapping/mapping';
import type { Resource } from '../resource';
import type { ResourceType } from '../resource-type';
import { entitlementResourceType, licenseResourceType, roleResourceType } from '../schemas/catalog';
import type { ProductSettings } from '../schemas/product-user';
import { nameKeyOf } from '../text/name-key';

/** Something that a client can assign to users by writing its id into `roles` or `entitlements`. */
interface CatalogEntry {
  /** The value that mappings compare. */
  readonly id: string;
  readonly type: 'License' | 'Entitlement' | 'Role';
  readonly description: string;
}

/**
 * Returns what a client can assign to users of a domain: as roles and entitlements those whose values the
 * mappings of the domain name, and as entitlements also the user types of the product. Names that differ only
 * in case are listed once.
 */
export function catalogOf(
  type: ResourceType,
  { userTypes }: Pick<ProductSettings, 'userTypes'>,
  mappings: readonly Mapping[],
  baseUrl: string,
): Resource[] {
  return entriesOf(type, userTypes, mappings).map((entry) => toCatalogResource(type, entry, baseUrl));
}

function entriesOf(
  type: ResourceType,
  userTypes: ProductSettings['userTypes'],
  mappings: readonly Mapping[],
): CatalogEntry[] {
  switch (type) {
    case roleResourceType:
      return mappedEntries(mappings, 'role', 'Role');
    case licenseResourceType:
      return licenses(userTypes);
    case entitlementResourceType:
      return distinct([...licenses(userTypes), ...mappedEntries(mappings, 'entitlement', 'Entitlement')]);
    default:
      return [];
  }
}

const licenses = ({ names, default: defaultType }: ProductSettings['userTypes']): CatalogEntry[] =>
  names.map((name) => ({
    id: name,
    type: 'License',
    description: `A license of the type ${name}${name === defaultType ? ', the default' : ''}.`,
  }));

/** Returns an entry for each value that mappings name, with all that it gives a user. */
function mappedEntries(
  mappings: readonly Mapping[],
  kind: 'role' | 'entitlement',
  type: CatalogEntry['type'],
): CatalogEntry[] {
  const effects = new Map<string, { id: string; targets: MappingTarget[] }>();
  for (const { from, to } of mappings) {
    if (from.kind !== kind) continue;
    const key = nameKeyOf(from.value);
    const entry = effects.get(key) ?? { id: from.value, targets: [] };
    entry.targets.push(to);
    effects.set(key, entry);
  }
  return [...effects.values()].map(({ id, targets }) => ({
    id,
    type,
    description: `Gives ${targets.map(effectOf).join(', ')}.`,
  }));
}

function effectOf(target: MappingTarget): string {
  switch (target.kind) {
    case 'userType':
      return `a license of the type ${target.userType}`;
    case 'organization':
      return `the role ${target.role} in the organization ${target.organization}`;
    case 'administrator':
      return `the role ${target.role} in the portal${target.license ? '' : ', without a license'}`;
    case 'noLicense':
      return 'no license';
  }
}

function distinct(entries: readonly CatalogEntry[]): CatalogEntry[] {
  const byKey = new Map<string, CatalogEntry>();
  for (const entry of entries) {
    const key = nameKeyOf(entry.id);
    if (!byKey.has(key)) byKey.set(key, entry);
  }
  return [...byKey.values()];
}

function toCatalogResource(
  { name, endpoint, schema }: ResourceType,
  { id, type, description }: CatalogEntry,
  baseUrl: string,
): Resource {
  return {
    schemas: [schema.id],
    id,
    displayName: id,
    ...(type !== 'Role' && { type }),
    description,
    meta: { resourceType: name, location: `${baseUrl}${endpoint}/${encodeURIComponent(id)}` },
  };
}
