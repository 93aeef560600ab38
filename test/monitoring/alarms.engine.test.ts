import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CLIENT_VARIABLES } from '../../local/cloud/environment';
import { parseInsights } from '../../local/services/logs/insights/query';
import type { SavedQuery } from '../../local/services/logs/saved-queries';
import { eventually } from '../support/jest/timeouts';
import { MonitoredSystem } from '../support/monitoring/monitored-system';
import { type MinutesOptions, type Segment, summaryOf, Timeline } from '../support/monitoring/timeline';

const system = new MonitoredSystem();
let quiet: Segment;
/** A run of the outbox that has nothing to do. */
let idle: Segment;
let users = 0;

const createUser = (domain: string = 'example.com') => {
  const userName = `user${++users}@${domain}`;
  return system.scim('POST', '/Users', { userName, emails: [{ value: userName }] });
};
const runOutbox = () => system.control('POST', 'fire', { rule: 'MailOutbox' });
const parallel = (count: number, act: (at: number) => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, (_, at) => act(at)));

/** Waits until a metric has been reported `count` times more than before. */
async function waitFor(name: string, count = 1): Promise<void> {
  const total = async () =>
    (await system.metrics())
      .filter((metric) => metric.name === name)
      .flatMap(({ samples }) => samples.flatMap(([, values]) => values.map(([, times]) => times)))
      .reduce((sum, times) => sum + times, 0);
  await eventually(`${count} values of ${name}`, async () => (await total()) >= count);
}

/** Runs `act` while the faults are on. */
async function withFaults(parameters: Record<string, string>, act: () => Promise<unknown>): Promise<void> {
  await system.control('POST', 'faults', parameters);
  try {
    await act();
  } finally {
    await system.control('DELETE', 'faults');
  }
}

/** Takes the alarms through quiet minutes, a fault, and quiet minutes. */
const rehearse = (fault: Segment, minutes = 25, options: MinutesOptions = {}, others: Segment = idle) =>
  summaryOf(
    new Timeline()
      .add(20, quiet)
      .add(minutes, [...fault, ...others], options)
      .add(40, quiet)
      .run(system.alarms),
  );

/** The result if the alarms went off, and only one of them notified. */
const oneCause = (notification: string, ...alarms: string[]) => ({
  alarms: [...alarms, notification].sort(),
  notifications: [`${notification} ALARM`, `${notification} OK`],
  left: [],
});

beforeAll(async () => {
  await system.start('--fresh', '--rate-plan', 'unmetered', '--lambda-concurrency', '20');
  await createUser();
  await waitFor('MailSent');
  quiet = await system.record(async () => {
    await createUser();
    await waitFor('MailSent', 2);
    await system.scim('GET', '/Users?count=1');
    await system.admin('GET', '/domains');
    await runOutbox();
  }, ['OutboxAge', 'MailSent']);
  idle = (await system.record(runOutbox, ['OutboxAge'])).filter(({ name }) => name === 'OutboxAge');
});
afterAll(() => system.stop());

test('a quiet night sets off no alarm', () => {
  const night = new Timeline().add(4 * 60, quiet).run(system.alarms);
  expect(summaryOf(night)).toEqual({ alarms: [], notifications: [], left: [] });
});

test('a first import sets off no alarm', async () => {
  const before = users;
  const segment = await system.record(async () => {
    await parallel(4, async () => {
      for (let at = 0; at < 6; at++) await createUser();
    });
    await runOutbox();
    await waitFor('MailSent', before + 16);
  });
  // 5,000 users of a domain, at 250 a minute.
  const result = new Timeline()
    .add(20, quiet)
    .add(20, segment, { load: 10 })
    .add(20, quiet)
    .run(system.alarms);
  expect(summaryOf(result)).toEqual({ alarms: [], notifications: [], left: [] });
});

test('wrong credentials set off no alarm', async () => {
  const { baseUrl, adminUrl, scimKey } = system.session;
  const headers = { authorization: `Bearer ${scimKey.slice(0, -1)}${scimKey.endsWith('0') ? '1' : '0'}` };
  const refused = await system.record(() =>
    parallel(20, async (at) => {
      const { status } = await fetch(at % 2 === 0 ? `${baseUrl}/Users` : `${adminUrl}/domains`, { headers });
      expect(status).toBe(401);
    }),
  );
  expect(rehearse(refused)).toEqual({ alarms: [], notifications: [], left: [] });
});

test('failing functions of the SCIM API', async () => {
  const fault = await system.record(() =>
    withFaults({ kinds: 'kill-before', operation: 'lambda:Invoke', function: 'Users' }, () =>
      parallel(8, () => system.scim('GET', '/Users?count=1')),
    ),
  );
  expect(rehearse(fault)).toEqual(oneCause('ProvisioningDegraded', 'ApiFailing', 'ApiFunctionsFailing'));
});

test('failing license checks', async () => {
  const fault = await system.record(() =>
    withFaults({ kinds: 'kill-before', operation: 'lambda:Invoke', function: 'LicenseCheck' }, () =>
      parallel(8, () => fetch(system.session.licenseCheckUrl, { headers: { 'license-key': 'x' } })),
    ),
  );
  expect(rehearse(fault)).toEqual(
    oneCause('LicenseChecksDegraded', 'LicenseCheckFailing', 'LicenseCheckFunctionsFailing'),
  );
});

test('a failing admin API, also through the portal', async () => {
  const fault = await system.record(() =>
    withFaults({ kinds: 'kill-before', operation: 'lambda:Invoke', function: 'ScimAdmin-Function' }, () =>
      parallel(8, (at) =>
        at % 2 === 0
          ? system.admin('GET', '/domains')
          : fetch(`${system.session.portalUrl}/admin/v1/domains`, {
              headers: { authorization: `Bearer ${system.session.adminToken}` },
            }),
      ),
    ),
  );
  expect(rehearse(fault)).toEqual(
    oneCause('AdministrationDegraded', 'AdminApiFailing', 'AdminFunctionsFailing', 'PortalFailing'),
  );
});

test.each([
  ['throttling', 'TableThrottled', 8],
  ['unavailable', 'TableFailing', 1],
  ['canceled', 'TableConflicts', 200],
] as const)('a table with %s explains the alarms of requests', async (kinds, alarm, load) => {
  const fault = await system.record(() =>
    withFaults({ kinds, operation: 'dynamodb:', function: 'Users', times: '60' }, () =>
      parallel(8, () => createUser()),
    ),
  );
  const { alarms, notifications, left } = rehearse(fault, 25, { load });
  expect(alarms).toEqual(expect.arrayContaining([alarm, 'PlatformDegraded']));
  expect(notifications).toEqual(['PlatformDegraded ALARM', 'PlatformDegraded OK']);
  expect(left).toEqual([]);
});

test('a limit of concurrency explains the alarms of requests', async () => {
  const fault = await system.record(() => parallel(60, () => system.scim('GET', '/Users?count=1')));
  const { alarms, notifications } = rehearse(fault);
  expect(alarms).toEqual(expect.arrayContaining(['ApiFailing', 'ApiFunctionsThrottled', 'PlatformDegraded']));
  expect(notifications).toEqual(['PlatformDegraded ALARM', 'PlatformDegraded OK']);
});

test('emails that SES refuses', async () => {
  const fault = await system.record(async () => {
    await system.control('POST', 'ses-account', { paused: 'true' });
    await createUser();
    await waitFor('MailBlocked');
    await system.control('POST', 'ses-account', { paused: 'false' });
    await runOutbox();
  });
  expect(rehearse(fault)).toEqual(oneCause('EmailsNotSent', 'LicenseMailBlocked', 'LicenseMailStalled'));
});

test('emails for which SES is unavailable', async () => {
  const fault = await system.record(async () => {
    await system.control('POST', 'ses-faults', {
      fault: 'ServiceUnavailable',
      to: 'slow.example',
      times: '10',
    });
    await createUser('slow.example');
    await waitFor('MailDelayed');
    await system.control('DELETE', 'ses-faults');
    await runOutbox();
  });
  expect(rehearse(fault)).toEqual(oneCause('EmailsNotSent', 'LicenseMailStalled'));
});

test('an outbox that does not run', () => {
  expect(rehearse([], 25, {}, [])).toEqual(oneCause('EmailsNotSent', 'OutboxLate'));
});

test('a consumer of the stream that fails and is late', async () => {
  const fault = await system.record(() =>
    withFaults({ kinds: 'kill-before', operation: 'lambda:Invoke', function: 'LicenseChanges' }, async () => {
      await createUser();
      await eventually('several failures', async () => {
        const { injected } = await system.control<{ injected: unknown[] }>('GET', 'faults');
        return injected.length > 4;
      });
    }),
  );
  const { alarms, notifications, left } = rehearse(fault, 25, { ages: 600 });
  expect(alarms).toEqual(
    expect.arrayContaining(['EmailsNotSent', 'LicenseMailLate', 'MailFunctionsFailing']),
  );
  expect(notifications).toEqual(['EmailsNotSent ALARM', 'EmailsNotSent OK']);
  expect(left).toEqual([]);
});

test('emails that SES rejects', async () => {
  const fault = await system.record(async () => {
    await system.control('POST', 'ses-faults', { fault: 'InvalidParameterValue', to: 'no.example' });
    await createUser('no.example');
    await waitFor('MailRefused');
    await runOutbox();
  });
  expect(rehearse(fault)).toEqual(oneCause('LicenseWorkLost', 'LicenseMailRefused'));
});

test.each([
  ['bounceRate', '0.06', 'MailBounceRate'],
  ['complaintRate', '0.002', 'MailComplaintRate'],
])('a high %s', async (name, rate, alarm) => {
  const fault = await system.record(async () => {
    await system.control('POST', 'ses-account', { [name]: rate });
    await runOutbox();
  });
  await system.control('POST', 'ses-account', { [name]: '0' });
  const { alarms, notifications } = rehearse(fault, 5);
  expect(alarms).toEqual([alarm]);
  expect(notifications[0]).toBe(`${alarm} ALARM`);
});

test.each([
  ['KeyReminders', 'KeyReminders', 'KeyReminderFailed', 'RemindersNotSent', 1],
  ['Sweeper', 'Sweeper', 'BackgroundFunctionsFailing', 'BackgroundWorkFailing', 3],
])('a failing run of %s', async (rule, part, alarm, root, load) => {
  const fault = await system.record(() =>
    withFaults({ kinds: 'kill-before', operation: 'lambda:Invoke', function: part }, async () => {
      await system.control('POST', 'fire', { rule }).catch(() => undefined);
      await runOutbox();
    }),
  );
  const { alarms, notifications } = rehearse(fault, 5, { load });
  expect(alarms).toEqual(expect.arrayContaining([alarm, root]));
  expect(notifications[0]).toBe(`${root} ALARM`);
});

/** What a run of seconds cannot show: long durations, many requests, and failures for hours. */
test.each([
  ['ApiSlow', 6_000, 'ProvisioningDegraded'],
  ['AuthorizerSlow', 1_500, 'ProvisioningDegraded'],
  ['RateCounterUnavailable', 1, 'ProvisioningDegraded'],
  ['LicenseChecksThrottled', 100, 'LicenseChecksThrottled'],
  ['LicenseMailAging', 7_201, 'EmailsNotSent'],
  ['SesQuotaNearlyUsed', 81, 'SesQuotaNearlyUsed'],
  ['LicenseMailOverBudget', 1, 'LicenseMailOverBudget'],
  ['DispatchLate', 300_001, 'BackgroundWorkFailing'],
  ['PromotionLate', 301, 'BackgroundWorkFailing'],
  ['LeftoverSweepFailed', 1, 'BackgroundWorkFailing'],
  ['UsageKeySweepFailed', 1, 'BackgroundWorkFailing'],
  ['AdminApiSlow', 6_000, 'AdministrationDegraded'],
  ['LicenseCheckFunctionsThrottled', 1, 'PlatformDegraded'],
  ['MailFunctionsThrottled', 1, 'PlatformDegraded'],
  ['BackgroundFunctionsThrottled', 1, 'PlatformDegraded'],
  ['AdminFunctionsThrottled', 1, 'PlatformDegraded'],
])('%s goes off at its metric', (name, value, root) => {
  const alarm = system.alarms.metric.find((each) => each.name === `scim-${name}`);
  const metrics: Segment = (alarm?.queries ?? []).flatMap(({ MetricStat }) => {
    if (!MetricStat) return [];
    const { Namespace: namespace, MetricName, Dimensions } = MetricStat.Metric;
    const dimensions = Object.fromEntries(Dimensions.map((each) => [each.Name, each.Value]));
    return [{ namespace, name: MetricName, dimensions, samples: [[0, [[value, 30]]]] }];
  });
  const { alarms, notifications } = rehearse(metrics, 70);
  expect(alarms).toContain(name);
  expect(notifications[0]).toBe(`${root} ALARM`);
});

// Last, because the messages stay in the queues.
test.each([
  ['LicenseChangesFailures', 'LicenseChangeFailed', 'LicenseWorkLost'],
  ['DeliveryMailFailures', 'LicenseMailGivenUp', 'LicenseWorkLost'],
  ['MailEventsFailures', 'MailEventFailed', 'LicenseWorkLost'],
  ['SweeperWorkFailures', 'SweepFailed', 'BackgroundWorkFailing'],
  ['PromoterWorkFailures', 'PromotionFailed', 'BackgroundWorkFailing'],
  ['SweeperFailures', 'DispatchFailed', 'BackgroundWorkFailing'],
])('a message in the queue %s', async (queue, alarm, root) => {
  const QueueUrl = system.queueUrl(queue);
  const client = new SQSClient({
    region: system.session.region,
    endpoint: system.session.endpoints.AWS_ENDPOINT_URL_SQS,
    credentials: {
      accessKeyId: CLIENT_VARIABLES.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: CLIENT_VARIABLES.AWS_SECRET_ACCESS_KEY ?? '',
    },
  });
  const fifo = QueueUrl.endsWith('.fifo') ? { MessageGroupId: 'a', MessageDeduplicationId: queue } : {};
  const fault = await system.record(async () => {
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}', ...fifo }));
    await runOutbox();
  });
  client.destroy();
  const ofQueue = fault.filter(
    ({ namespace, dimensions }) => namespace !== 'AWS/SQS' || QueueUrl.endsWith(`/${dimensions.QueueName}`),
  );
  expect(rehearse(ofQueue)).toEqual(oneCause(root, alarm));
});

describe('The saved queries', () => {
  test('run on the logs, and use only fields that lines of the service have', async () => {
    const queries = await system.control<SavedQuery[]>('GET', 'queries');
    expect(queries.length).toBeGreaterThan(30);
    for (const { name, query } of queries) {
      expect(parseInsights(query).fields.length).toBeGreaterThan(0);
      await system.control('GET', 'insights', { name: name.replace(/^scim\//, '') });
    }
  });

  test.each([
    'ApiFailing/requests',
    'ApiFailing/errors',
    'ApiSlow/routes',
    'AuthorizerSlow/overhead',
    'PlatformDegraded/domains',
    'LicenseCheckFailing/requests',
    'LicenseChecksThrottled/callers',
    'LicenseMailBlocked/causes',
    'LicenseMailStalled/causes',
    'LicenseMailAging/emails',
    'LicenseMailRefused/emails',
    'LicenseMailGivenUp/causes',
    'SesQuotaNearlyUsed/domains',
    'AdminApiFailing/requests',
    'AdminApiSlow/routes',
    'MailFunctionsFailing/errors',
    'KeyReminderFailed/errors',
    'BackgroundFunctionsFailing/errors',
  ])('%s shows the cause of its fault', async (name) => {
    expect(await system.control('GET', 'insights', { name })).not.toEqual([]);
  });

  test('a request ID leads from an error to the access log and the lines of the function', async () => {
    const response = await fetch(`${system.session.baseUrl}/Users/none`, {
      headers: { authorization: `Bearer ${system.session.scimKey}` },
    });
    const id = response.headers.get('x-request-id') ?? '';
    await eventually('both lines', async () => {
      const rows = await system.control<Record<string, unknown>[]>('GET', 'insights', {
        name: 'Request/scim',
        'REQUEST-ID': id,
      });
      const logs = new Set(rows.map((row) => row['@log']));
      return logs.size >= 2 && rows.some(({ message }) => message === 'request');
    });
  });
});
