import type { Webhooks } from '../webhooks/webhooks';
import { COLORS } from './colors';
import type { DashboardRow } from './dashboard-row';
import { FIVE_MINUTES, graph, logTable, total } from './widgets';

/** Answers whether the products and customers that have webhooks learn of changes. */
export function webhooksRow({ handler }: Webhooks): DashboardRow {
  const metric = (name: string, statistic = 'Sum') =>
    handler.metric(name).with({ period: FIVE_MINUTES, statistic });
  const sum = (name: string) => total(`${name.charAt(0).toLowerCase()}${name.slice(1)}`, [metric(name)]);
  return {
    question: 'Do webhooks arrive?',
    explanation: [
      '**Attempts**: an endpoint that refuses events or does not respond is tried for 24 hours. Then its events become dead letters, which administrators can replay.',
      '**Delay** is the time from a change to the response of an endpoint that works. If it grows, the function `webhooks` or the function `events` fails or cannot run.',
      '**Failing endpoints** have accepted nothing for an hour. Their owners see the reason in the portal, on the page "Webhooks".',
    ],
    runbook: [
      'WebhooksFailing',
      'WebhooksLate',
      'WebhookBacklogOld',
      'WebhookDeadLetters',
      'WebhookRunFailed',
    ],
    lines: [
      [
        graph({
          title: 'Attempts to deliver events',
          width: 8,
          unit: 'in 5 minutes',
          series: [
            { label: 'Delivered', color: COLORS.good, metric: sum('WebhookDelivered') },
            { label: 'Refused or no response', color: COLORS.waiting, metric: sum('WebhookRefused') },
            { label: 'Dead letters', color: COLORS.bad, metric: sum('WebhookDeadLetters') },
          ],
        }),
        graph({
          title: 'Delay at endpoints that work',
          width: 8,
          unit: 'seconds',
          series: [
            { label: 'Median', color: COLORS.good, metric: metric('WebhookDelay', 'p50') },
            { label: '99 of 100', color: COLORS.neutral, metric: metric('WebhookDelay', 'p99') },
          ],
        }),
        graph({
          title: 'Failing endpoints',
          width: 8,
          unit: 'endpoints',
          series: [
            { label: 'Failing for an hour', color: COLORS.bad, metric: metric('WebhooksFailing', 'Maximum') },
          ],
        }),
      ],
      [
        logTable({
          title: 'Endpoints with the most failed attempts',
          width: 24,
          logs: [handler.logGroup],
          query: [
            'filter message = "Webhook" and level = "WARN"',
            'stats count(*) as attempts, latest(status) as status, latest(error) as reason by scope, subscriptionId',
            'sort attempts desc',
            'limit 10',
          ],
        }),
      ],
    ],
  };
}
