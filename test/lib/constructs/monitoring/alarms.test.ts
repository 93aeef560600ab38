import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ATTEMPTS_WITHIN } from '../../../../lib/constructs/mail/mail-alarms';
import { retryDelay } from '../../../../shared/mail/delivery/retry-delay';
import { deployedFunctions } from '../../deployed-functions';
import { type Resource, resourcesOf, synthesize } from '../../synthesize';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const EVERYTHING = {
  alarmTopicArn: TOPIC,
  domainName: 'scim.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/abc',
  portalDomainName: 'licenses.example.com',
  portalCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/def',
};

/** Returns the properties of the alarms of all stacks, by name without its prefix. */
function alarmsOf(type: 'Alarm' | 'CompositeAlarm', context: Record<string, unknown> = EVERYTHING) {
  const found = Object.values(synthesize(context)).flatMap((template) =>
    Object.values(resourcesOf(template, `AWS::CloudWatch::${type}`)),
  );
  return new Map(
    found.map(({ Properties }: Resource) => [String(Properties.AlarmName).replace(/^scim-/, ''), Properties]),
  );
}

const leaves = alarmsOf('Alarm');
const composites = alarmsOf('CompositeAlarm');
const partsOf = ({ AlarmRule }: Record<string, unknown>) =>
  [...String(AlarmRule).matchAll(/ALARM\("scim-(\w+)"\)/g)].map(([, name = '']) => name);

describe('Alarms', () => {
  test('each alarm notifies itself, or is a part of exactly one alarm that notifies', () => {
    const parts = [...composites.values()].flatMap(partsOf);
    const roots = [...leaves].filter(([, { AlarmActions }]) => AlarmActions).map(([name]) => name);
    expect([...roots, ...parts].sort()).toEqual([...leaves.keys()].sort());
  });

  test('an alarm that notifies does so when it goes off and when it recovers', () => {
    const notifying = [...composites.values(), ...leaves.values()].filter(({ AlarmActions }) => AlarmActions);
    for (const alarm of notifying) expect(alarm).toMatchObject({ AlarmActions: [TOPIC], OKActions: [TOPIC] });
    expect(notifying.length).toBeGreaterThan(composites.size);
  });

  test('without a topic, no alarm has actions', () => {
    for (const type of ['Alarm', 'CompositeAlarm'] as const)
      for (const alarm of alarmsOf(type, {}).values()) expect(alarm).not.toHaveProperty('AlarmActions');
  });

  test('a subscribed address is notified', () => {
    const { ScimData } = synthesize({ alarmEmail: 'ops@example.com' });
    expect(Object.values(resourcesOf(ScimData, 'AWS::SNS::Subscription'))).toMatchObject([
      { Properties: { Protocol: 'email', Endpoint: 'ops@example.com' } },
    ]);
    for (const alarm of alarmsOf('CompositeAlarm', { alarmEmail: 'ops@example.com' }).values())
      expect(alarm.AlarmActions).toHaveLength(1);
  });

  test.each([
    ['the topic of the stack', { alarmEmail: 'ops@example.com' }, 'Fn::GetStackOutput'],
    ['a topic of the operator', { alarmTopicArn: TOPIC }, TOPIC],
  ])(
    'the admin function may list the subscriptions of %s, and do nothing else with it',
    (_, settings, arn) => {
      const { admin } = deployedFunctions(synthesize(settings).ScimAdmin);
      const ofTopics = admin?.statements.filter(({ Action }) => JSON.stringify(Action).includes('sns:'));
      expect(ofTopics).toMatchObject([{ Action: 'sns:ListSubscriptionsByTopic' }]);
      expect(ofTopics?.[0]?.Resource).toEqual(admin?.environment.ALARM_TOPIC_ARN);
      expect(JSON.stringify(ofTopics)).toContain(arn);
      expect(admin?.environment.ALARM_EMAIL).toBe((settings as { alarmEmail?: string }).alarmEmail);
    },
  );

  test('without a topic, the admin function has nothing to do with SNS', () => {
    const { admin } = deployedFunctions(synthesize().ScimAdmin);
    expect(JSON.stringify([admin?.statements, admin?.environment])).not.toMatch(/sns:|ALARM_/);
  });

  test('a limit of the platform explains the alarms of what fails because of it', () => {
    const explained = [...composites].filter(([, { ActionsSuppressor }]) => ActionsSuppressor);
    const unexplained = [...composites.keys()].filter((name) => !explained.some(([each]) => each === name));
    expect(unexplained).toEqual(['PlatformDegraded']);
    const ofTable = [...leaves.keys()].filter((name) => name.startsWith('Table'));
    expect(partsOf(composites.get('PlatformDegraded') ?? {}).sort()).toEqual(ofTable.sort());
  });

  test('a function that Lambda does not run concerns its own area only', () => {
    const areas = [...composites].flatMap(([area, properties]) =>
      partsOf(properties)
        .filter((part) => part.endsWith('FunctionsThrottled'))
        .map((part) => [part, area]),
    );
    expect(Object.fromEntries(areas)).toEqual({
      ApiFunctionsThrottled: 'ProvisioningDegraded',
      LicenseCheckFunctionsThrottled: 'LicenseChecksDegraded',
      MailFunctionsThrottled: 'EmailsNotSent',
      BackgroundFunctionsThrottled: 'BackgroundWorkFailing',
      AdminFunctionsThrottled: 'AdministrationDegraded',
    });
  });

  test('an email that SES does not accept keeps its alarm from one attempt to the next', () => {
    const longestPause = retryDelay(Infinity, 1) / 60_000;
    expect(ATTEMPTS_WITHIN.toMinutes()).toBeGreaterThan(longestPause + 5);
  });

  test('each alarm has an entry in the runbook, and each entry an alarm', () => {
    const runbook = readFileSync(path.join(__dirname, '../../../../docs/runbook.md'), 'utf8');
    const entries = [...runbook.matchAll(/^#{2,3} ([A-Z]\w+)$/gm)].map(([, name]) => name);
    // Only a stage with a gradual rollout has an alarm for each new version.
    const alarms = [...leaves.keys(), ...composites.keys(), 'NewVersionFailing'];
    expect(entries.sort()).toEqual(alarms.sort());
  });

  test('no alarm has more than ten metrics, the limit of CloudWatch', () => {
    for (const { Metrics = [] } of leaves.values() as Iterable<{ Metrics?: { MetricStat?: unknown }[] }>)
      expect(Metrics.filter(({ MetricStat }) => MetricStat).length).toBeLessThanOrEqual(10);
  });

  test('the portal has alarms only in the region of the metrics of CloudFront', () => {
    expect([...leaves.keys()]).toEqual(expect.arrayContaining(['PortalFailing', 'PortalCertificateExpires']));
    const elsewhere = { region: 'eu-west-1' };
    expect([...alarmsOf('Alarm', elsewhere).keys()].filter((name) => name.startsWith('Portal'))).toEqual([]);
    const named = [...alarmsOf('CompositeAlarm', elsewhere).values()].flatMap(partsOf);
    expect(named.filter((name) => name.startsWith('Portal'))).toEqual([]);
  });
});
