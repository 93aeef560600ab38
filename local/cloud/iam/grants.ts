import { wildcards } from '../wildcards';
import { arnPattern } from './arn-pattern';
import { contextKey } from './condition-keys';
import type { CompiledStatement } from './statement';
import type { Use } from './usage';

/**
 * One permission of a function: an action on a resource, and on a pattern of partition keys if there is one.
 */
export interface Grant {
  readonly function: string;
  readonly action: string;
  readonly resource: string;
  readonly key?: string;
}

/** Returns the grants of the statements that allow something, each once. */
export function grantsOf(functionName: string, statements: readonly CompiledStatement[]): Grant[] {
  const grants = new Map<string, Grant>();
  for (const { source } of statements) {
    if (source.Effect !== 'Allow') continue;
    for (const action of source.Action ?? ['*'])
      for (const resource of source.Resource ?? ['*'])
        for (const key of leadingKeys(source.Condition)) {
          const grant = { function: functionName, action, resource, ...(key !== undefined && { key }) };
          grants.set(JSON.stringify(grant), grant);
        }
  }
  return [...grants.values()];
}

/** Returns whether a request needed this grant or could have used it. */
export function isUsed(grant: Grant, uses: readonly Use[]): boolean {
  const action = wildcards(grant.action.toLowerCase());
  const resource = arnPattern(grant.resource);
  const key = grant.key === undefined ? undefined : wildcards(grant.key);
  return uses.some(
    (use) =>
      use.refused === undefined &&
      use.function === grant.function &&
      action.test(use.action.toLowerCase()) &&
      resource(use.resource) &&
      (key === undefined || (use.key !== undefined && key.test(use.key))),
  );
}

/** Returns the patterns of partition keys, or one undefined if the statement does not limit them. */
function leadingKeys(conditions: CompiledStatement['source']['Condition']): (string | undefined)[] {
  const patterns = Object.values(conditions).flatMap((keys) =>
    Object.entries(keys).flatMap(([name, values]) =>
      contextKey(name) === 'dynamodb:LeadingKeys' ? values : [],
    ),
  );
  return patterns.length > 0 ? patterns : [undefined];
}
