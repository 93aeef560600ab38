import { eventually } from '../support/jest/timeouts';
import { oneCause, Rehearsal } from '../support/monitoring/rehearsal';
import type { Segment } from '../support/monitoring/timeline';

type Row = Readonly<Record<string, unknown>>;

const rehearsal = new Rehearsal();
const { system } = rehearsal;

beforeAll(() => rehearsal.start());
afterAll(() => system.stop());

/** Creates a user whose email SES refuses `times` times. */
async function refuse(fault: string, to: string, times = 1): Promise<void> {
  await system.control('POST', 'ses-faults', { fault, to, times: String(times) });
  await rehearsal.createUser(to);
}

test('emails that SES refuses until an operator acts', async () => {
  const fault = await system.record(async () => {
    await system.control('POST', 'ses-account', { paused: 'true' });
    await rehearsal.createUser();
    await rehearsal.waitFor('MailBlocked');
    await system.control('POST', 'ses-account', { paused: 'false' });
    await rehearsal.runOutbox();
  });
  expect(rehearsal.rehearse(fault)).toEqual(
    oneCause('EmailsNotSent', 'LicenseMailBlocked', 'LicenseMailStalled'),
  );
});

test('emails for which SES is unavailable', async () => {
  const fault = await system.record(async () => {
    await refuse('ServiceUnavailable', 'slow.example', 10);
    await rehearsal.waitFor('MailDelayed');
    await system.control('DELETE', 'ses-faults');
    await rehearsal.runOutbox();
  });
  expect(rehearsal.rehearse(fault)).toEqual(oneCause('EmailsNotSent', 'LicenseMailStalled'));
});

describe('an email that SES does not accept, while it accepts others', () => {
  let old: Segment;
  beforeAll(async () => {
    const segment = await system.record(async () => {
      await refuse('Throttling', 'old.example', 1_000);
      // SES refuses because of its rate, so the next attempt follows after a second.
      await rehearsal.untilReported('MailAttemptAge', () => rehearsal.runOutbox(), 0.5);
      await system.control('DELETE', 'ses-faults');
      await rehearsal.createUser();
    });
    old = segment.filter(({ name }) => name.startsWith('Mail'));
  });

  test('sets off an alarm after two hours', () => {
    expect(rehearsal.rehearse(old, { slowness: 1e5, after: 150 })).toEqual(
      oneCause('EmailsNotSent', 'LicenseMailAging'),
    );
  });

  test('keeps the alarm on between two attempts', () => {
    const day = rehearsal.timeline().add(20, rehearsal.quiet);
    // The longest pause between two attempts.
    for (let attempt = 0; attempt < 4; attempt++)
      day.add(1, [...old, ...rehearsal.idle], { slowness: 1e5 }).add(72, rehearsal.quiet);
    expect(rehearsal.run(day.add(100, rehearsal.quiet))).toEqual(
      oneCause('EmailsNotSent', 'LicenseMailAging'),
    );
  });
});

test('an outbox that does not run', () => {
  expect(rehearsal.rehearse([], { others: [] })).toEqual(oneCause('EmailsNotSent', 'OutboxLate'));
});

test('a consumer of the stream that fails and is late', async () => {
  const killed = { kinds: 'kill-before', operation: 'lambda:Invoke', function: 'LicenseChanges' };
  const fault = await system.record(() =>
    rehearsal.while('faults', killed, async () => {
      await rehearsal.createUser();
      await eventually('several failures', async () => {
        const { injected } = await system.control<{ injected: unknown[] }>('GET', 'faults');
        return injected.length > 4;
      });
    }),
  );
  // Only this consumer is late. The dispatcher reads the same records in time.
  const late = fault.filter(
    ({ name, dimensions }) => name !== 'IteratorAge' || !JSON.stringify(dimensions).includes('Dispatcher'),
  );
  const { alarms, notifications, left } = rehearsal.rehearse(late, { slowness: 600 });
  expect(alarms).toEqual(
    expect.arrayContaining(['EmailsNotSent', 'LicenseMailLate', 'MailFunctionsFailing']),
  );
  expect(notifications).toEqual(['EmailsNotSent ALARM', 'EmailsNotSent OK']);
  expect(left).toEqual([]);
});

test('a consumer of the stream that Lambda does not run', async () => {
  const fault = await system.record(() =>
    rehearsal.while('stop', { function: 'LicenseChanges' }, async () => {
      await rehearsal.untilReported('Throttles', () => rehearsal.createUser(), 0);
    }),
  );
  const { alarms, notifications } = rehearsal.rehearse(fault, { load: 6 });
  expect(alarms).toEqual(expect.arrayContaining(['EmailsNotSent', 'MailFunctionsThrottled']));
  expect(notifications).toEqual(['EmailsNotSent ALARM', 'EmailsNotSent OK']);
});

test('emails that SES rejects', async () => {
  const fault = await system.record(async () => {
    await refuse('InvalidParameterValue', 'no.example');
    await rehearsal.waitFor('MailRefused');
    await rehearsal.runOutbox();
  });
  expect(rehearsal.rehearse(fault)).toEqual(oneCause('LicenseWorkLost', 'LicenseMailRefused'));
});

test.each([
  ['bounceRate', '0.06', 'MailBounceRate'],
  ['complaintRate', '0.002', 'MailComplaintRate'],
])('an SES account with the %s %s', async (name, value, alarm) => {
  const fault = await system.record(async () => {
    await system.control('POST', 'ses-account', { [name]: value });
    await rehearsal.runOutbox();
  });
  await system.control('POST', 'ses-account', { [name]: '0' });
  const { alarms, notifications } = rehearsal.rehearse(fault, { minutes: 5 });
  expect(alarms).toEqual([alarm]);
  expect(notifications[0]).toBe(`${alarm} ALARM`);
});

test('an SES account that has nearly used its quota', async () => {
  const fault = await system.record(async () => {
    // The outbox asks SES for the quota once in a while.
    await system.control('POST', 'kill', { function: 'MailOutbox', all: 'true' });
    await system.control('POST', 'ses-account', { quota: '1' });
    await rehearsal.createUser();
    await rehearsal.untilReported('SesQuotaUsed', () => rehearsal.runOutbox(), 80);
  });
  await system.control('POST', 'ses-account', { quota: '50000' });
  const { alarms, notifications } = rehearsal.rehearse(fault);
  expect(alarms).toContain('SesQuotaNearlyUsed');
  expect(notifications).toContain('SesQuotaNearlyUsed ALARM');
});

test('a domain that sends more emails than it may in an hour', async () => {
  const { token } = await rehearsal.createDomain({ mailsPerHour: 1 });
  const fault = await system.record(async () => {
    for (let at = 0; at < 3; at++) await rehearsal.createUser('small.example', token);
    await rehearsal.waitFor('MailOverBudget');
    await rehearsal.runOutbox();
  });
  expect(rehearsal.rehearse(fault)).toEqual(oneCause('LicenseMailOverBudget'));
});

test('a failing run of KeyReminders', async () => {
  const killed = { kinds: 'kill-before', operation: 'lambda:Invoke', function: 'KeyReminders' };
  const fault = await system.record(() =>
    rehearsal.while('faults', killed, async () => {
      await system.control('POST', 'fire', { rule: 'KeyReminders' }).catch(() => undefined);
      await rehearsal.runOutbox();
    }),
  );
  const { alarms, notifications } = rehearsal.rehearse(fault, { minutes: 5 });
  expect(alarms).toEqual(expect.arrayContaining(['KeyReminderFailed', 'RemindersNotSent']));
  expect(notifications[0]).toBe('RemindersNotSent ALARM');
});

// Last, because the messages stay in the queues.
test.each([
  ['LicenseChangesFailures', 'LicenseChangeFailed'],
  ['DeliveryMailFailures', 'LicenseMailGivenUp'],
  ['MailEventsFailures', 'MailEventFailed'],
])('a message in the queue %s', async (queue, alarm) => {
  expect(rehearsal.rehearse(await rehearsal.message(queue))).toEqual(oneCause('LicenseWorkLost', alarm));
});

describe('The saved queries of emails', () => {
  const failing = (part: string, operation: string) => ({ kinds: 'unavailable', operation, function: part });

  beforeAll(async () => {
    await rehearsal.while('faults', failing('LicenseChanges', 'dynamodb:'), () =>
      rehearsal.untilFound('LicenseChangeFailed/causes', () => rehearsal.createUser()),
    );
    // An email of the outbox whose license cannot be read, and a run that cannot read the outbox.
    await refuse('Throttling', 'later.example');
    await rehearsal.while('faults', failing('MailOutbox', 'dynamodb:GetItem'), () =>
      rehearsal.untilFound('OutboxLate/failures', () => rehearsal.runOutbox()),
    );
    await rehearsal.while('faults', failing('MailOutbox', 'dynamodb:Query'), () =>
      rehearsal.runOutbox().catch(() => undefined),
    );
    const expireTime = new Date(Date.now() + 2_000).toISOString();
    const notifyAddresses = ['owner@reminded.example'];
    const { domainId } = await rehearsal.createDomain({ notifyAddresses }, { expireTime });
    const remind = () => system.control('POST', 'fire', { rule: 'KeyReminders' }).catch(() => undefined);
    await rehearsal.while('faults', failing('KeyReminders', 'dynamodb:'), remind);
    const ofDomain = { ...failing('KeyReminders', 'dynamodb:'), of: domainId };
    await rehearsal.while('faults', ofDomain, remind);
    await system.control('POST', 'ses-faults', { fault: 'ServiceUnavailable', to: 'reminded', times: '50' });
    await eventually('the reminder of the expired key', async () => {
      await remind();
      const rows = await system.control<Row[]>('GET', 'insights', { name: 'KeyReminderFailed/causes' });
      return rows.some(({ outcome }) => outcome !== undefined);
    });
    await system.control('DELETE', 'ses-faults');
    for (const kind of ['bounce', 'complaint']) {
      const userName = `${kind}+${++rehearsal.users}@simulator.amazonses.com`;
      await system.scim('POST', '/Users', { userName, emails: [{ value: userName }] });
    }
    await rehearsal.untilFound('MailBounceRate/domains', () => Promise.resolve());
    await rehearsal.untilFound('MailComplaintRate/domains', () => Promise.resolve());
    await rehearsal.while('faults', failing('MailEvents', 'dynamodb:'), () =>
      rehearsal.untilFound('MailEventFailed/errors', async () => {
        const userName = `bounce+${++rehearsal.users}@simulator.amazonses.com`;
        await system.scim('POST', '/Users', { userName, emails: [{ value: userName }] });
      }),
    );
  });

  test.each([
    'LicenseMailBlocked/causes',
    'LicenseMailStalled/causes',
    'LicenseMailAging/emails',
    'LicenseMailRefused/emails',
    'LicenseMailGivenUp/causes',
    'LicenseMailOverBudget/domains',
    'SesQuotaNearlyUsed/domains',
    'MailFunctionsFailing/errors',
    'KeyReminderFailed/causes',
    'KeyReminderFailed/errors',
  ])('%s shows the cause of its fault', async (name) => {
    expect(await system.control('GET', 'insights', { name })).not.toEqual([]);
  });

  test('use only fields that lines of their log groups have', async () => {
    const isOfEmails = (name: string) =>
      /^(License(Change|Mail)|Outbox|Ses|KeyReminder|Mail|Request\/license-change)/.test(name);
    expect(await rehearsal.missingFields(isOfEmails)).toEqual([]);
  });
});
