import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { countMessages, errorsOf, ERRORS_OF_WORK, type SavedQuery } from '../monitoring/saved-queries';

const ENDPOINT = ['scope', 'subscriptionId'];

/** Returns the saved queries of webhooks. */
export const webhookQueries = (log: ILogGroup): SavedQuery[] => [
  countMessages('WebhooksFailing/causes', [log], 'message = "Webhook" and level = "WARN"', [
    ...ENDPOINT,
    'status',
    'error',
  ]),
  countMessages(
    'WebhookDeadLetters/events',
    [log],
    'message in ["A webhook did not accept an event for 24 hours", "Events expired before a webhook could deliver them"]',
    [...ENDPOINT, 'type'],
  ),
  {
    name: 'WebhooksLate/endpoints',
    logGroups: [log],
    query: [
      'filter message = "Webhook"',
      'stats count(*) as attempts, sum(durationMs) as milliseconds, max(durationMs) as slowest by scope, subscriptionId',
      'sort milliseconds desc',
      'limit 50',
    ],
  },
  countMessages(
    'WebhookRunFailed/causes',
    [log],
    'message = "Delivering to webhooks failed and will be retried"',
    ['domainId', 'subscriptionId', 'errorName', 'errorMessage'],
  ),
  errorsOf('WebhookRunFailed', [log], ERRORS_OF_WORK),
];
