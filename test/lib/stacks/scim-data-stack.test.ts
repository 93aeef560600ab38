import { propertiesOf, resourcesOf, snapshotOf, synthesize } from '../synthesize';

const retainedStack = synthesize().ScimData;
const destroyedStack = synthesize({ removalPolicy: 'destroy' }).ScimData;

describe('the data stack', () => {
  it('has one table, on demand, with both images in its stream, TTL and point-in-time recovery', () => {
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
    'keeps each %s when it is deleted itself',
    (type) => {
      for (const resource of Object.values(resourcesOf(retainedStack, type)))
        expect(resource.DeletionPolicy).toBe('Retain');
      for (const resource of Object.values(resourcesOf(destroyedStack, type))) {
        expect(resource.DeletionPolicy).toBe('Delete');
      }
    },
  );

  it('protects the table from deletion unless it is to be destroyed with its stack', () => {
    expect(propertiesOf(retainedStack, 'AWS::DynamoDB::Table').DeletionProtectionEnabled).toBe(true);
    expect(propertiesOf(destroyedStack, 'AWS::DynamoDB::Table').DeletionProtectionEnabled).toBe(false);
  });

  it('makes three secrets that no configuration contains', () => {
    const secrets = Object.values(resourcesOf(retainedStack, 'AWS::SecretsManager::Secret'));
    expect(secrets).toHaveLength(3);
    for (const { Properties } of secrets) {
      expect(Properties).toMatchObject({
        GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
      });
      expect(Properties).not.toHaveProperty('SecretString');
    }
  });

  it('has no topic for alarms unless somebody is to be told', () => {
    expect(resourcesOf(retainedStack, 'AWS::SNS::Topic')).toEqual({});
  });

  it('is as it was', () => {
    expect(snapshotOf(retainedStack)).toMatchSnapshot();
  });
});
