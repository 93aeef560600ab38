import { estimate } from '../../../bench/cost/estimate';
import { countTemplates } from '../../../bench/cost/template-counts';
import { okta } from '../../../bench/cost/workload';
import type { CloudFormationTemplate } from '../../../bench/cost/templates';
import { resourcesOf, synthesize } from '../../lib/synthesize';

type Context = NonNullable<Parameters<typeof synthesize>[0]>;

const templatesOf = (context: Context = {}): CloudFormationTemplate[] =>
  Object.values(synthesize(context)).map((template) => template.toJSON() as CloudFormationTemplate);

const numberOf = (type: string, context: Context = {}): number =>
  Object.values(synthesize(context)).reduce(
    (sum, template) => sum + Object.keys(resourcesOf(template, type)).length,
    0,
  );

const only = (Type: string, Properties: Record<string, unknown>) =>
  countTemplates([{ Resources: { Only: { Type, Properties } } }]);

describe('the templates of a stage', () => {
  it('have as many secrets, functions, and dashboards as are counted', () => {
    const counts = countTemplates(templatesOf());
    expect(counts.secrets).toBe(numberOf('AWS::SecretsManager::Secret'));
    expect(counts.functions).toBe(numberOf('AWS::Lambda::Function'));
    expect(counts.dashboards).toBe(numberOf('AWS::CloudWatch::Dashboard'));
    expect(counts.alarmMetrics).toBeGreaterThanOrEqual(numberOf('AWS::CloudWatch::Alarm'));
    expect(counts).toMatchObject({
      streamReaders: 2,
      pointInTimeRecovery: true,
      webAcls: 0,
      backupCopies: 0,
      tracing: false,
      logLevel: 'INFO',
      logRetentionDays: 90,
    });
    expect(counts.eventBuses).toBe(numberOf('AWS::Events::EventBus'));
    expect(only('AWS::Events::EventBus', {}).eventBuses).toBe(1);
    expect(counts.polledQueues.fifo).toBeGreaterThan(0);
    expect(counts.polledQueues.standard).toBeGreaterThan(0);
    // Every minute and every hour.
    expect(counts.scheduledRuns).toBeGreaterThanOrEqual(43_800 + 730);
  });

  it('have each function whose invocations are estimated', () => {
    const situation = {
      counts: countTemplates(templatesOf()),
      workload: okta(1_000, 20),
      auditRetentionDays: 365,
    };
    const lines = estimate(situation, 'us-east-1');
    expect(lines.map(({ component }) => component)).toContain('Lambda');
  });

  it('are counted with the settings of the stage', () => {
    const context = {
      webAcl: 'true',
      backup: 'true',
      tracing: 'true',
      logLevel: 'DEBUG',
      logRetentionDays: '30',
    };
    const counts = countTemplates(templatesOf(context));
    expect(counts).toMatchObject({ tracing: true, logLevel: 'DEBUG', logRetentionDays: 30 });
    expect(counts.webAcls).toBe(numberOf('AWS::WAFv2::WebACL', context));
    expect(counts.webAcls).toBeGreaterThan(0);
    expect(counts.webAclRules).toBeGreaterThanOrEqual(counts.webAcls);
    // Daily copies for 35 days, and monthly ones for a year.
    expect(counts.backupCopies).toBe(35 + 12);
  });
});

test('an alarm on an expression counts once for each metric of the expression', () => {
  const metric = (Id: string) => ({
    Id,
    MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: Id } },
  });
  const counts = only('AWS::CloudWatch::Alarm', {
    Metrics: [{ Id: 'e', Expression: 'a+b' }, metric('a'), metric('b')],
  });
  expect(counts).toMatchObject({ alarmMetrics: 2, customMetrics: 0 });
});

test('metrics of the service count, and those of AWS do not', () => {
  const alarm = { Namespace: 'ScimProvisioning', MetricName: 'OutboxAge' };
  expect(only('AWS::CloudWatch::Alarm', alarm).customMetrics).toBe(1);
  expect(only('AWS::CloudWatch::Alarm', { ...alarm, Namespace: 'AWS/SQS' }).customMetrics).toBe(0);
});

test('a replica of a secret counts as a secret', () => {
  expect(only('AWS::SecretsManager::Secret', { ReplicaRegions: [{ Region: 'eu-west-1' }] }).secrets).toBe(2);
});

test('a customer key of the table is found', () => {
  const SSESpecification = { KMSMasterKeyId: 'key', SSEEnabled: true, SSEType: 'KMS' };
  expect(only('AWS::DynamoDB::Table', { SSESpecification }).tableHasCustomerKey).toBe(true);
  expect(only('AWS::DynamoDB::Table', {}).tableHasCustomerKey).toBe(false);
});

test.each([
  ['rate(1 minute)', 43_800],
  ['rate(15 minutes)', 2_920],
  ['rate(1 hour)', 730],
  ['rate(2 days)', 730 / 48],
])('%s is %d runs in a month', (ScheduleExpression, expected) => {
  expect(only('AWS::Events::Rule', { ScheduleExpression }).scheduledRuns).toBe(expected);
});

test('an unknown schedule is refused rather than left out', () => {
  expect(() => only('AWS::Events::Rule', { ScheduleExpression: 'cron(0 3 * * ? *)' })).toThrow(
    'cron(0 3 * * ? *)',
  );
});
