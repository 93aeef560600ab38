import { findExcess, type TemplateResource } from '../../../lib/validation/limits';
import { longestText } from '../../../lib/validation/longest-text';

const excessOf = (Resources: Record<string, TemplateResource>) =>
  findExcess({ Resources }).map(({ logicalId, text }) => `${logicalId}: ${text}`);

const one = (Type: string, Properties: Record<string, unknown>) => excessOf({ It: { Type, Properties } });
const chars = (number: number) => 'x'.repeat(number);
const items = (number: number) => Array.from({ length: number }, (_, at) => ({ Key: `k${at}`, Value: 'v' }));
/** A policy document of exactly this many characters. */
const policyOf = (size: number) => ({ Statement: chars(size - JSON.stringify({ Statement: '' }).length) });

describe('each limit', () => {
  it.each<[string, number, (size: number) => Record<string, unknown>]>([
    ['AWS::Lambda::Function', 4_096, (size) => ({ Environment: { Variables: { NAME: chars(size - 4) } } })],
    ['AWS::Lambda::Function', 256, (size) => ({ Description: chars(size) })],
    ['AWS::IAM::ManagedPolicy', 6_144, (size) => ({ PolicyDocument: policyOf(size) })],
    ['AWS::IAM::Role', 2_048, (size) => ({ AssumeRolePolicyDocument: policyOf(size) })],
    ['AWS::KMS::Key', 32_768, (size) => ({ KeyPolicy: policyOf(size) })],
    ['AWS::S3::BucketPolicy', 20_480, (size) => ({ PolicyDocument: policyOf(size) })],
    ['AWS::SSM::Parameter', 4_096, (size) => ({ Value: chars(size) })],
    ['AWS::SNS::Topic', 100, (size) => ({ DisplayName: chars(size) })],
    ['AWS::CloudWatch::Alarm', 1_024, (size) => ({ AlarmDescription: chars(size) })],
    ['AWS::CloudWatch::Alarm', 10, (size) => ({ Metrics: items(size) })],
    ['AWS::CloudFront::Function', 10_240, (size) => ({ FunctionCode: chars(size) })],
    ['AWS::Cognito::UserPoolDomain', 63, (size) => ({ Domain: chars(size) })],
    ['AWS::Events::Rule', 5, (size) => ({ Targets: items(size) })],
    ['AWS::Lambda::EventSourceMapping', 5, (size) => ({ FilterCriteria: { Filters: items(size) } })],
    [
      'AWS::Lambda::EventSourceMapping',
      4_096,
      (size) => ({ FilterCriteria: { Filters: [{ Pattern: chars(size) }] } }),
    ],
    ['AWS::DynamoDB::Table', 50, (size) => ({ Tags: items(size) })],
  ])('of %s, %i, is allowed and no more', (type, limit, properties) => {
    expect(one(type, properties(limit))).toEqual([]);
    expect(one(type, properties(limit + 1))).toEqual([
      expect.stringMatching(new RegExp(`^It: .* can have ${limit + 1} .*, and AWS allows ${limit}\\.`)),
    ]);
  });
});

it('adds up the inline policies of a role', () => {
  const policy = (size: number): TemplateResource => ({
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyDocument: policyOf(size), Roles: [{ Ref: 'Role' }] },
  });
  expect(excessOf({ A: policy(10_000), B: policy(240) })).toEqual([]);
  expect(excessOf({ A: policy(10_000), B: policy(241) })).toEqual([
    'Role: The inline policies of the role can have 10241 characters, and AWS allows 10240. Make it smaller.',
  ]);
});

it('counts the resources of an API, and the permissions of a function', () => {
  const many = (number: number, Type: string, Properties: Record<string, unknown>) =>
    Object.fromEntries(Array.from({ length: number }, (_, at) => [`R${at}`, { Type, Properties }]));
  const api = { RestApiId: { Ref: 'Api' } };
  expect(excessOf(many(300, 'AWS::ApiGateway::Resource', api))).toEqual([]);
  expect(excessOf(many(301, 'AWS::ApiGateway::Resource', api))).toHaveLength(1);
  const permission = { FunctionName: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Principal: 'apigateway.amazonaws.com' };
  expect(excessOf(many(10, 'AWS::Lambda::Permission', permission))).toEqual([]);
  expect(excessOf(many(100, 'AWS::Lambda::Permission', permission))).toEqual([
    expect.stringContaining('Fn: The policy of the function'),
  ]);
});

it('takes the longest value of what only CloudFormation knows', () => {
  const name = { 'Fn::Join': ['', ['a-', { Ref: 'AWS::Region' }, '-', { Ref: 'AWS::AccountId' }]] };
  expect(longestText(name)).toHaveLength('a-ap-southeast-2-000000000000'.length);
  expect(longestText({ 'Fn::GetAtt': ['Queue', 'Arn'] }).length).toBeGreaterThan(100);
});
