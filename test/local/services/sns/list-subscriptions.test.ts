import { Callers } from '../../../../local/cloud/callers';
import { ServiceError } from '../../../../local/cloud/endpoint/service-error';
import { type ListedSubscription, topicOperations } from '../../../../local/services/sns/operations';
import { readTopicSubscriptions } from '../../../../shared/mail/sns/topic-subscriptions';
import { openEndpoint, type TestEndpoint } from '../../cloud/endpoint/endpoint';
import { ADMINISTRATOR, iamOf } from '../../iam';
import { resolved } from '../../resources';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alarms';
const OTHER = `${TOPIC}-2`;
const allow = (statement: object) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', ...statement },
});
const resources = resolved({
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: allow({
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
      }),
      Policies: [
        {
          PolicyName: 'Own',
          PolicyDocument: allow({ Action: 'sns:ListSubscriptionsByTopic', Resource: TOPIC }),
        },
      ],
    },
  },
});
const iam = iamOf(resources);
const callers = new Callers();
const FUNCTION = callers.register(
  'App-Admin',
  iam.roleOf('App-Admin', 'arn:aws:iam::000000000000:role/App-Role'),
);

const subscription = (own: Partial<ListedSubscription> = {}): ListedSubscription => ({
  ...{ SubscriptionArn: `${TOPIC}:1`, TopicArn: TOPIC, Protocol: 'email', Endpoint: 'ops@example.com' },
  ...own,
});

const topics = new Map<string, readonly ListedSubscription[]>();
let endpoint: TestEndpoint;
let failure: ServiceError | undefined;
const before = { ...process.env };

beforeAll(async () => {
  const operations = topicOperations((topicArn) => {
    if (failure) throw failure;
    return topics.get(topicArn);
  });
  endpoint = await openEndpoint(operations, { callers, iam });
});
afterAll(() => endpoint.close());

beforeEach(() => {
  failure = undefined;
  topics.clear();
  actAs({ ...ADMINISTRATOR });
});
afterEach(() => (process.env = { ...before }));

function actAs(caller: { accessKeyId: string; secretAccessKey?: string; sessionToken?: string }): void {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_SNS: endpoint.url,
    AWS_ACCESS_KEY_ID: caller.accessKeyId,
    AWS_SECRET_ACCESS_KEY: caller.secretAccessKey ?? 'local',
    AWS_SESSION_TOKEN: caller.sessionToken ?? '',
  });
}

it('tells confirmed subscriptions from pending ones, and leaves out deleted ones', async () => {
  topics.set(TOPIC, [
    subscription(),
    subscription({ SubscriptionArn: 'PendingConfirmation', Endpoint: '"a&b<c>"@example.com' }),
    subscription({ SubscriptionArn: 'Deleted' }),
  ]);
  expect(await readTopicSubscriptions(TOPIC)).toEqual([
    { protocol: 'email', endpoint: 'ops@example.com', isConfirmed: true },
    { protocol: 'email', endpoint: '"a&b<c>"@example.com', isConfirmed: false },
  ]);
});

it('reads all pages, and no more than ten', async () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => subscription({ Endpoint: `ops-${at}@example.com` }));
  topics.set(TOPIC, many(201));
  expect(await readTopicSubscriptions(TOPIC)).toHaveLength(201);
  topics.set(TOPIC, many(2_000));
  expect(await readTopicSubscriptions(TOPIC)).toHaveLength(1_000);
  topics.set(TOPIC, []);
  expect(await readTopicSubscriptions(TOPIC)).toEqual([]);
});

it('may list only the topic of its permission', async () => {
  topics.set(TOPIC, []).set(OTHER, []);
  actAs(FUNCTION);
  expect(await readTopicSubscriptions(TOPIC)).toEqual([]);
  expect(await readTopicSubscriptions(OTHER)).toBe('not-allowed');
});

it('reports a topic that does not exist, and passes on other errors', async () => {
  expect(await readTopicSubscriptions(TOPIC)).toBe('no-topic');
  failure = new ServiceError(500, 'InternalErrorException', 'An internal error occurred.');
  await expect(readTopicSubscriptions(TOPIC)).rejects.toMatchObject({ name: 'InternalErrorException' });
});
