import { refusalsOf } from '../../support/deployment/refusals';
import { stackTemplate, stackTemplates } from '../../support/deployment/stack-template';
import { ALL_SETTINGS } from '../settings/all-settings';
import { createApp, synthesizeWithoutValidation } from '../synthesize';

type Settings = Readonly<Record<string, unknown>>;

const stacksWith = (settings: Settings) => synthesizeWithoutValidation(createApp(settings)).stacks;
const templatesWith = (settings: Settings) => stackTemplates(stacksWith(settings));

// Replicas need a key with `customerKey`, which has an order of its own.
const { customerKey: _, secretReplicaKeyArn: _arn, rollout, ...all } = ALL_SETTINGS;
const stacks = stacksWith({});
const defaults = stackTemplates(stacks);
const everything = templatesWith({ ...all, rollout });
const other = templatesWith({
  portal: false,
  eventBus: false,
  alarmTopicArn: 'arn:aws:sns:us-east-1:000000000000:alarms',
});

describe('a deployment that changes settings', () => {
  test.each([
    ['all of them, except for the customer key', everything],
    ['another topic for alarms, and no portal', other],
  ])('%s: on and off', (_name, changed) => {
    expect(refusalsOf(defaults, changed)).toEqual([]);
    expect(refusalsOf(changed, defaults)).toEqual([]);
  });

  test('from one set of settings to another one', () => {
    expect(refusalsOf(everything, other)).toEqual([]);
    expect(refusalsOf(other, everything)).toEqual([]);
  });

  test('the first one of a stage', () => {
    expect(refusalsOf([], everything)).toEqual([]);
  });

  test('the key of the customer: on in one step, and off in the order of docs/deploy.md', () => {
    const granted = templatesWith({ ...all, rollout, customerKey: 'grant' });
    expect(refusalsOf(everything, granted)).toEqual([]);
    expect(refusalsOf(granted, everything).join()).toContain('imports ScimData:');
    const order = ['ScimAdmin', 'ScimSweep', 'ScimLicenses', 'ScimApi'];
    const importers = order.flatMap((stack) => everything.filter((each) => each.stack === stack));
    expect(refusalsOf(granted, [...importers, ...everything])).toEqual([]);
  });
});

describe('a version', () => {
  test('removes a function, a queue, or a log group that the dashboard shows', () => {
    const ofReadiness = /[^"]*Readiness[^"]*/;
    const later = stacks.map(({ stackName, template }) => {
      const { Outputs = {}, ...rest } = template as { Outputs?: Record<string, unknown> };
      const kept = Object.fromEntries(Object.entries(Outputs).filter(([name]) => !ofReadiness.test(name)));
      const text = JSON.stringify({ ...rest, Outputs: kept }).replace(
        /\{"Fn::GetStackOutput":\{[^{}]*Readiness[^{}]*(\{[^{}]*\})?\}\}/g,
        '"removed"',
      );
      return stackTemplate(stackName, JSON.parse(text));
    });
    const removed = defaults.flatMap(({ stack, outputs }, at) =>
      [...outputs].filter((name) => !later[at]?.outputs.has(name)).map((name) => `${stack} ${name}`),
    );
    expect(removed.length).toBeGreaterThan(1);
    expect(refusalsOf(defaults, later)).toEqual([]);
  });
});

describe('The check of the order', () => {
  const alarm = (AlarmName: string) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName } });
  const composite = (AlarmName: string, part: string, DependsOn?: string) => ({
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmName, AlarmRule: `ALARM("${part}")` },
    DependsOn,
  });
  const one = (Resources: object, Outputs: object = {}) => stackTemplate('One', { Resources, Outputs });
  const two = (Resources: object) => stackTemplate('Two', { Resources });
  const part = { Part: alarm('part') };
  const exported = { Out: { Value: 'a', Export: { Name: 'One:Out' } } };
  const importing = { Q: { Type: 'AWS::SQS::Queue', Properties: { A: { 'Fn::ImportValue': 'One:Out' } } } };
  const reading = {
    Q: {
      Type: 'AWS::SQS::Queue',
      Properties: { A: { 'Fn::GetStackOutput': { StackName: 'One', OutputName: 'Out' } } },
    },
  };

  test.each([
    [
      'an alarm that a composite alarm of a later stack names',
      [one(part), two({ All: composite('all', 'part') })],
      [one({}), two({})],
      ['One: part cannot be deleted, because all uses it'],
    ],
    [
      'an alarm that is deleted before its composite alarm',
      [one({ ...part, All: composite('all', 'part') })],
      [one({})],
      ['One: part cannot be deleted, because all uses it'],
    ],
    [
      'a composite alarm that is created before its part',
      [one({})],
      [one({ ...part, All: composite('all', 'part') })],
      ['One: all uses part, which does not exist'],
    ],
    [
      'an alarm that moves to another stack',
      [one({}), two(part)],
      [one(part), two({})],
      ['One: part exists already'],
    ],
    [
      'an export that a later stack still imports',
      [one({}, exported), two(importing)],
      [one({}), two({})],
      ['One: Two imports One:Out'],
    ],
    [
      'an output that is not there',
      [one({}), two({})],
      [one({}), two(reading)],
      ['Two: there is no output One Out'],
    ],
  ])('finds %s', (_name, before, after, expected) => {
    expect(refusalsOf(before, after)).toEqual(expected);
  });

  test.each([
    [
      'an alarm with a composite alarm of the same stack',
      [one({ ...part, All: composite('all', 'part', 'Part') })],
      [one({})],
    ],
    [
      'an alarm that its composite alarm no longer names',
      [one({ ...part, Other: alarm('other'), All: composite('all', 'part', 'Part') })],
      [one({ Other: alarm('other'), All: composite('all', 'other', 'Other') })],
    ],
    ['an output that a later stack reads', [one({}, exported), two(reading)], [one({}), two({})]],
  ])('accepts the removal of %s', (_name, before, after) => {
    expect(refusalsOf(before, after)).toEqual([]);
  });
});
