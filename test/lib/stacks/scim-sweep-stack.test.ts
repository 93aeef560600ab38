import { compileFilters } from '../../../local/services/event-source-mappings/filter';
import { deployedFunctions, describeGrants, forKeys, readableReference } from '../deployed-functions';
import { propertiesOf, resourcesOf, snapshotOf, synthesize } from '../synthesize';

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

  const group = { pk: { S: `${DOMAIN}#GROUP` }, sk: { S: GROUP }, version: { N: '3' } };

  it.each([
    ['a deleted group', true, 'REMOVE', group],
    ['a new group', false, 'INSERT', group],
    ['a changed group', false, 'MODIFY', group],
    [
      'a page mark of groups',
      false,
      'REMOVE',
      { pk: { S: `${DOMAIN}#PAGE#GROUP` }, sk: { S: '1' }, after: { S: GROUP } },
    ],
    ['a membership', false, 'REMOVE', { pk: { S: `${DOMAIN}#GROUP#${GROUP}` }, sk: { S: 'USER#u' } }],
    ['a user', false, 'REMOVE', { ...group, pk: { S: `${DOMAIN}#USER` } }],
    ['a deleted domain', true, 'REMOVE', { pk: { S: `DOMAIN#${DOMAIN}` }, sk: { S: 'DOMAIN' } }],
    ['a changed domain', false, 'MODIFY', { pk: { S: `DOMAIN#${DOMAIN}` }, sk: { S: 'DOMAIN' } }],
    ['expired counts', false, 'REMOVE', { pk: { S: `DOMAIN#${DOMAIN}` }, sk: { S: 'COUNTS' } }],
    ['a request to index addresses', true, 'INSERT', { pk: { S: `${DOMAIN}#EMAIL` }, sk: { S: '#REQUEST' } }],
    ['a repeated request', true, 'MODIFY', { pk: { S: `${DOMAIN}#EMAIL` }, sk: { S: '#REQUEST' } }],
    ['a finished request', false, 'REMOVE', { pk: { S: `${DOMAIN}#EMAIL` }, sk: { S: '#REQUEST' } }],
    ['a user with many addresses', false, 'INSERT', { pk: { S: `${DOMAIN}#EMAIL` }, sk: { S: 'u' } }],
    ['an entry in the list of domains', false, 'REMOVE', { pk: { S: 'DOMAINS' }, sk: { S: DOMAIN } }],
  ])('passes on %s: %s', (_, expected, eventName, item) => {
    const record = {
      eventName,
      dynamodb: { Keys: { pk: item.pk, sk: item.sk }, OldImage: item, NewImage: item },
    };
    expect(passesFilter(record)).toBe(expected);
  });
});

describe('the queues', () => {
  const queues = resourcesOf(template, 'AWS::SQS::Queue');

  it('are encrypted, keep messages for the maximum of 14 days, and refuse plain HTTP', () => {
    expect(Object.keys(queues)).toHaveLength(5);
    for (const { Properties } of Object.values(queues))
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    const policies = Object.values(resourcesOf(template, 'AWS::SQS::QueuePolicy'));
    expect(policies).toHaveLength(5);
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

  it('may only read the stream and write to queues', () => {
    expect(describeGrants(dispatcher)).toEqual([
      'dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator on Table.StreamArn',
      'dynamodb:ListStreams on *',
      'sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on SweeperFailures.Arn',
      'sqs:SendMessage on PromoterWorkQueue.Arn, SweeperWorkQueue.Arn',
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

describe('the schedule of the leftovers', () => {
  it('invokes the function every 15 minutes', () => {
    expect(propertiesOf(template, 'AWS::Events::Rule')).toMatchObject({
      ScheduleExpression: 'rate(15 minutes)',
      State: 'ENABLED',
      Targets: [{ RetryPolicy: { MaximumRetryAttempts: 0 } }],
    });
  });
});

describe('the sweep stack', () => {
  it('matches the snapshot', () => {
    expect(snapshotOf(template)).toMatchSnapshot();
  });
});
