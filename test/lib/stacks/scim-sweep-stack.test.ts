import { compileFilters } from '../../../local/services/event-source-mappings/filter';
import { deployedFunctions, describeGrants, readableReference } from '../deployed-functions';
import { propertiesOf, resourcesOf, snapshotOf, synthesize } from '../synthesize';

const DOMAIN = '0190a1b2-0000-7000-8000-000000000001';
const GROUP = '0190a1b2-0000-7000-8000-000000000002';

const template = synthesize().ScimSweep;
const sweeper = deployedFunctions(template).sweep;
if (!sweeper) throw new Error('There is no function that sweeps.');

describe('the event source of sweeps', () => {
  const source = propertiesOf(template, 'AWS::Lambda::EventSourceMapping');
  const { Filters } = source.FilterCriteria as { Filters: { Pattern: string }[] };
  const isHandedOn = compileFilters(Filters.map(({ Pattern }) => Pattern));

  it('misses no record and gives one up in the end, but does not lose it', () => {
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
    ['a group that is removed', true, 'REMOVE', group],
    ['a group that is made', false, 'INSERT', group],
    ['a group that changes', false, 'MODIFY', group],
    [
      'a page mark of groups',
      false,
      'REMOVE',
      { pk: { S: `${DOMAIN}#PAGE#GROUP` }, sk: { S: '1' }, after: { S: GROUP } },
    ],
    ['a membership', false, 'REMOVE', { pk: { S: `${DOMAIN}#GROUP#${GROUP}` }, sk: { S: 'USER#u' } }],
    ['a user', false, 'REMOVE', { ...group, pk: { S: `${DOMAIN}#USER` } }],
    ['a domain that is removed', true, 'REMOVE', { pk: { S: `DOMAIN#${DOMAIN}` }, sk: { S: 'DOMAIN' } }],
    ['a domain that changes', false, 'MODIFY', { pk: { S: `DOMAIN#${DOMAIN}` }, sk: { S: 'DOMAIN' } }],
    ['counts that expired', false, 'REMOVE', { pk: { S: `DOMAIN#${DOMAIN}` }, sk: { S: 'COUNTS' } }],
    ['a place in the list of domains', false, 'REMOVE', { pk: { S: 'DOMAINS' }, sk: { S: DOMAIN } }],
  ])('hands on %s: %s', (_, expected, eventName, item) => {
    const record = {
      eventName,
      dynamodb: { Keys: { pk: item.pk, sk: item.sk }, OldImage: item, NewImage: item },
    };
    expect(isHandedOn(record)).toBe(expected);
  });
});

describe('the queue of failed sweeps', () => {
  it('is encrypted, keeps its messages as long as SQS can, and refuses plain HTTP', () => {
    expect(propertiesOf(template, 'AWS::SQS::Queue')).toEqual(
      expect.objectContaining({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 }),
    );
    expect(propertiesOf(template, 'AWS::SQS::QueuePolicy').PolicyDocument).toMatchObject({
      Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    });
  });
});

describe('the function that sweeps', () => {
  it('has as long as a function can have', () => {
    expect(sweeper.properties).toMatchObject({ Timeout: 900, MemorySize: 256 });
  });

  it('may do this', () => {
    const onlyFor = (...patterns: string[]) =>
      `if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":${JSON.stringify(patterns)}}}`;
    const aDomain = '????????-????-????-????-????????????';
    const any = [`${aDomain}#*`, 'DOMAIN#*'];
    expect(describeGrants(sweeper)).toEqual([
      `dynamodb:BatchWriteItem on Table.Arn ${onlyFor(...any, 'OUTBOX')}`,
      `dynamodb:DeleteItem, dynamodb:Query on Table.Arn ${onlyFor(...any)}`,
      'dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator on Table.StreamArn',
      `dynamodb:GetItem on Table.Arn ${onlyFor(`${aDomain}#GROUP`, 'DOMAIN#*')}`,
      'dynamodb:ListStreams on *',
      `dynamodb:UpdateItem on Table.Arn ${onlyFor(`${aDomain}#USER`, 'DELETED-DOMAINS')}`,
      'sqs:GetQueueAttributes, sqs:GetQueueUrl, sqs:SendMessage on SweeperFailures.Arn',
    ]);
  });

  it('knows the table, and nothing else', () => {
    const { TABLE_NAME, ...rest } = sweeper.environment;
    expect(readableReference(TABLE_NAME)).toBe('Table');
    expect(Object.keys(rest).filter((name) => !name.startsWith('POWERTOOLS_'))).toEqual([]);
  });
});

describe('the alarm of sweeps', () => {
  it('goes off when one was given up, and tells who is to be told', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:111122223333:alarms';
    expect(propertiesOf(synthesize({ alarmTopicArn }).ScimSweep, 'AWS::CloudWatch::Alarm')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 0,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      AlarmActions: [alarmTopicArn],
    });
  });
});

describe('the sweep stack', () => {
  it('is as it was', () => {
    expect(snapshotOf(template)).toMatchSnapshot();
  });
});
