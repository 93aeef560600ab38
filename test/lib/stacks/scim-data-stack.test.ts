import type { Template } from 'aws-cdk-lib/assertions';
import { propertiesOf, resourcesOf, snapshotOf, synthesize } from '../synthesize';

const retainedStack = synthesize().ScimData;
const destroyedStack = synthesize({ removalPolicy: 'destroy' }).ScimData;

describe('the data stack', () => {
  it('has one on-demand table with both stream images, TTL and point-in-time recovery', () => {
    expect(propertiesOf(retainedStack, 'AWS::DynamoDB::Table')).toMatchObject({
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('indexes users and groups by name and by externalId, keys only', () => {
    expect(propertiesOf(retainedStack, 'AWS::DynamoDB::Table').GlobalSecondaryIndexes).toEqual(
      [
        ['byUserName', 'nameKey'],
        ['byExternalId', 'externalId'],
      ].map(([IndexName, range]) => ({
        IndexName,
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: range, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    );
  });

  it.each(['AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret'])(
    'retains each %s when the stack is deleted',
    (type) => {
      for (const resource of Object.values(resourcesOf(retainedStack, type)))
        expect(resource.DeletionPolicy).toBe('RetainExceptOnCreate');
      for (const resource of Object.values(resourcesOf(destroyedStack, type))) {
        expect(resource.DeletionPolicy).toBe('Delete');
      }
    },
  );

  it('protects the table from deletion if the settings say so, after the first deployment', () => {
    const isProtected = (stack: Template) =>
      propertiesOf(stack, 'AWS::DynamoDB::Table').DeletionProtectionEnabled;
    expect(isProtected(retainedStack)).toBe(false);
    expect(isProtected(destroyedStack)).toBe(false);
    expect(isProtected(synthesize({ protect: true }).ScimData)).toBe(true);
  });

  it('generates five secrets', () => {
    const secrets = Object.values(resourcesOf(retainedStack, 'AWS::SecretsManager::Secret'));
    expect(secrets).toHaveLength(5);
    for (const { Properties } of secrets) {
      expect(Properties).toMatchObject({
        GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
      });
      expect(Properties).not.toHaveProperty('SecretString');
    }
  });

  it('has no alarm topic by default', () => {
    expect(resourcesOf(retainedStack, 'AWS::SNS::Topic')).toEqual({});
  });

  it('matches the snapshot', () => {
    expect(snapshotOf(retainedStack)).toMatchSnapshot();
  });
});
