import type { Template } from 'aws-cdk-lib/assertions';
import { type Resource, resourcesOf, synthesize } from '../synthesize';
import { changesBetween } from './template-changes';

const COMMON = { backup: true, alarmEmail: 'ops@example.com', secretReplicaRegion: 'eu-central-1' };
const REPLICA_KEY = 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000';
const stage = (customerKey: string, more: object = {}) =>
  synthesize({
    ...COMMON,
    customerKey,
    ...(customerKey !== 'none' && { secretReplicaKeyArn: REPLICA_KEY }),
    ...more,
  });

const modes = { none: stage('none'), grant: stage('grant'), encrypt: stage('encrypt') };
type Stage = (typeof modes)['none'];

const allOf = (templates: Stage, type: string): [string, Resource][] =>
  Object.values(templates).flatMap((template: Template) => Object.entries(resourcesOf(template, type)));

const KEY_ID = /^CustomerKey[0-9A-F]{8}$/;
/** A reference to the key, in its own stack or in another one. */
const KEY_REFERENCE =
  /^(\{"Fn::GetAtt":\["CustomerKey\w{8}","Arn"\]\}|\{"Fn::ImportValue":"[^"]*CustomerKey[^"]*Arn[^"]*"\})$/;

/** The types that hold data, and the place of their key. */
const ENCRYPTED: Readonly<Record<string, (properties: Record<string, unknown>) => unknown>> = {
  'AWS::DynamoDB::Table': ({ SSESpecification }) =>
    (SSESpecification as { KMSMasterKeyId?: unknown } | undefined)?.KMSMasterKeyId,
  'AWS::SecretsManager::Secret': ({ KmsKeyId }) => KmsKeyId,
  'AWS::SQS::Queue': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::SNS::Topic': ({ KmsMasterKeyId }) => KmsMasterKeyId,
  'AWS::Events::EventBus': ({ KmsKeyIdentifier }) => KmsKeyIdentifier,
  'AWS::Logs::LogGroup': ({ KmsKeyId }) => KmsKeyId,
  'AWS::S3::Bucket': ({ BucketEncryption }) =>
    (
      BucketEncryption as {
        ServerSideEncryptionConfiguration: {
          ServerSideEncryptionByDefault: { KMSMasterKeyID?: unknown };
        }[];
      }
    ).ServerSideEncryptionConfiguration[0]?.ServerSideEncryptionByDefault.KMSMasterKeyID,
};

describe.each(Object.entries(ENCRYPTED))('each %s', (type, keyOf) => {
  it('is encrypted with the key of the stage only with "encrypt"', () => {
    const encrypted = (templates: Stage) =>
      allOf(templates, type).map(([, { Properties }]) =>
        KEY_REFERENCE.test(JSON.stringify(keyOf(Properties) ?? null)),
      );
    expect(encrypted(modes.encrypt).length).toBeGreaterThan(0);
    expect(new Set(encrypted(modes.encrypt))).toEqual(new Set([true]));
    expect(new Set(encrypted(modes.grant))).toEqual(new Set([false]));
    expect(new Set(encrypted(modes.none))).toEqual(new Set([false]));
  });
});

it('the vault of backups has the key as soon as there is one, because another key needs another vault', () => {
  const vaultOf = (templates: Stage) => allOf(templates, 'AWS::Backup::BackupVault')[0]?.[1];
  expect(JSON.stringify(vaultOf(modes.grant)?.Properties.EncryptionKeyArn)).toMatch(KEY_REFERENCE);
  expect(vaultOf(modes.encrypt)).toEqual(vaultOf(modes.grant));
  expect(vaultOf(modes.none)?.Properties.EncryptionKeyArn).toBeUndefined();
  // The former vault stays with its copies, so the new one needs another name.
  expect(vaultOf(modes.none)?.UpdateReplacePolicy).toBe('Retain');
  expect(vaultOf(modes.none)?.Properties.BackupVaultName).not.toEqual(
    vaultOf(modes.grant)?.Properties.BackupVaultName,
  );
});

it('replicas of secrets are encrypted with the key of their region', () => {
  const keys = allOf(modes.encrypt, 'AWS::SecretsManager::Secret').flatMap(
    ([, { Properties }]) => (Properties.ReplicaRegions as { KmsKeyId?: string }[] | undefined) ?? [],
  );
  expect(keys).toEqual(Array(5).fill({ Region: 'eu-central-1', KmsKeyId: REPLICA_KEY }));
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: { readonly AWS?: unknown; readonly Service?: unknown };
  readonly Condition?: Record<string, Record<string, unknown>>;
}

describe('the key', () => {
  const keysOf = (templates: Stage) =>
    allOf(templates, 'AWS::KMS::Key').filter(([logicalId]) => KEY_ID.test(logicalId));

  it('exists only if the stage has it, is rotated, and outlives its stack', () => {
    expect(keysOf(modes.none)).toEqual([]);
    for (const templates of [modes.grant, modes.encrypt]) {
      expect(keysOf(templates)).toHaveLength(1);
      const [, key] = keysOf(templates)[0] as [string, Resource];
      expect(key).toMatchObject({
        Properties: { EnableKeyRotation: true },
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
    }
    const trial = keysOf(stage('encrypt', { removalPolicy: 'destroy' }))[0];
    expect(trial?.[1].DeletionPolicy).toBe('Delete');
  });

  it('admits a service only under a condition, and CloudFront only for the portal', () => {
    const statementsOf = (templates: Stage) =>
      (keysOf(templates)[0]?.[1].Properties.KeyPolicy as { Statement: Statement[] }).Statement;
    const [account, ...services] = statementsOf(modes.encrypt);
    expect(JSON.stringify(account?.Principal)).toMatch(/:iam::000000000000:root/);
    expect(
      services.map(({ Principal, Condition = {} }) => [
        JSON.stringify(Principal?.Service),
        Object.values(Condition).flatMap(Object.keys),
      ]),
    ).toEqual([
      [expect.stringContaining('logs.'), ['kms:EncryptionContext:aws:logs:arn']],
      ['["cloudwatch.amazonaws.com","ses.amazonaws.com","sns.amazonaws.com"]', ['aws:SourceAccount']],
      [
        '"events.amazonaws.com"',
        ['aws:SourceAccount', 'aws:SourceArn', 'kms:EncryptionContext:aws:events:event-bus:arn'],
      ],
      ['"cloudfront.amazonaws.com"', ['aws:SourceArn']],
    ]);
    const withoutPortal = statementsOf(stage('encrypt', { portal: false, eventBus: false }));
    expect(JSON.stringify(withoutPortal)).not.toMatch(/cloudfront|events/);
    expect(withoutPortal).toHaveLength(3);
  });
});

describe('the permissions of functions', () => {
  /** The statements of each role. What does not fit into its own policy is in managed policies. */
  const policies = (templates: Stage) => {
    const byRole = new Map<string, Statement[]>();
    for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'])
      for (const [, { Properties }] of allOf(templates, type)) {
        const { Statement: statements } = Properties.PolicyDocument as { Statement: Statement[] };
        for (const role of (Properties.Roles ?? []) as { Ref: string }[])
          byRole.set(role.Ref, [...(byRole.get(role.Ref) ?? []), ...statements]);
      }
    return [...byRole].map(([role, statements]) => ({ role, statements }));
  };
  // The keys that sign are others.
  const isKms = ({ Action }: Statement) =>
    [Action].flat().some((action) => action.startsWith('kms:') && !/:(Sign|GetPublicKey)$/.test(action));
  const serviceOf = ({ Condition }: Statement) =>
    /(\w+)\.","?\{"Ref":"AWS::Region"/.exec(JSON.stringify(Condition).replaceAll(' ', ''))?.[1] ?? '';

  it('for the key are the same before anything is encrypted with it, so no update interrupts the service', () => {
    expect(policies(modes.grant)).toEqual(policies(modes.encrypt));
    expect(policies(modes.none).flatMap(({ statements }) => statements.filter(isKms))).toEqual([]);
  });

  it('for the key hold only through the service that encrypts the data', () => {
    for (const { statements } of policies(modes.encrypt))
      for (const statement of statements.filter(isKms)) {
        expect(JSON.stringify(statement.Resource)).toMatch(KEY_REFERENCE);
        expect(Object.values(statement.Condition ?? {}).flatMap(Object.keys)).toEqual(['kms:ViaService']);
        expect(['dynamodb', 's3', 'secretsmanager', 'sqs']).toContain(serviceOf(statement));
      }
  });

  it.each([
    ['dynamodb', /^dynamodb:(?!ListStreams)/, ['kms:Decrypt']],
    ['secretsmanager', /^secretsmanager:GetSecretValue$/, ['kms:Decrypt']],
    ['sqs', /^sqs:SendMessage$/, ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['sqs', /^sqs:ReceiveMessage$/, ['kms:Decrypt']],
    ['s3', /^s3:PutObject$/, ['kms:Decrypt', 'kms:GenerateDataKey']],
  ])('go with those for %s: %s', (service, pattern, needed) => {
    const holders = policies(modes.encrypt).filter(({ statements }) =>
      statements.some(({ Action }) => [Action].flat().some((action) => pattern.test(action))),
    );
    expect(holders.length).toBeGreaterThan(0);
    for (const { role, statements } of holders) {
      const granted = statements
        .filter((statement) => isKms(statement) && serviceOf(statement) === service)
        .flatMap(({ Action }) => [Action].flat());
      expect({ role, granted }).toEqual({
        role,
        granted: expect.arrayContaining(needed) as string[],
      });
    }
  });
});

describe('a change of the setting', () => {
  const ENCRYPTION = [
    'AWS::DynamoDB::Table SSESpecification',
    'AWS::Events::EventBus KmsKeyIdentifier',
    'AWS::Logs::LogGroup KmsKeyId',
    'AWS::S3::Bucket BucketEncryption',
    'AWS::SNS::Topic KmsMasterKeyId',
    'AWS::SQS::Queue KmsMasterKeyId',
    'AWS::SQS::Queue SqsManagedSseEnabled',
    'AWS::SecretsManager::Secret KmsKeyId',
  ];

  it('to "encrypt" replaces nothing, and removes only the former key of a topic', () => {
    expect(changesBetween(modes.grant, modes.encrypt)).toEqual(
      ['AWS::KMS::Key is removed', ...ENCRYPTION].sort(),
    );
    expect(changesBetween(modes.encrypt, modes.grant)).toEqual(ENCRYPTION);
  });

  it('between "none" and "grant" changes nothing at a resource with data but the names of the keys of secrets and replicas', () => {
    const ofData = (changes: string[]) => changes.filter((change) => change.replace(/ .*/, '') in ENCRYPTED);
    for (const [before, after] of [
      [modes.none, modes.grant],
      [modes.grant, modes.none],
    ] as const)
      expect(ofData(changesBetween(before, after))).toEqual([
        'AWS::SecretsManager::Secret KmsKeyId',
        'AWS::SecretsManager::Secret ReplicaRegions',
      ]);
    const keys = allOf(modes.grant, 'AWS::SecretsManager::Secret').map(
      ([, { Properties }]) => Properties.KmsKeyId,
    );
    expect(new Set(keys)).toEqual(new Set(['alias/aws/secretsmanager']));
  });

  it('never removes the encryption of a table from the template, which CloudFormation refuses', () => {
    for (const templates of Object.values(modes))
      for (const [, { Properties }] of allOf(templates, 'AWS::DynamoDB::Table'))
        expect(Properties.SSESpecification).toEqual(
          expect.objectContaining({ SSEEnabled: templates === modes.encrypt }),
        );
  });

  it('to "grant" replaces only the vault of backups', () => {
    const final = (changes: string[]) => changes.filter((change) => change.includes(' is '));
    expect(final(changesBetween(modes.none, modes.grant))).toEqual(['AWS::Backup::BackupVault is replaced']);
  });
});
