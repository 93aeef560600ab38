import { KEYS } from '../common/key-patterns';
import type { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

const WRITES = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];

/** Allows the function to deliver the events of feeds to webhooks, and to store how far it has come. */
export function grantWebhookDelivery(table: ScimTable, fn: ScimFunction): void {
  const { deploymentFeed, deploymentSubscriptions, deploymentWebhooks, feed, parkedWebhooks } = KEYS;
  const { subscriptions, webhooks } = KEYS;
  table.grant(fn, ['dynamodb:GetItem'], [subscriptions, deploymentSubscriptions]);
  table.grant(
    fn,
    ['dynamodb:Query'],
    [
      feed,
      deploymentFeed,
      subscriptions,
      deploymentSubscriptions,
      webhooks,
      deploymentWebhooks,
      parkedWebhooks,
    ],
  );
  table.grant(fn, WRITES, [webhooks, deploymentWebhooks]);
  table.grant(fn, ['dynamodb:PutItem', 'dynamodb:DeleteItem'], [parkedWebhooks]);
}

/**
 * Allows the function to replay events, and to log test events. It may already read everything, and change
 * subscriptions.
 */
export function grantWebhookAdministration(table: ScimTable, fn: ScimFunction): void {
  table.grant(fn, WRITES, [KEYS.webhooks, KEYS.deploymentWebhooks]);
}
