import { KEYS } from '../common/key-patterns';
import type { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

/** Allows the function to read which mappings and subscriptions must learn of changes. */
export function grantConsumerList(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:GetItem', 'dynamodb:Query'], [KEYS.changeConsumers]);
}

/**
 * Allows the function to write subscriptions, and to add and remove mappings and subscriptions that must
 * learn of changes. It is one statement, because the policy of the admin function is large.
 */
export function grantConsumers(table: ScimTable, fn: ScimFunction): void {
  const actions = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
  const { changeConsumers, deploymentSubscriptions, subscriptions } = KEYS;
  table.grant(fn, actions, [changeConsumers, subscriptions, deploymentSubscriptions]);
}

/** Allows the function to remove the consumers of a deleted domain. */
export function grantConsumerSweep(table: ScimTable, fn: ScimFunction): void {
  const actions = ['dynamodb:Query', 'dynamodb:DeleteItem', 'dynamodb:UpdateItem'];
  table.grant(fn, actions, [KEYS.changeConsumers]);
}
