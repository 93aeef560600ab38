import { ExecutionRoles } from '../../../../local/services/lambda/execution-roles';
import { iamOf } from '../../iam';
import { resolved } from '../../resources';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:failures';
const STREAM = 'arn:aws:dynamodb:us-east-1:000000000000:table/users/stream/local';
const ROLE = 'arn:aws:iam::000000000000:role/App-Role';
const LOGS = 'arn:aws:logs:us-east-1:000000000000:log-group:group:*';

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const trust = (Service: string) =>
  document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });

/** Returns the roles of a function whose own role allows these actions. */
function rolesWith(actions: string[], Resource: string, service = 'lambda.amazonaws.com'): ExecutionRoles {
  const Policies = [
    { PolicyName: 'Own', PolicyDocument: document({ Effect: 'Allow', Action: actions, Resource }) },
  ];
  const Properties = { AssumeRolePolicyDocument: trust(service), Policies };
  const roles = new ExecutionRoles(iamOf(resolved({ Role: { Type: 'AWS::IAM::Role', Properties } })));
  roles.assume('fn', ROLE);
  return roles;
}

it('refuses a role that only another service can assume', () => {
  expect(() => rolesWith(['sqs:*'], '*', 'ecs.amazonaws.com')).toThrow(
    'fn: The role defined for the function cannot be assumed by Lambda',
  );
  expect(() => new ExecutionRoles(iamOf()).assume('fn', ROLE)).toThrow('does not define it');
});

it('refuses a failure destination that the role may not send to', () => {
  expect(() => rolesWith(['sqs:SendMessage'], QUEUE).assertMaySend('fn', QUEUE)).not.toThrow();
  expect(() => rolesWith(['sqs:SendMessage'], `${QUEUE}2`).assertMaySend('fn', QUEUE)).toThrow(
    'The provided execution role does not have permissions to call SendMessage on SQS',
  );
});

it.each(['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'])(
  'refuses an event source mapping of a stream without %s',
  (missing) => {
    const all = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'];
    const actions = (names: string[]) => names.map((name) => `dynamodb:${name}`);
    expect(() => rolesWith(actions(all), '*').assertMayRead('fn', STREAM)).not.toThrow();
    const others = all.filter((name) => name !== missing);
    expect(() => rolesWith(actions(others), '*').assertMayRead('fn', STREAM)).toThrow(
      `Cannot access stream ${STREAM}. Please ensure the role can perform the GetRecords, GetShardIterator, ` +
        'DescribeStream, and ListStreams Actions on your stream in IAM.',
    );
  },
);

it('lets a function log only to the log groups of its role', () => {
  const roles = rolesWith(['logs:CreateLogStream', 'logs:PutLogEvents'], LOGS);
  expect(roles.mayLog('fn', 'group')).toBe(true);
  expect(roles.mayLog('fn', 'other')).toBe(false);
  expect(rolesWith(['logs:PutLogEvents'], LOGS).mayLog('fn', 'group')).toBe(false);
});
