import type { Resource } from '../../../../local/cloud/template/resources';
import { EncryptionKeys } from '../../../../local/services/kms/encryption-keys';
import { ExecutionRoles } from '../../../../local/services/lambda/execution-roles';
import { assertLogKeys } from '../../../../local/services/logs/log-keys';
import { tableKeyPermissions } from '../../../../local/services/dynamodb/front/permissions';
import { iamOf } from '../../iam';
import { resolved } from '../../resources';

const ROLE = 'arn:aws:iam::000000000000:role/App-Role';
const ACCOUNT = { AWS: 'arn:aws:iam::000000000000:root' };
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const TRUST = document({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'lambda.amazonaws.com' },
});
const DELEGATES = { Effect: 'Allow', Action: 'kms:*', Principal: ACCOUNT, Resource: '*' };
const via = (service: string) => ({
  StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` },
});
const decrypt = (Condition: object = {}) => ({
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: KEY,
  Condition,
});

/** Returns a key with this policy, everything that it encrypts, and a role with these statements. */
const template = (keyPolicy: object[], statements: object[]): Resource[] =>
  resolved({
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document(...keyPolicy) } },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: KEY } },
    },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { KmsKeyId: KEY } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { Ref: 'Key' } } },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: KEY } },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: KEY } },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } },
          ],
        },
      },
    },
    Plain: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: true } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: TRUST,
        Policies: [{ PolicyName: 'Own', PolicyDocument: document(...statements) }],
      },
    },
  });

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/App-Table';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:App-Queue';

/** Returns the text with which the use of the table's key is refused; undefined if it is allowed. */
function refusal(resources: Resource[]): string | undefined {
  const iam = iamOf(resources);
  const caller = { name: 'fn', role: iam.roleOf('fn', ROLE) };
  try {
    for (const permission of tableKeyPermissions(TABLE, new EncryptionKeys(resources)))
      iam.authorize(caller, permission);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the key of a resource', () => {
  it('is found for each type of resource, by its ARN or its ID', () => {
    const resources = template([DELEGATES], [decrypt()]);
    const keys = new EncryptionKeys(resources);
    const key = resources.find(({ type }) => type === 'AWS::KMS::Key')?.attributes.Arn;
    const encrypted = resources
      .filter(({ ref, attributes }) => keys.keyOf(attributes.Arn ?? ref) === key)
      .map(({ logicalId }) => logicalId);
    expect(key).toMatch(/^arn:aws:kms:us-east-1:000000000000:key\//);
    expect(encrypted).toEqual(['Table', 'Secret', 'Queue', 'Topic', 'Logs', 'Bucket']);
  });
});

describe('a function', () => {
  it.each([
    ['its role may use the key through the service', [DELEGATES], [decrypt(via('dynamodb'))]],
    ['the key names its role', [{ ...DELEGATES, Principal: { AWS: ROLE }, Action: 'kms:Decrypt' }], []],
    [
      'the encryption context is the one of the table',
      [DELEGATES],
      [decrypt({ StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'App-Table' } })],
    ],
  ])('may use an encrypted table if %s', (_, keyPolicy, statements) => {
    expect(refusal(template(keyPolicy, statements))).toBeUndefined();
  });

  it.each([
    ['its role may not use the key', [DELEGATES], [], 'identity'],
    ['its role may use the key through another service only', [DELEGATES], [decrypt(via('sqs'))], 'identity'],
    [
      'its role may use the key for another table only',
      [DELEGATES],
      [decrypt({ StringEquals: { 'kms:EncryptionContext:aws:dynamodb:tableName': 'Other' } })],
      'identity',
    ],
    [
      'the policy of the key does not leave the decision to the account',
      [{ ...DELEGATES, Principal: { Service: 'sns.amazonaws.com' } }],
      [decrypt()],
      'resource',
    ],
    [
      'the policy of the key leaves only another action to the account',
      [{ ...DELEGATES, Action: 'kms:DescribeKey' }],
      [decrypt()],
      'resource',
    ],
  ])('is refused if %s', (_, keyPolicy, statements, missing) => {
    expect(refusal(template(keyPolicy, statements))).toMatch(
      new RegExp(
        '^User: arn:aws:sts::000000000000:assumed-role/App-Role/fn is not authorized to perform: kms:Decrypt on ' +
          `resource: arn:aws:kms:\\S+ because no ${missing}-based policy allows the kms:Decrypt action$`,
      ),
    );
  });
});

describe('Lambda', () => {
  const STREAM = `${TABLE}/stream/local`;
  const all = { Effect: 'Allow', Action: ['dynamodb:*', 'sqs:*'], Resource: '*' };
  const rolesOf = (...statements: object[]): ExecutionRoles => {
    const resources = template([DELEGATES], [all, ...statements]);
    const roles = new ExecutionRoles(iamOf(resources), new EncryptionKeys(resources));
    roles.assume('fn', ROLE);
    return roles;
  };
  const send = (...actions: string[]) => ({ ...decrypt(via('sqs')), Action: actions });

  it('reads the stream of an encrypted table only with the key', () => {
    expect(() => rolesOf(decrypt(via('dynamodb'))).assertMayRead('fn', STREAM)).not.toThrow();
    expect(() => rolesOf().assertMayRead('fn', STREAM)).toThrow(`Cannot access stream ${STREAM}`);
  });

  it('receives from an encrypted queue only with the key', () => {
    expect(() => rolesOf(send('kms:Decrypt')).assertMayReceive('fn', QUEUE)).not.toThrow();
    expect(() => rolesOf().assertMayReceive('fn', QUEUE)).toThrow('ReceiveMessage on SQS');
  });

  it('sends failures to an encrypted queue only with a data key, and to others without', () => {
    expect(rolesOf(send('kms:Decrypt', 'kms:GenerateDataKey')).maySend('fn', QUEUE)).toBe(true);
    expect(rolesOf(send('kms:Decrypt')).maySend('fn', QUEUE)).toBe(false);
    expect(rolesOf().maySend('fn', QUEUE.replace('Queue', 'Plain'))).toBe(true);
  });
});

describe('CloudWatch Logs', () => {
  const allow = (group: string) => ({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    Principal: { Service: 'logs.us-east-1.amazonaws.com' },
    Resource: '*',
    Condition: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:000000000000:log-group:${group}`,
      },
    },
  });
  const start = (statement: object) => () => {
    const resources = template([DELEGATES, statement], []);
    assertLogKeys(iamOf(resources), new EncryptionKeys(resources), resources);
  };

  it('creates a log group only if the policy of the key admits this group', () => {
    expect(start(allow('App-*'))).not.toThrow();
    expect(start(allow('Other-*'))).toThrow(
      'The specified KMS key does not exist or is not allowed to be used with Arn ' +
        "'arn:aws:logs:us-east-1:000000000000:log-group:App-Logs'.",
    );
    expect(start({ ...allow('App-*'), Action: 'kms:Decrypt' })).toThrow('The specified KMS key');
  });
});
