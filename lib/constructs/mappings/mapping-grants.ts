import { KEYS } from '../common/key-patterns';
import type { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

/** Allows the function to read users and groups, and to change licenses as mappings say. */
export function grantMappingEvaluation(table: ScimTable, fn: ScimFunction): void {
  const { counts, events, groups, licenses, mails, mappings, memberships, seatQueue, users } = KEYS;
  table.grant(fn, ['dynamodb:GetItem'], [mappings, groups, mails]);
  table.grant(fn, ['dynamodb:BatchGetItem'], [users, groups, licenses]);
  table.grant(fn, ['dynamodb:Query'], [mappings, users, groups, memberships, counts]);
  table.grant(fn, ['dynamodb:PutItem'], [mappings, seatQueue, events]);
  table.grant(fn, ['dynamodb:UpdateItem'], [mappings, licenses]);
  table.grant(fn, ['dynamodb:DeleteItem'], [mappings, seatQueue]);
  table.grant(fn, ['dynamodb:ConditionCheckItem'], [mappings, users, groups, mails]);
  table.grantCounts(fn);
  grantMappedAdministrators(table, fn);
}

/**
 * Allows the function to make users administrators of their domain, and to end that. Their invitations are
 * tasks.
 */
function grantMappedAdministrators(table: ScimTable, fn: ScimFunction): void {
  const { administratorTasks, domain, invited, mappedAdministrators, roles } = KEYS;
  table.grant(fn, ['dynamodb:GetItem', 'dynamodb:Query'], [mappedAdministrators, domain]);
  table.grant(fn, ['dynamodb:PutItem'], [mappedAdministrators, administratorTasks, invited, roles]);
  table.grant(fn, ['dynamodb:UpdateItem'], [mappedAdministrators, roles]);
  table.grant(fn, ['dynamodb:DeleteItem'], [mappedAdministrators, invited, roles]);
  table.grant(fn, ['dynamodb:ConditionCheckItem'], [domain]);
}

/** Allows the function to read the mappings of domains. */
export const grantMappingLookup = (table: ScimTable, fn: ScimFunction): void =>
  table.grant(fn, ['dynamodb:GetItem'], [KEYS.mappings]);

/** Allows the function to store the mappings of domains. It may already read everything. */
export function grantMappingAdministration(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:PutItem'], [KEYS.mappings]);
  // An evaluation that starts again is one of the current mappings.
  table.grant(fn, ['dynamodb:ConditionCheckItem'], [KEYS.mappings]);
}
