import { newId } from '../../shared/id';
import { eventually } from '../support/jest/timeouts';
import { oneCause, Rehearsal } from '../support/monitoring/rehearsal';
import { Endpoint, testEventAlarms } from './event-alarms';

const rehearsal = new Rehearsal();
const { system } = rehearsal;
const ROOT = 'BackgroundWorkFailing';

const endpoint = new Endpoint();

beforeAll(async () => rehearsal.start('--webhook-origin', await endpoint.start()));
afterAll(async () => {
  await system.stop();
  await endpoint.stop();
});

test('a failing sweep', async () => {
  const killed = { kinds: 'kill-before', operation: 'lambda:Invoke', function: 'Sweeper' };
  const fault = await system.record(() =>
    rehearsal.while('faults', killed, () =>
      system.control('POST', 'fire', { rule: 'Sweeper' }).catch(() => undefined),
    ),
  );
  const { alarms, notifications } = rehearsal.rehearse(fault, { minutes: 5, load: 3 });
  expect(alarms).toEqual(expect.arrayContaining(['BackgroundFunctionsFailing', ROOT]));
  expect(notifications[0]).toBe(`${ROOT} ALARM`);
});

test.each([
  ['Leftovers', 'Sweeper', 'LeftoverSweepFailed'],
  ['UsageKeys', 'ScimAdmin-Function', 'UsageKeySweepFailed'],
  ['UsageKeys', 'ScimAdmin-Function', 'AccountCheckFailed'],
])('the table fails each run of %s for an hour', async (rule, part, alarm) => {
  const throttled = { kinds: 'throttling', operation: 'dynamodb:Query', function: part };
  const fault = await system.record(
    () =>
      rehearsal.while('faults', throttled, () =>
        system.control('POST', 'fire', { rule }).catch(() => undefined),
      ),
    [alarm],
  );
  const { alarms, notifications } = rehearsal.rehearse(fault, { minutes: 70 });
  expect(alarms).toContain(alarm);
  // If the table throttles often enough, that explains the failed runs.
  expect(notifications[0]).toMatch(/^(BackgroundWorkFailing|AccountCheckFailed|PlatformDegraded) ALARM$/);
});

test('a dispatcher that cannot send work, and is late', async () => {
  const { domainId } = await rehearsal.createDomain();
  const failing = { kinds: 'unavailable', operation: 'SendMessage', function: 'WorkDispatcher' };
  const fault = await system.record(() =>
    rehearsal.while('faults', failing, async () => {
      const { status } = await system.admin('DELETE', `/domains/${domainId}?name=Rehearsal`);
      expect(status).toBe(202);
      await rehearsal.untilFound('DispatchFailed/causes', () => Promise.resolve());
      // The age of the records at the next attempt.
      await rehearsal.untilReported('IteratorAge', () => Promise.resolve(), 500);
    }),
  );
  const { alarms, notifications, left } = rehearsal.rehearse(fault, { slowness: 1_000 });
  expect(alarms).toEqual(expect.arrayContaining(['DispatchLate', ROOT]));
  expect(notifications).toEqual([`${ROOT} ALARM`, `${ROOT} OK`]);
  expect(left).toEqual([]);
});

test('a promoter that Lambda does not run', async () => {
  const fault = await system.record(() =>
    rehearsal.while('stop', { function: 'Promoter' }, async () => {
      const before = await rehearsal.countOf('Throttles', 0);
      await rehearsal.send('PromoterWorkQueue', JSON.stringify({ domainId: system.session.domainId }));
      await eventually('a throttle', async () => (await rehearsal.countOf('Throttles', 0)) > before);
      await rehearsal.untilReported(
        'ApproximateAgeOfOldestMessage',
        () => Promise.resolve(),
        0.5,
        'Promoter',
      );
    }),
  );
  const { alarms, notifications, left } = rehearsal.rehearse(fault, { load: 6, slowness: 1_000 });
  expect(alarms).toEqual(expect.arrayContaining(['BackgroundFunctionsThrottled', 'PromotionLate', ROOT]));
  expect(notifications).toEqual([`${ROOT} ALARM`, `${ROOT} OK`]);
  expect(left).toEqual([]);
});

describe('Events and webhooks', () => testEventAlarms(rehearsal, endpoint));

// Last, because the messages stay in the queues.
test.each([
  ['SweeperWorkFailures', 'SweepFailed'],
  ['PromoterWorkFailures', 'PromotionFailed'],
  ['SweeperFailures', 'DispatchFailed'],
])('a message in the queue %s', async (queue, alarm) => {
  expect(rehearsal.rehearse(await rehearsal.message(queue))).toEqual(oneCause(ROOT, alarm));
});

describe('The saved queries of the background work', () => {
  const failing = (part: string, operation: string) => ({ kinds: 'unavailable', operation, function: part });

  beforeAll(async () => {
    const { domainId } = await rehearsal.createDomain();
    await rehearsal.while('faults', failing('Sweeper', 'dynamodb:'), async () => {
      const tasks = [{ domainId }, { domainId, groupId: newId() }, { domainId, indexesAddresses: true }];
      for (const task of tasks) await rehearsal.send('SweeperWorkQueue', JSON.stringify(task));
      await eventually('all failures', async () => {
        const rows = await system.control<object[]>('GET', 'insights', { name: 'SweepFailed/causes' });
        return rows.length === tasks.length;
      });
    });
    await rehearsal.while('faults', failing('Promoter', 'dynamodb:'), async () => {
      await rehearsal.send('PromoterWorkQueue', JSON.stringify({ domainId }));
      await rehearsal.untilFound('PromotionFailed/causes', () => Promise.resolve());
    });
  });

  test.each([
    'BackgroundFunctionsFailing/errors',
    'SweepFailed/causes',
    'PromotionFailed/causes',
    'UsageKeySweepFailed/causes',
    'AccountCheckFailed/causes',
    'DispatchFailed/causes',
  ])('%s shows the cause of its fault', async (name) => {
    expect(await system.control('GET', 'insights', { name })).not.toEqual([]);
  });

  test('use only fields that lines of their log groups have', async () => {
    const isOfBackground = (name: string) =>
      /^(Sweep|Leftover|Dispatch|Promotion|Background|UsageKey|AccountCheck)/.test(name);
    expect(await rehearsal.missingFields(isOfBackground)).toEqual([]);
  });
});
