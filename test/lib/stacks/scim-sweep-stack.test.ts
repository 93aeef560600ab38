import { compileFilters } from '../../../local/services/event-source-mappings/filter';
import { deployedFunctions, describeGrants, forKeys, readableReference } from '../deployed-functions';
import { propertiesOf, resourcesOf, snapshotOf, synthesize } from '../synthesize';

const DOMAIN = '0190a1b2-0000-7000-8000-000000000001';
const GROUP = '0190a1b2-0000-7000-8000-000000000002';

const template = synthesize().ScimSweep;
const sweeper = deployedFunctions(template).sweep;
if (!sweeper) throw new Error('There is no sweep function.');

describe('the event source of sweeps', () => {
  const source = propertiesOf(template, 'AWS::Lambda::EventSourceMapping');
  const { Filters } = source.FilterCriteria as { Filters: { Pattern: string }[] };
  const passesFilter = compileFilters(Filters.map(({ Pattern }) => Pattern));

  it('misses no record, and sends a record that keeps failing to the dead-letter queue', () => {
    const [queue] = Object.keys(resourcesOf(template, 'AWS::SQS::Queue'));
    expect(source).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      BatchSize: 10,
      ParallelizationFactor: 2,
      MaximumRetryAttempts: 50,
      MaximumRecordAgeInSeconds: 72_000,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
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

describe('the dead-letter queue of sweeps', () => {
  it('is encrypted, keeps messages for the maximum of 14 days, and refuses plain HTTP', () => {
    expect(propertiesOf(template, 'AWS::SQS::Queue')).toEqual(
      expect.objectContaining({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 }),
    );
    expect(propertiesOf(template, 'AWS::SQS::QueuePolicy').PolicyDocument).toMatchObject({
      Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    });
  });
});

describe('the sweep function', () => {
  it('has the maximum timeout of a Lambda function', () => {
    expect(sweeper.properties).toMatchObject({ Timeout: 900, MemorySize: 256 });
  });

  it('has these permissions', () => {
    expect(describeGrants(sweeper)).toEqual([
      `dynamodb:BatchGetItem on Table.Arn${forKeys('<d>#USER', '<d>#EMAIL', '<d>#EMAIL#*')}`,
      `dynamodb:BatchWriteItem on Table.Arn${forKeys('<d>#*', 'DOMAIN#<d>')}`,
      `dynamodb:ConditionCheckItem on Table.Arn${forKeys('<d>#USER', 'DOMAIN#<d>')}`,
      `dynamodb:DeleteItem on Table.Arn${forKeys('<d>#*')}`,
      'dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator on Table.StreamArn',
      `dynamodb:GetItem on Table.Arn${forKeys('<d>#GROUP', '<d>#EMAIL', 'DOMAIN#<d>')}`,
      'dynamodb:ListStreams on *',
      `dynamodb:PutItem on Table.Arn${forKeys('<d>#EMAIL', '<d>#EMAIL#*')}`,
      `dynamodb:Query on Table.Arn${forKeys('<d>#*', 'DOMAIN#<d>', 'DELETED-DOMAINS')}`,
      `dynamodb:UpdateItem on Table.Arn${forKeys('<d>#USER', 'DELETED-DOMAINS')}`,
      'sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on SweeperFailures.Arn',
    ]);
  });

  it('has only the table in its environment', () => {
    const { TABLE_NAME, ...unexpected } = sweeper.environment;
    expect(readableReference(TABLE_NAME)).toBe('Table');
    expect(Object.keys(unexpected).filter((name) => !name.startsWith('POWERTOOLS_'))).toEqual([]);
  });
});

describe('the alarm of sweeps', () => {
  it('goes off for a failed sweep, and notifies the topic', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:111122223333:alarms';
    const alarms = Object.values(
      resourcesOf(synthesize({ alarmTopicArn }).ScimSweep, 'AWS::CloudWatch::Alarm'),
    );
    const failed = alarms.find(({ Properties }) => Properties.Namespace === 'AWS/SQS');
    expect(failed?.Properties).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 0,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: [alarmTopicArn],
    });
  });

  it('goes off if the leftovers of a domain cannot be swept for an hour', () => {
    const alarms = Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm'));
    const failed = alarms.find(({ Properties }) => Properties.MetricName === 'LeftoverSweepFailed');
    expect(failed?.Properties).toMatchObject({ Period: 900, EvaluationPeriods: 4, Statistic: 'Sum' });
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
