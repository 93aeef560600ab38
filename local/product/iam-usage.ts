import { type Grant, grantsOf, isUsed } from '../cloud/iam/grants';
import { roleFromTemplate } from '../cloud/iam/role-policies';
import type { Use } from '../cloud/iam/usage';
import { loadAssembly } from '../cloud/template/assembly';
import { ofType } from '../cloud/template/resources';
import { resolveResources } from '../services/services';
import { RARE_GRANTS, type RareGrant } from './rare-grants';

/** The file in the state directory that records what functions did. */
export const USAGE_FILE = 'iam-usage.json';

export interface UsageReport {
  /** The texts of refused requests. */
  readonly refused: readonly string[];
  /** Grants that no request used, and that are not expected to be rare. */
  readonly unused: readonly Grant[];
  /** Entries of the list of rare grants that match no grant anymore. */
  readonly outdated: readonly RareGrant[];
}

/** Compares the grants of the functions in an assembly with what they used. */
export function reportUsage(assembly: string, uses: readonly Use[], rare = RARE_GRANTS): UsageReport {
  const grants = grantsInAssembly(assembly);
  return {
    refused: uses.flatMap(({ refused }) => refused ?? []),
    unused: grants.filter((grant) => !isUsed(grant, uses) && !rare.some((entry) => matches(entry, grant))),
    outdated: rare.filter((entry) => !grants.some((grant) => matches(entry, grant))),
  };
}

/** Returns the grants of all functions in an assembly. */
function grantsInAssembly(assembly: string): Grant[] {
  const resources = resolveResources(loadAssembly(assembly));
  const customResources = new Set(resources.map(({ properties }) => properties.ServiceToken));
  return ofType(resources, 'AWS::Lambda::Function')
    .filter(({ attributes }) => !customResources.has(attributes.Arn))
    .flatMap(({ ref, properties }) =>
      grantsOf(ref, roleFromTemplate(resources, String(properties.Role)).statements),
    );
}

export const grantText = ({ function: name, action, resource, key }: Grant): string =>
  `${name}: ${action} on ${resource}${key === undefined ? '' : ` for keys ${key}`}`;

function matches(entry: RareGrant, { function: name, action, key, resource }: Grant): boolean {
  return (
    name.includes(entry.function ?? '') &&
    entry.actions.includes(action) &&
    (key ?? resource).endsWith(entry.of ?? '')
  );
}
