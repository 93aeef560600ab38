import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import {
  countMessages,
  ERRORS_OF_EVENTS,
  ERRORS_OF_WORK,
  errorsOf,
  type SavedQuery,
} from '../monitoring/saved-queries';

export interface LicenseQueriesProps {
  readonly changes: ILogGroup;
  readonly outbox: ILogGroup;
  readonly events: ILogGroup;
  readonly reminders: ILogGroup;
}

const SENT = 'message = "License email"';

/** Returns the saved queries of licenses and emails. */
export function licenseQueries({ changes, outbox, events, reminders }: LicenseQueriesProps): SavedQuery[] {
  const senders = [changes, outbox];
  return [
    countMessages(
      'LicenseChangeFailed/causes',
      [changes],
      'message = "License change failed and will be retried"',
      ['message', 'errorName', 'errorMessage'],
    ),
    countMessages('LicenseMailGivenUp/causes', senders, `${SENT} and outcome in ["givenUp", "failed"]`, [
      'outcome',
      'error',
    ]),
    {
      name: 'LicenseMailRefused/emails',
      logGroups: senders,
      query: [
        'fields @timestamp, domainId, userId, error',
        `filter ${SENT} and outcome = "failed"`,
        'sort @timestamp desc',
        'limit 50',
      ],
    },
    countMessages('LicenseMailBlocked/causes', senders, `${SENT} and ispresent(block)`, ['block', 'error']),
    countMessages(
      'LicenseMailStalled/causes',
      senders,
      `${SENT} and outcome = "delayed" and ispresent(error)`,
      ['error', 'block'],
    ),
    {
      name: 'LicenseMailAging/emails',
      logGroups: senders,
      query: [
        `filter ${SENT} and outcome = "delayed" and ispresent(firstTriedAt)`,
        'stats min(firstTriedAt) as since, count(*) as attempts, latest(error) as lastError by domainId, userId',
        'sort since asc',
        'limit 50',
      ],
    },
    countMessages('LicenseMailOverBudget/domains', senders, `${SENT} and limit = "domain"`, ['domainId']),
    countMessages(
      'OutboxLate/failures',
      [outbox],
      'message = "Email from the outbox failed and will be retried" or message = "SES did not report its quota"',
      ['message', 'errorName', 'errorMessage'],
    ),
    countMessages('SesQuotaNearlyUsed/domains', senders, `${SENT} and outcome = "sent"`, ['domainId']),
    countMessages(
      'KeyReminderFailed/causes',
      [reminders],
      'message = "Key reminder failed and will be retried" or (message = "Key reminder" and ispresent(error))',
      ['outcome', 'error', 'errorName', 'errorMessage'],
    ),
    errorsOf('KeyReminderFailed', [reminders], ERRORS_OF_WORK),
    countMessages(
      'MailBounceRate/domains',
      [events],
      'message = "Email event" and kind = "bounced" and outcome = "noted"',
      ['domainId'],
    ),
    countMessages(
      'MailComplaintRate/domains',
      [events],
      'message = "Email event" and kind = "complained" and outcome = "noted"',
      ['domainId'],
    ),
    errorsOf('MailEventFailed', [events], ERRORS_OF_EVENTS),
    errorsOf('MailFunctionsFailing', [changes, outbox, events, reminders], ERRORS_OF_WORK),
    {
      name: 'Request/license-change',
      logGroups: senders,
      query: [
        'fields @timestamp, @log, message, outcome, error, mailId, messageId',
        'filter userId = "USER-ID"',
        'sort @timestamp asc',
        'limit 100',
      ],
    },
  ];
}
