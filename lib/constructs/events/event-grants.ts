import { KEYS } from '../common/key-patterns';
import type { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

/** Allows the function to append events to feeds, and to find out who made a change. */
export function grantEventFeed(table: ScimTable, fn: ScimFunction): void {
  const { deploymentEvents, deploymentFeed, domain, events, feed } = KEYS;
  // A connection and its credentials tell which changes are those of a connection.
  table.grant(fn, ['dynamodb:BatchGetItem'], [feed, deploymentFeed, domain]);
  table.grant(fn, ['dynamodb:PutItem', 'dynamodb:UpdateItem'], [feed, deploymentFeed]);
  table.grant(fn, ['dynamodb:Query'], [events, deploymentEvents]);
}

/** Allows the function to find the subscription of an events token. */
export function grantEventTokens(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:GetItem'], [KEYS.subscriptions, KEYS.deploymentSubscriptions]);
}

/** Allows the function to create the feed of a first subscription. */
export function grantFeedCreation(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, ['dynamodb:UpdateItem'], [KEYS.feed, KEYS.deploymentFeed]);
}
