import { compileFilters } from '../../../local/services/event-source-mappings/filter';
import { deployedFunctions, describeGrants, forKeys, readableReference } from '../deployed-functions';
import { resourcesOf, snapshotOf, synthesize } from '../synthesize';

const DOMAIN = '0190a1b2-0000-7000-8000-000000000001';
const GROUP = '0190a1b2-0000-7000-8000-000000000002';

const template = synthesize().ScimSweep;
const sweeper = deployedFunctions(template).sweep;
if (!sweeper) throw new Error('There is no sweep function.');

const sources = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping')).map(
  ({ Properties }) => Properties,
);

describe('the event source of the dispatcher', () => {
  const source = sources.find((each) => 'StartingPosition' in each) ?? {};
  const { Filters } = source.FilterCriteria as { Filters: { Pattern: string }[] };
  const passesFilter = compileFilters(Filters.map(({ Pattern }) => Pattern));

  it('misses no record, and sends a record that keeps failing to the dead-letter queue', () => {
    expect(source).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      BatchSize: 100,
      ParallelizationFactor: 10,
      MaximumRetryAttempts: 1_000,
      MaximumRecordAgeInSeconds: 72_000,
    });
    const { OnFailure } = source.DestinationConfig as { OnFailure: { Destination: unknown } };
    expect(readableReference(OnFailure.Destination)).toBe('SweeperFailures.Arn');
    expect(readableReference(source.EventSourceArn)).toBe('Table.StreamArn');
  });

  const version = { version: { N: '3' } };
  const group = { pk: { S: `${DOMAIN}#GROUP` }, sk: { S: GROUP }, ...version };
  const keys = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });
  const ofDomain = (sk: string) => keys(`DOMAIN#${DOMAIN}`, sk);
  const mail = (status: string) => ({ ...keys(`${DOMAIN}#MAIL`, 'u#m'), status: { S: status } });
  const EVERY = ['INSERT', 'MODIFY', 'REMOVE'];

  it.each([
    ['groups', EVERY, group],
    ['users', EVERY, { ...keys(`${DOMAIN}#USER`, 'u'), ...version }],
    ['page marks of groups', [], { ...keys(`${DOMAIN}#PAGE#GROUP`, '1'), after: { S: GROUP } }],
    ['page marks of users', [], { ...keys(`${DOMAIN}#PAGE#USER`, '1'), after: { S: 'u' } }],
    ['memberships', EVERY, keys(`${DOMAIN}#GROUP#${GROUP}`, 'USER#u')],
    ['heads of groups', [], { ...keys(`${DOMAIN}#HEAD#${GROUP}`, '07'), ...version }],
    ['licenses', EVERY, keys(`${DOMAIN}#LICENSE`, 'u')],
    ['license keys', [], keys('LICENSEKEY#hash', 'KEY')],
    ['emails that bounced', ['INSERT', 'MODIFY'], mail('bounced')],
    ['emails that were sent', [], mail('sent')],
    ['domains', EVERY, ofDomain('DOMAIN')],
    ['connections', EVERY, ofDomain(`CONNECTION#${GROUP}`)],
    ['credentials', EVERY, ofDomain(`KEY#${GROUP}`)],
    ['setup links', [], ofDomain(`SETUP-LINK#${GROUP}`)],
    ['counts of a previous version', EVERY, ofDomain('COUNTS')],
    ['counts', [], keys(`${DOMAIN}#COUNTS`, '07')],
    ['seats', EVERY, keys(`${DOMAIN}#COUNTS`, 'SEATS')],
    ['requests to index addresses', EVERY, keys(`${DOMAIN}#EMAIL`, '#REQUEST')],
    ['users with many addresses', [], keys(`${DOMAIN}#EMAIL`, 'u')],
    ['name claims', [], keys(`${DOMAIN}#NAME#USER#jane`, 'CLAIM')],
    ['audit events', [], keys(`${DOMAIN}#AUDIT`, GROUP)],
    ['entries in the list of domains', [], keys('DOMAINS', DOMAIN)],
    ['consumers of changes', [], keys('CHANGE-CONSUMERS', `${DOMAIN}#MAPPINGS`)],
  ])('passes on of %s: %j', (_, expected, item) => {
    const passed = EVERY.filter((eventName) => {
      const dynamodb = {
        Keys: { pk: item.pk, sk: item.sk },
        ...(eventName !== 'INSERT' && { OldImage: item }),
        ...(eventName !== 'REMOVE' && { NewImage: item }),
      };
      return passesFilter({ eventName, dynamodb });
    });
    expect(passed).toEqual(expected);
  });

  it('has no more filters than AWS allows', () => {
    expect(Filters.length).toBeLessThanOrEqual(5);
  });
});

const queues = resourcesOf(template, 'AWS::SQS::Queue');

describe('the queues', () => {
  it('are encrypted, keep messages for the maximum of 14 days, and refuse plain HTTP', () => {
    expect(Object.keys(queues)).toHaveLength(12);
    for (const { Properties } of Object.values(queues))
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    const policies = Object.values(resourcesOf(template, 'AWS::SQS::QueuePolicy'));
    expect(policies).toHaveLength(12);
    for (const { Properties } of policies)
      expect(Properties.PolicyDocument).toMatchObject({
        Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      });
  });

  it.each([
    ['SweeperWorkQueue', 360],
    ['PromoterWorkQueue', 40],
  ])(
    'of work (%s) lets the domains be served side by side, and keeps what fails each time',
    (id, seconds) => {
      const work = Object.entries(queues).find(([logicalId]) => logicalId.startsWith(id));
      expect(work?.[1].Properties).toMatchObject({
        FifoQueue: true,
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
        VisibilityTimeout: seconds,
        RedrivePolicy: { maxReceiveCount: 100 },
      });
      expect(sources).toContainEqual(
        expect.objectContaining({
          BatchSize: 1,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ScalingConfig: { MaximumConcurrency: 10 },
        }),
      );
    },
  );
});

describe('the dispatcher', () => {
  const dispatcher = deployedFunctions(template).dispatch;
  if (!dispatcher) throw new Error('There is no dispatcher.');

  it('may only read the stream and who must learn of changes, and write to queues', () => {
    expect(describeGrants(dispatcher)).toEqual([
      'dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator on Table.StreamArn',
      `dynamodb:GetItem, dynamodb:Query on Table.Arn${forKeys('CHANGE-CONSUMERS')}`,
      'dynamodb:ListStreams on *',
      'sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on SweeperFailures.Arn',
      'sqs:SendMessage on EventFeedWorkQueue.Arn, MappingsWorkQueue.Arn, PromoterWorkQueue.Arn, SweeperWorkQueue.Arn',
    ]);
  });
});

describe('the sweep function', () => {
  it('ends before its message is delivered again', () => {
    expect(sweeper.properties).toMatchObject({ Timeout: 300, MemorySize: 256 });
  });

  it('has these permissions', () => {
    expect(describeGrants(sweeper)).toEqual([
      `dynamodb:BatchGetItem on Table.Arn${forKeys('<d>#USER', '<d>#EMAIL', '<d>#EMAIL#*', 'ADMINISTRATOR#*')}`,
      `dynamodb:BatchWriteItem on Table.Arn${forKeys('<d>#*', 'DOMAIN#<d>', 'ADMINISTRATOR#*', 'INVITED#*')}`,
      `dynamodb:ConditionCheckItem on Table.Arn${forKeys('<d>#USER', 'DOMAIN#<d>')}`,
      `dynamodb:DeleteItem on Table.Arn${forKeys('<d>#*')}`,
      `dynamodb:DeleteItem, dynamodb:Query, dynamodb:UpdateItem on Table.Arn${forKeys('CHANGE-CONSUMERS')}`,
      `dynamodb:GetItem on Table.Arn${forKeys('<d>#GROUP', '<d>#EMAIL', 'DOMAIN#<d>')}`,
      `dynamodb:PutItem on Table.Arn${forKeys('<d>#EMAIL', '<d>#EMAIL#*', 'ACCOUNT-CHECKS')}`,
      `dynamodb:Query on Table.Arn${forKeys('<d>#*', 'DOMAIN#<d>', 'DELETED-DOMAINS')}`,
      `dynamodb:UpdateItem on Table.Arn${forKeys('<d>#USER', 'DELETED-DOMAINS')}`,
      'sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:ReceiveMessage, ' +
        'sqs:SendMessage on SweeperWorkQueue.Arn',
    ]);
  });

  it('has only the table and its queue in its environment', () => {
    const { TABLE_NAME, SWEEP_QUEUE_URL, ...unexpected } = sweeper.environment;
    expect(readableReference(TABLE_NAME)).toBe('Table');
    expect(readableReference(SWEEP_QUEUE_URL)).toBe('SweeperWorkQueue');
    expect(Object.keys(unexpected).filter((name) => !name.startsWith('POWERTOOLS_'))).toEqual([]);
  });
});

describe('the alarms of promotions', () => {
  it('go off if a free seat is given late, or not at all', () => {
    const alarms = Object.fromEntries(
      Object.entries(resourcesOf(template, 'AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => [
        /^PromotionAlarms(\w+)[0-9A-F]{8}$/.exec(id)?.[1] ?? '',
        Properties,
      ]),
    );
    expect(alarms).toMatchObject({
      PromotionFailed: { MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 0 },
      PromotionLate: { MetricName: 'ApproximateAgeOfOldestMessage', Threshold: 300, EvaluationPeriods: 3 },
    });
  });
});

describe('the promoter', () => {
  it('ends before its message is delivered again', () => {
    expect(deployedFunctions(template).promoter?.properties).toMatchObject({ Timeout: 30, MemorySize: 256 });
  });
});

describe('the schedule', () => {
  it.each([
    ['SweeperLeftovers', 'of the leftovers', 'rate(15 minutes)'],
    ['WebhooksEveryMinute', 'of webhooks', 'rate(1 minute)'],
  ])('(%s) %s invokes the function', (id, _, schedule) => {
    const rules = Object.entries(resourcesOf(template, 'AWS::Events::Rule'));
    expect(rules).toHaveLength(2);
    expect(rules.find(([logicalId]) => logicalId.startsWith(id))?.[1].Properties).toMatchObject({
      ScheduleExpression: schedule,
      State: 'ENABLED',
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 0 } }],
    });
  });
});

describe('the queues of webhooks', () => {
  it.each([
    ['WebhooksFast', 20],
    ['WebhooksSlow', 10],
  ])('(%s) let so many endpoints be tried side by side: %i', (id, concurrency) => {
    const mappings = Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping'));
    const mapping = mappings.find(({ Properties }) => JSON.stringify(Properties.EventSourceArn).includes(id));
    expect(mapping?.Properties).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: concurrency },
    });
  });

  it('outlast the function, which has time for a turn and an attempt', () => {
    expect(deployedFunctions(template).webhooks?.properties).toMatchObject({ Timeout: 60 });
    for (const [id, { Properties }] of Object.entries(queues))
      if (/Webhooks(Fast|Slow)/.test(id)) expect(Properties.VisibilityTimeout).toBe(70);
  });
});

describe('the sweep stack', () => {
  it('matches the snapshot', () => {
    expect(snapshotOf(template)).toMatchSnapshot();
  });
});
