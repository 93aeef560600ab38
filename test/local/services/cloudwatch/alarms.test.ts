import { MetricStore } from '../../../../local/cloud/metrics/metric-store';
import { runAlarms } from '../../../../local/services/cloudwatch/alarms/alarm-run';
import { alarmsFromTemplate } from '../../../../local/services/cloudwatch/alarms/from-template';
import { type AlarmState, parseRule } from '../../../../local/services/cloudwatch/alarms/rule';
import { resource } from '../../resources';

const MINUTE = 60_000;
const ACTION = ['arn:aws:sns:us-east-1:000000000000:alarms'];

const metricAlarm = (name: string, properties: Record<string, unknown> = {}) =>
  resource('AWS::CloudWatch::Alarm', name, {
    AlarmName: name,
    Namespace: 'Test',
    MetricName: name,
    Period: 60,
    Statistic: 'Sum',
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
    EvaluationPeriods: 1,
    ...properties,
  });

const compositeAlarm = (name: string, AlarmRule: string, properties: Record<string, unknown> = {}) =>
  resource('AWS::CloudWatch::CompositeAlarm', name, {
    AlarmName: name,
    AlarmRule,
    AlarmActions: ACTION,
    ...properties,
  });

/** Minute → value, by metric. `-` is a minute without data, as in the documentation of CloudWatch. */
function run(resources: ReturnType<typeof resource>[], metrics: Record<string, string>, delayMs = 0) {
  const store = new MetricStore(Infinity);
  let length = 0;
  for (const [name, text] of Object.entries(metrics)) {
    const minutes = text.split(' ');
    length = Math.max(length, minutes.length);
    for (const [minute, value] of minutes.entries())
      if (value !== '-')
        store.put({
          namespace: 'Test',
          name,
          dimensions: {},
          timestamp: minute * MINUTE,
          value: Number(value),
        });
  }
  const range = { start: MINUTE, end: length * MINUTE };
  const { changes, notifications } = runAlarms(alarmsFromTemplate(resources), store, range, { delayMs });
  return {
    changes: changes.map(({ alarm, at, to }) => `${at / MINUTE} ${alarm} ${to}`),
    notifications: notifications.map(({ alarm, at, state }) => `${at / MINUTE} ${alarm} ${state}`),
  };
}

const changesOf = (properties: Record<string, unknown>, minutes: string) =>
  run([metricAlarm('a', properties)], { a: minutes }).changes;

describe('A metric alarm', () => {
  test('goes off above its threshold, and recovers', () => {
    expect(changesOf({ TreatMissingData: 'notBreaching' }, '0 1 0')).toEqual(['2 a ALARM', '3 a OK']);
  });

  test('goes off if as many of the last periods are above the threshold as it says', () => {
    const twoOfThree = { EvaluationPeriods: 3, DatapointsToAlarm: 2, TreatMissingData: 'notBreaching' };
    expect(changesOf(twoOfThree, '0 1 0 0 1 0 1 0 0')).toEqual(['7 a ALARM', '8 a OK']);
  });

  test.each([
    ['breaching', '0 - - -', ['4 a ALARM']],
    ['notBreaching', '1 - - -', ['1 a ALARM', '4 a OK']],
    ['ignore', '1 - - - -', ['1 a ALARM']],
    ['missing', '0 - - -', ['4 a INSUFFICIENT_DATA']],
  ])('counts missing data as %s', (TreatMissingData, minutes, expected) => {
    expect(changesOf({ TreatMissingData }, minutes)).toEqual(expected);
  });

  test('replaces missing periods by earlier ones, as far as it reads', () => {
    const three = { EvaluationPeriods: 3, TreatMissingData: 'notBreaching' };
    expect(changesOf(three, '1 - 1 - 1')).toEqual(['5 a ALARM']);
    expect(changesOf(three, '1 - - 1 - - 1')).toEqual([]);
  });

  test.each([
    ['GreaterThanThreshold', 2, ['3 a ALARM']],
    ['GreaterThanOrEqualToThreshold', 2, ['2 a ALARM']],
    ['LessThanThreshold', 2, ['1 a ALARM', '2 a OK']],
    ['LessThanOrEqualToThreshold', 1, ['1 a ALARM', '2 a OK']],
  ])('compares by %s', (ComparisonOperator, Threshold, expected) => {
    expect(changesOf({ ComparisonOperator, Threshold }, '1 2 3')).toEqual(expected);
  });

  const filled = (properties: Record<string, unknown> = {}) =>
    metricAlarm('a', {
      ...{ Namespace: undefined, MetricName: undefined, Statistic: undefined, Period: undefined },
      Metrics: [
        { Id: 'filled', Expression: 'FILL(b, 0)' },
        {
          Id: 'b',
          ReturnData: false,
          MetricStat: { Metric: { Namespace: 'Test', MetricName: 'b' }, Period: 60, Stat: 'Sum' },
        },
      ],
      ...properties,
    });

  test('of one minute with FILL misses data that arrives late', () => {
    expect(run([filled()], { b: '0 1 1 1 0 0 0' }, 0).changes).toEqual(['2 a ALARM', '5 a OK']);
    expect(run([filled()], { b: '0 1 1 1 0 0 0' }, 2 * MINUTE).changes).toEqual([]);
  });

  test('of three minutes, one of which must be above the threshold, does not miss it', () => {
    const late = filled({ EvaluationPeriods: 3, DatapointsToAlarm: 1 });
    expect(run([late], { b: '0 1 0 0 0 0 0' }, 2 * MINUTE).changes).toEqual(['4 a ALARM', '5 a OK']);
  });

  test('without FILL waits for data that arrives late', () => {
    const alarm = metricAlarm('a', { TreatMissingData: 'notBreaching' });
    expect(run([alarm], { a: '0 1 0 0 0 0' }, 2 * MINUTE).changes).toEqual(['4 a ALARM', '5 a OK']);
  });

  test('evaluates an expression over windows that end now', () => {
    const stat = (Id: string) => ({
      Id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'Test', MetricName: Id }, Period: 180, Stat: 'Sum' },
    });
    const alarm = metricAlarm('a', {
      ...{ Namespace: undefined, MetricName: undefined, Statistic: undefined, Period: undefined },
      Metrics: [{ Id: 'sum', Expression: 'FILL(b, 0) + FILL(c, 0)' }, stat('b'), stat('c')],
      Threshold: 2,
    });
    expect(run([alarm], { b: '1 0 0 0 0 0', c: '0 2 0 0 0 0' }).changes).toEqual(['2 a ALARM', '4 a OK']);
  });
});

describe('A composite alarm', () => {
  test('notifies once for several parts', () => {
    const resources = [
      metricAlarm('a'),
      metricAlarm('b'),
      compositeAlarm('all', 'ALARM("a") OR ALARM("b")', { OKActions: ACTION }),
    ];
    expect(run(resources, { a: '0 1 1 0 0', b: '0 0 1 1 0' }).notifications).toEqual([
      '2 all ALARM',
      '5 all OK',
    ]);
  });

  const withSuppressor = [
    metricAlarm('cause'),
    metricAlarm('effect'),
    compositeAlarm('causes', 'ALARM("cause")'),
    compositeAlarm('effects', 'ALARM("effect")', {
      ActionsSuppressor: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:causes',
      ActionsSuppressorWaitPeriod: 120,
      ActionsSuppressorExtensionPeriod: 120,
    }),
  ];

  test('does not notify if its cause goes off within the wait period', () => {
    expect(
      run(withSuppressor, { effect: '0 1 1 1 1 0 0 0', cause: '0 0 1 1 1 0 0 0' }).notifications,
    ).toEqual(['3 causes ALARM', '6 causes OK']);
  });

  test('notifies after the wait period if there is no cause', () => {
    expect(run(withSuppressor, { effect: '0 1 1 1 1', cause: '0 0 0 0 0' }).notifications).toEqual([
      '4 effects ALARM',
    ]);
  });

  test('notifies after the extension period if it outlasts its cause', () => {
    expect(run(withSuppressor, { effect: '1 1 1 1 1 1', cause: '1 1 0 0 0 0' }).notifications).toEqual([
      '1 causes ALARM',
      '3 causes OK',
      '5 effects ALARM',
    ]);
  });
});

test('a composite alarm that names an alarm that does not exist is refused as in AWS', () => {
  expect(() =>
    alarmsFromTemplate([metricAlarm('a'), compositeAlarm('all', 'ALARM("a") OR ALARM("b")')]),
  ).toThrow('all: Could not save the composite alarm as alarms [b] in the alarm rule do not exist.');
});

describe('The rule of a composite alarm', () => {
  const states: Record<string, AlarmState> = { a: 'ALARM', b: 'OK', c: 'INSUFFICIENT_DATA' };
  test.each([
    ['ALARM("a")', true],
    ['ALARM(b) OR ALARM(a)', true],
    ['ALARM("a") AND NOT ALARM("b")', true],
    ['NOT (ALARM("a") OR OK("c"))', false],
    ['INSUFFICIENT_DATA(arn:aws:cloudwatch:us-east-1:000000000000:alarm:c) AND OK("b")', true],
    ['ALARM("b") AND TRUE OR FALSE', false],
  ])('%s', (rule, expected) => {
    expect(parseRule(rule).isMet((name) => states[name] ?? 'OK')).toBe(expected);
  });

  test.each(['', 'ALARM(', 'ALARM("a") ALARM("b")', 'BROKEN("a")', '(TRUE'])('%j is refused', (rule) => {
    expect(() => parseRule(rule)).toThrow('rule of an alarm');
  });
});
