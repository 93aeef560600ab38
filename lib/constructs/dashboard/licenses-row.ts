import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { OLD_MAIL } from '../mail/mail-alarms';
import { COLORS } from './colors';
import type { DashboardRow } from './dashboard-row';
import type { MonitoredService } from './monitored-service';
import { computed, FIVE_MINUTES, graph, logTable, numbers, type Series, total } from './widgets';

const QUEUE_COLORS = [...Object.values(COLORS), '#c33d69', '#2f6f73', '#8c6d00', '#16191f'];

/** Answers whether users who become active get their license keys. */
export function licensesRow(service: MonitoredService): DashboardRow {
  const { licenseChanges, outbox } = service.mail;
  return {
    question: 'Do users get licenses?',
    explanation: [
      '**Activated** licenses call for an email each. **Emailed** follows within minutes, or hours during an import with a low SES rate; **delivered** is the report of the receiving server.',
      '**Bounced** addresses do not exist. The service sends nothing more to them, and readiness lists them for the administrator of the domain.',
      '**Oldest unsent email** counts from its first attempt. Minutes are a hiccup of SES; two hours mean that SES accepts nothing.',
      '**Failure queues** hold work that the service has given up on. Each message needs an operator: any number above 0 is bad.',
      '**Waiting for a seat** is not a fault: the domain has used its seats, and its owner buys more or ends licenses. Seats are counted once an hour.',
    ],
    runbook: [
      'LicenseMailBlocked',
      'OutboxLate',
      'LicenseMailGivenUp',
      'LicenseChangeFailed',
      'MailBounceRate',
    ],
    lines: [
      [
        numbers({
          title: 'In the time range',
          width: 12,
          series: steps(service, FIVE_MINUTES),
          wholeRange: true,
        }),
        numbers({ title: 'Licenses and seats of all domains', width: 12, series: seats(service) }),
      ],
      [
        graph({
          title: 'From activation to delivery',
          width: 8,
          unit: 'in 5 minutes',
          series: steps(service, FIVE_MINUTES),
        }),
        graph({
          title: 'Oldest unsent email, since its first attempt',
          width: 8,
          unit: 'minutes',
          series: [oldestUnsent(service)],
          limit: { value: OLD_MAIL.toMinutes(), label: 'Too old' },
        }),
        graph({
          title: 'Failure queues',
          width: 8,
          unit: 'messages',
          series: Object.entries(service.failureQueues).map(([label, queue], index) => ({
            label,
            color: QUEUE_COLORS[index % QUEUE_COLORS.length] ?? COLORS.bad,
            metric: queue.metricApproximateNumberOfMessagesVisible({
              period: FIVE_MINUTES,
              statistic: 'Maximum',
            }),
          })),
        }),
      ],
      [
        logTable({
          title: 'Why emails are not sent',
          width: 12,
          height: 6,
          logs: [licenseChanges.logGroup, outbox.logGroup],
          query: [
            'filter message = "License email" and outcome in ["delayed", "failed", "givenUp"] and ispresent(error)',
            'stats count(*) as attempts, count_distinct(userId) as users, count_distinct(domainId) as domains by outcome, error',
            'sort attempts desc',
            'limit 10',
          ],
        }),
        logTable({
          title: 'Domains whose licenses wait for a seat',
          width: 6,
          height: 6,
          logs: [licenseChanges.logGroup],
          query: [
            'filter message = "License email" and licenseStatus = "pending"',
            'stats count_distinct(userId) as licenses by domainId',
            'sort licenses desc',
            'limit 10',
          ],
        }),
        logTable({
          title: 'Domains whose emails bounce',
          width: 6,
          height: 6,
          logs: [service.mail.events.logGroup],
          query: [
            'filter message = "Email event" and kind in ["bounced", "complained"]',
            'stats count_distinct(userId) as users by domainId',
            'sort users desc',
            'limit 10',
          ],
        }),
      ],
    ],
  };
}

function steps({ mail }: MonitoredService, period: Duration): Series[] {
  const sum = (metric: IMetric, id: string) => computed(`FILL(${id}, 0)`, { [id]: metric }, period);
  const sent = [mail.licenseChanges, mail.outbox].map((fn) => fn.metric('MailSent'));
  return [
    {
      label: 'Activated',
      color: COLORS.quiet,
      metric: sum(mail.licenseChanges.metric('LicensesActivated'), 'activated'),
    },
    { label: 'Emailed', color: COLORS.neutral, metric: total('sent', sent, period) },
    { label: 'Delivered', color: COLORS.good, metric: sum(mail.events.metric('MailDelivered'), 'delivered') },
    { label: 'Bounced', color: COLORS.bad, metric: sum(mail.events.metric('MailBounced'), 'bounced') },
  ];
}

function oldestUnsent({ mail }: MonitoredService): Series {
  const age = (fn: typeof mail.outbox) => fn.metric('MailAttemptAge').with({ statistic: 'Maximum' });
  return {
    label: 'Age',
    color: COLORS.waiting,
    metric: computed(
      'MAX([FILL(atOnce, 0), FILL(later, 0)]) / 60',
      { atOnce: age(mail.licenseChanges), later: age(mail.outbox) },
      FIVE_MINUTES,
    ),
  };
}

/** `key-reminders` counts them, because it visits all domains every hour. */
const seats = ({ mail }: MonitoredService): Series[] =>
  (
    [
      ['ActiveLicenses', 'Active licenses', COLORS.good],
      ['FreeSeats', 'Free seats of limited domains', COLORS.neutral],
      ['WaitingLicenses', 'Waiting for a seat', COLORS.waiting],
    ] as const
  ).map(([name, label, color]) => ({
    label,
    color,
    metric: mail.keyReminders.metric(name).with({ period: Duration.hours(1), statistic: 'Maximum' }),
  }));
