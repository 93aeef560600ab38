import { Callers } from '../../../../local/cloud/callers';
import type { Permission } from '../../../../local/cloud/iam/permission';
import { resolved } from '../../resources';
import { iamOf, volatileUsage } from '../../iam';

const TRUST = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
};
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/users';
const PUT: Permission = {
  action: 'dynamodb:PutItem',
  resource: TABLE,
  context: { 'dynamodb:LeadingKeys': ['d#USER'] },
};
const ALLOW = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE };

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

/** Returns a role of the template with these statements in a policy of its own. */
const roleWith = (statements: object[], more: object = {}, others: Record<string, object> = {}) =>
  resolved({
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...more } },
    ...(statements.length > 0 && {
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'Own', PolicyDocument: document(...statements), Roles: [{ Ref: 'Role' }] },
      },
    }),
    ...others,
  });

/** Returns the text of the refusal of a request of the function `fn`; undefined if it is allowed. */
function refusal(resources: ReturnType<typeof resolved>, permission = PUT): string | undefined {
  const iam = iamOf(resources);
  const role = iam.roleOf('fn', 'arn:aws:iam::000000000000:role/App-Role');
  try {
    iam.authorize({ name: 'fn', role }, permission);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const USER = 'User: arn:aws:sts::000000000000:assumed-role/App-Role/fn is not authorized to perform: ';
const NOT_ALLOWED =
  `${USER}dynamodb:PutItem on resource: ${TABLE} ` +
  'because no identity-based policy allows the dynamodb:PutItem action';

describe('identity policies', () => {
  it('allow what a statement allows, and nothing else', () => {
    expect(refusal(roleWith([ALLOW]))).toBeUndefined();
    expect(refusal(roleWith([]))).toBe(NOT_ALLOWED);
    expect(refusal(roleWith([{ ...ALLOW, Action: 'dynamodb:GetItem' }]))).toBe(NOT_ALLOWED);
    expect(refusal(roleWith([{ ...ALLOW, Resource: `${TABLE}/index/*` }]))).toBe(NOT_ALLOWED);
  });

  it('match actions with wildcards, and in any case', () => {
    expect(refusal(roleWith([{ ...ALLOW, Action: 'DynamoDB:put*' }]))).toBeUndefined();
    expect(refusal(roleWith([{ ...ALLOW, Action: '*' }]))).toBeUndefined();
    expect(refusal(roleWith([{ ...ALLOW, Action: 'dynamodb:Put?' }]))).toBe(NOT_ALLOWED);
  });

  it('support NotAction and NotResource', () => {
    const { Action: _, ...rest } = ALLOW;
    expect(refusal(roleWith([{ ...rest, NotAction: 'dynamodb:DeleteItem' }]))).toBeUndefined();
    expect(refusal(roleWith([{ ...rest, NotAction: 'dynamodb:Put*' }]))).toBe(NOT_ALLOWED);
    const other = { Effect: 'Allow', Action: '*', NotResource: `${TABLE}2` };
    expect(refusal(roleWith([other]))).toBeUndefined();
    expect(refusal(roleWith([{ ...other, NotResource: TABLE }]))).toBe(NOT_ALLOWED);
  });

  it('check the conditions', () => {
    const limited = (key: string) => ({
      ...ALLOW,
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [key] } },
    });
    expect(refusal(roleWith([limited('*#USER')]))).toBeUndefined();
    expect(refusal(roleWith([limited('*#GROUP')]))).toBe(NOT_ALLOWED);
  });

  it('refuse what one statement denies, whatever others allow', () => {
    const denied = `${USER}dynamodb:PutItem on resource: ${TABLE} with an explicit deny in an identity-based policy`;
    expect(refusal(roleWith([ALLOW, { ...ALLOW, Effect: 'Deny' }]))).toBe(denied);
    expect(refusal(roleWith([{ ...ALLOW, Effect: 'Deny', Action: '*', Resource: '*' }, ALLOW]))).toBe(denied);
  });

  it('are inline, of the role, managed by the template, or managed by AWS', () => {
    const PolicyDocument = document(ALLOW);
    const inline = { Policies: [{ PolicyName: 'Inline', PolicyDocument }] };
    expect(refusal(roleWith([], inline))).toBeUndefined();
    const rolePolicy = { PolicyName: 'Own', PolicyDocument, RoleName: { Ref: 'Role' } };
    expect(
      refusal(roleWith([], {}, { Own: { Type: 'AWS::IAM::RolePolicy', Properties: rolePolicy } })),
    ).toBeUndefined();
    const managed = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } };
    expect(
      refusal(roleWith([], { ManagedPolicyArns: [{ Ref: 'Managed' }] }, { Managed: managed })),
    ).toBeUndefined();
    const attached = { ...managed, Properties: { PolicyDocument, Roles: [{ Ref: 'Role' }] } };
    expect(refusal(roleWith([], {}, { Managed: attached }))).toBeUndefined();
    const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const log = { action: 'logs:PutLogEvents', resource: 'arn:aws:logs:us-east-1:000000000000:log-group:a' };
    expect(refusal(roleWith([], { ManagedPolicyArns: [basic] }), log)).toBeUndefined();
  });

  it('are limited by the permissions boundary', () => {
    const boundary = (statement: object) => ({
      Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(statement) } },
    });
    const more = { PermissionsBoundary: { Ref: 'Boundary' } };
    expect(refusal(roleWith([ALLOW], more, boundary({ ...ALLOW, Action: '*' })))).toBeUndefined();
    expect(refusal(roleWith([ALLOW], more, boundary({ ...ALLOW, Action: 'dynamodb:GetItem' })))).toMatch(
      /because no permissions boundary allows the dynamodb:PutItem action$/,
    );
  });
});

describe('roles that AWS would refuse, or that are not supported', () => {
  it.each([
    ['Lambda', roleWith([ALLOW], { AssumeRolePolicyDocument: document() }), 'cannot be assumed by Lambda'],
    [
      'an unknown policy of AWS',
      roleWith([], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
      'does not know the policy arn:aws:iam::aws:policy/AdministratorAccess',
    ],
    [
      'an unknown condition',
      roleWith([{ ...ALLOW, Condition: { IpAddress: { 'aws:SourceIp': '1.2.3.4' } } }]),
      'The policy Own: the condition key aws:SourceIp is not supported.',
    ],
    ['a policy variable', roleWith([{ ...ALLOW, Resource: `${TABLE}/$\{aws:userid}` }]), 'policy variables'],
    ['an unknown element', roleWith([{ ...ALLOW, Actions: 'a' }]), /The policy Own:[^]*Actions/],
    ['a statement without an action', roleWith([{ Effect: 'Allow', Resource: '*' }]), 'Action or NotAction'],
    [
      'too long policies',
      roleWith(Array.from({ length: 120 }, (_, at) => ({ ...ALLOW, Sid: `statement${at}` }))),
      /IAM allows 10240 characters/,
    ],
  ])('%s stops the start', (_, resources, message) => {
    expect(() => iamOf(resources).roleOf('fn', 'arn:aws:iam::000000000000:role/App-Role')).toThrow(message);
  });
});

describe('policies of resources', () => {
  const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:App-Queue';
  const SEND: Permission = { action: 'sqs:SendMessage', resource: QUEUE };
  const queueWith = (...statements: object[]) => ({
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: document(...statements) },
    },
  });
  const statement = (own: object) => ({ Effect: 'Allow', Action: 'sqs:*', Resource: '*', ...own });

  it('may allow a role of the account what its own policies do not', () => {
    const role = { 'Fn::GetAtt': ['Role', 'Arn'] };
    expect(
      refusal(roleWith([], {}, queueWith(statement({ Principal: { AWS: role } }))), SEND),
    ).toBeUndefined();
    expect(
      refusal(roleWith([], {}, queueWith(statement({ Principal: { AWS: '*' } }))), SEND),
    ).toBeUndefined();
    const root = statement({ Principal: { AWS: 'arn:aws:iam::000000000000:root' } });
    expect(refusal(roleWith([], {}, queueWith(root)), SEND)).toMatch(/no identity-based policy/);
  });

  it('may deny what the policies of the role allow', () => {
    const deny = statement({ Effect: 'Deny', Principal: '*' });
    expect(refusal(roleWith([{ ...ALLOW, Action: '*', Resource: '*' }], {}, queueWith(deny)), SEND)).toBe(
      `${USER}sqs:SendMessage on resource: ${QUEUE} with an explicit deny in a resource-based policy`,
    );
    const insecure = { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(
      refusal(roleWith([{ ...ALLOW, Action: '*', Resource: '*' }], {}, queueWith(insecure)), SEND),
    ).toBeUndefined();
  });

  it('decide alone about services', () => {
    const topic = 'arn:aws:sns:us-east-1:000000000000:topic';
    const sns = statement({
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': topic } },
    });
    const iam = iamOf(resolved(queueWith(sns)));
    expect(iam.allowsService({ service: 'sns.amazonaws.com', sourceArn: topic }, SEND)).toBe(true);
    expect(iam.allowsService({ service: 'sns.amazonaws.com', sourceArn: `${topic}2` }, SEND)).toBe(false);
    expect(iam.allowsService({ service: 'events.amazonaws.com', sourceArn: topic }, SEND)).toBe(false);
    expect(iamOf(resolved({})).allowsService({ service: 'sns.amazonaws.com', sourceArn: topic }, SEND)).toBe(
      false,
    );
  });

  it('allow the invocations that the template permits', () => {
    const fn = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
    const api = 'arn:aws:execute-api:us-east-1:000000000000:api';
    const permission = {
      Action: 'lambda:InvokeFunction',
      FunctionName: fn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `${api}/*/*/*`,
    };
    const iam = iamOf(resolved({ Permission: { Type: 'AWS::Lambda::Permission', Properties: permission } }));
    const invoke = { action: 'lambda:InvokeFunction', resource: fn };
    const gateway = (sourceArn: string) => ({ service: 'apigateway.amazonaws.com', sourceArn });
    expect(iam.allowsService(gateway(`${api}/scim/GET/v2/Users`), invoke)).toBe(true);
    expect(iam.allowsService(gateway(`${api}/authorizers/a`), invoke)).toBe(false);
    expect(iam.allowsService(gateway(`${api}2/scim/GET/v2/Users`), invoke)).toBe(false);
  });
});

it('restricts functions only, and records what they do', () => {
  const usage = volatileUsage();
  const iam = iamOf(roleWith([ALLOW]), usage);
  const role = iam.roleOf('fn', 'arn:aws:iam::000000000000:role/App-Role');
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=LOCALHOST/20260101/us-east-1/sqs/aws4_request',
  };
  const program = new Callers().of(headers);
  if (!program) throw new Error('The administrator is unknown.');
  iam.authorize(program, { action: 'sqs:PurgeQueue', resource: '*' });
  iam.authorize({ name: 'fn', role }, PUT);
  expect(iam.isAllowed({ name: 'fn', role }, { ...PUT, action: 'dynamodb:GetItem' })).toBe(false);
  expect(usage.all()).toEqual([
    { function: 'fn', action: 'dynamodb:PutItem', resource: TABLE, key: 'x#USER' },
    {
      function: 'fn',
      action: 'dynamodb:GetItem',
      resource: TABLE,
      key: 'x#USER',
      refused: NOT_ALLOWED.replaceAll('PutItem', 'GetItem'),
    },
  ]);
});
