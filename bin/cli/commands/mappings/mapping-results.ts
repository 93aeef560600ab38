import { sourceText, targetText } from './mapping-text';
import type { License, MappingTarget, UserDetail } from '../../../../portal/src/api/schema';
import type { Cli } from '../../cli';
import type { Column } from '../../columns';

/** A part of what mappings give a user, and the mapping that gives it. */
interface Result {
  readonly target: MappingTarget;
  readonly mappingId: string;
}

/**
 * Returns the lines of a table with what mappings give a user, each with its reason; none if they give
 * nothing.
 */
export function mappingResultLines(cli: Cli, { user: { license }, mappings }: UserDetail): string[] {
  const results = license ? resultsOf(license) : [];
  if (results.length === 0) return [];
  const columns: readonly Column<Result>[] = [
    ['From mappings', ({ target }) => targetText(target)],
    ['Reason', ({ mappingId }) => reasonOf(mappings.find(({ id }) => id === mappingId))],
    ['Mapping ID', ({ mappingId }) => mappingId],
  ];
  return ['', ...cli.tableLines(results, columns)];
}

/** Returns the reason; undefined if the mapping has been removed and the user is not evaluated yet. */
const reasonOf = (mapping: UserDetail['mappings'][number] | undefined): string | undefined =>
  mapping && sourceText(mapping.from);

function resultsOf({
  userType,
  userTypeMapping,
  organizations = [],
  administrator,
  noLicenseMapping,
}: License): Result[] {
  const results: Result[] = [];
  const add = (mappingId: string | undefined, target: MappingTarget): void => {
    if (mappingId !== undefined) results.push({ target, mappingId });
  };
  add(userTypeMapping, { kind: 'userType', userType });
  for (const { mappingId, organization, role } of organizations)
    add(mappingId, { kind: 'organization', organization, role });
  if (administrator) {
    const { mappingId, role, license } = administrator;
    add(mappingId, { kind: 'administrator', role, license });
  }
  add(noLicenseMapping, { kind: 'noLicense' });
  return results;
}
