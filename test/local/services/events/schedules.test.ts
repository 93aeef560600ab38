import { Schedules } from '../../../../local/services/events/schedules';
import { AsyncInvocations } from '../../../../local/services/lambda/async-invocations';
import { InvocationThrottled } from '../../../../local/services/lambda/function-error';
import type { InvocationTarget } from '../../../../local/services/lambda/invocation-target';
import { resolved } from '../../resources';

const TARGET = 'arn:aws:lambda:us-east-1:000000000000:function:fn';

const rule = (own: object) =>
  resolved({
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'every-so-often',
        ScheduleExpression: 'rate(5 minutes)',
        Targets: [{ Arn: TARGET, Id: 'Target0' }],
        ...own,
      },
    },
  });

let events: unknown[];
let lines: string[];
let answer: () => Promise<unknown>;
let allowed: boolean;
let schedules: Schedules | undefined;

const invokeConfig = (retries: number) =>
  resolved({
    Config: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: 'fn', Qualifier: 'Live', MaximumRetryAttempts: retries },
    },
  });

function open(own: object = {}, configs = invokeConfig(0)): Schedules {
  const target = {
    name: 'fn',
    qualifier: 'Live',
    invoke: (event: unknown) => {
      events.push(event);
      return answer();
    },
  } as unknown as InvocationTarget;
  const log = (line: string) => lines.push(line);
  const roles = { assertMaySend: () => {}, maySend: () => true };
  const invocations = new AsyncInvocations({ configs, roles, send: () => {}, log, firstRetryMs: 1 });
  schedules = new Schedules(
    rule(own),
    () => target,
    (...invocation) => invocations.invokeAndWait(...invocation),
    log,
    () => allowed,
  );
  return schedules;
}

beforeEach(() => {
  jest.useFakeTimers();
  events = [];
  lines = [];
  answer = () => Promise.resolve();
  allowed = true;
});
afterEach(() => {
  schedules?.stop();
  jest.useRealTimers();
});

it.each([
  ['rate(1 minute)', 60_000],
  ['rate(5 minutes)', 300_000],
  ['rate(1 hour)', 3_600_000],
  ['rate(2 days)', 172_800_000],
])('runs the target at %s', (ScheduleExpression, everyMs) => {
  open({ ScheduleExpression }).start();
  jest.advanceTimersByTime(everyMs - 1);
  expect(events).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(events).toHaveLength(1);
  jest.advanceTimersByTime(2 * everyMs);
  expect(events).toHaveLength(3);
});

it('runs nothing after it is stopped', () => {
  const running = open();
  running.start();
  running.stop();
  jest.advanceTimersByTime(3_600_000);
  expect(events).toEqual([]);
});

it('runs a rule immediately if asked to, with the event of a schedule', async () => {
  expect(await open().fire('So-Often')).toBe(1);
  expect(events).toEqual([
    expect.objectContaining({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      resources: ['arn:aws:events:us-east-1:000000000000:rule/every-so-often'],
    }),
  ]);
  expect(await open().fire('nobody')).toBe(0);
});

it('logs a failed target', async () => {
  answer = () => Promise.reject(new Error('out of order'));
  await open().fire('');
  expect(events).toHaveLength(1);
  expect(lines).toEqual([expect.stringContaining('out of order')]);
});

it('retries a failed target twice unless its function has other settings, as Lambda does', async () => {
  jest.useRealTimers();
  answer = () => Promise.reject(new Error('out of order'));
  await open({}, []).fire('');
  expect(events).toHaveLength(3);
});

it('runs a throttled target again', async () => {
  jest.useRealTimers();
  answer = () =>
    events.length < 3
      ? Promise.reject(new InvocationThrottled('ConcurrentInvocationLimitExceeded'))
      : Promise.resolve();
  expect(await open().fire('')).toBe(1);
  expect(events).toHaveLength(3);
  expect(lines).toEqual([]);
});

it('ignores a disabled rule', async () => {
  expect(await open({ State: 'DISABLED' }).fire('')).toBe(0);
});

it.each([
  ['a cron expression', { ScheduleExpression: 'cron(0 12 * * ? *)' }, /only rate/],
  ['an event pattern', { EventPattern: { source: ['aws.s3'] } }, /event patterns/],
  ['no schedule', { ScheduleExpression: undefined }, /with a schedule/],
  ['an input of a target', { Targets: [{ Arn: TARGET, Input: '{}' }] }, /inputs of targets/],
])('refuses %s', (_, own, message) => {
  expect(() => open(own)).toThrow(message);
});

it('does not run a target that EventBridge may not invoke', async () => {
  allowed = false;
  await open().fire('');
  expect(events).toEqual([]);
  expect(lines).toEqual([expect.stringContaining('EventBridge may not invoke the function.')]);
});
