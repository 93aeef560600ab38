import type { Template } from 'aws-cdk-lib/assertions';
import { ConfigError, readConfig } from '../../../lib/config';
import { ALL_SETTINGS } from './all-settings';
import { type Resource, synthesize } from '../synthesize';

const listOf = (templates: readonly Template[], type: string): Record<string, unknown>[] =>
  templates
    .flatMap((template) =>
      Object.values((template.toJSON() as { Resources: Record<string, Resource> }).Resources),
    )
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);

const off = Object.values(synthesize());
const on = Object.values(synthesize(ALL_SETTINGS));

/** Returns the properties of the service's own functions, and not of those of CDK. */
const functionsIn = (templates: readonly Template[]) =>
  listOf(templates, 'AWS::Lambda::Function').filter(({ Environment }) =>
    JSON.stringify(Environment ?? {}).includes('POWERTOOLS_SERVICE_NAME'),
  );

it('X-Ray traces functions and APIs only with "tracing"', () => {
  const stages = (templates: readonly Template[]) =>
    listOf(templates, 'AWS::ApiGateway::Stage').map(({ TracingEnabled }) => TracingEnabled);
  expect(stages(on)).toEqual([true, true, true]);
  expect(stages(off)).toEqual([undefined, undefined, undefined]);
  for (const { TracingConfig } of functionsIn(on)) expect(TracingConfig).toEqual({ Mode: 'Active' });
  for (const { TracingConfig } of functionsIn(off)) expect(TracingConfig).toBeUndefined();
});

it('"logLevel" sets the level of every function', () => {
  const levels = (templates: readonly Template[]) =>
    new Set(
      functionsIn(templates).map(
        ({ Environment }) =>
          (Environment as { Variables: Record<string, unknown> }).Variables.POWERTOOLS_LOG_LEVEL,
      ),
    );
  expect(levels(on)).toEqual(new Set(['WARN']));
  expect(levels(off)).toEqual(new Set([undefined]));
});

it('"logRetentionDays" sets the retention of every log, and the execution logs of APIs are in the template', () => {
  const logs = (templates: readonly Template[]) => listOf(templates, 'AWS::Logs::LogGroup');
  expect(new Set(logs(off).map(({ RetentionInDays }) => RetentionInDays))).toEqual(new Set([90]));
  expect(new Set(logs(on).map(({ RetentionInDays }) => RetentionInDays))).toEqual(new Set([365]));
  const named = logs(off).filter(({ LogGroupName }) => LogGroupName !== undefined);
  // The API of license checks has no execution log, because it could contain license keys.
  expect(named.map(({ LogGroupName }) => JSON.stringify(LogGroupName))).toEqual([
    expect.stringMatching(/API-Gateway-Execution-Logs_.*\/scim/),
    expect.stringMatching(/API-Gateway-Execution-Logs_.*\/admin/),
  ]);
});

it('"webAcl" puts managed rules in front of each API, which count what clients may send', () => {
  expect(listOf(off, 'AWS::WAFv2::WebACL')).toEqual([]);
  expect(listOf(on, 'AWS::WAFv2::WebACLAssociation')).toHaveLength(3);
  for (const { Rules, DefaultAction } of listOf(on, 'AWS::WAFv2::WebACL')) {
    expect(DefaultAction).toEqual({ Allow: {} });
    const groups = (Rules as { Statement: { ManagedRuleGroupStatement: Record<string, unknown> } }[]).map(
      ({ Statement }) => Statement.ManagedRuleGroupStatement,
    );
    expect(groups).toHaveLength(3);
    expect(groups[0]).toMatchObject({
      Name: 'AWSManagedRulesCommonRuleSet',
      RuleActionOverrides: expect.arrayContaining(
        [
          'NoUserAgent_HEADER',
          'SizeRestrictions_BODY',
          'SizeRestrictions_QUERYSTRING',
          'GenericRFI_BODY',
        ].map((Name) => ({ Name, ActionToUse: { Count: {} } })),
      ) as unknown,
    });
  }
});

it('"backup" copies the table every day and every month', () => {
  expect(listOf(off, 'AWS::Backup::BackupPlan')).toEqual([]);
  const [plan] = listOf(on, 'AWS::Backup::BackupPlan');
  expect(plan).toMatchObject({
    BackupPlan: {
      BackupPlanRule: [{ Lifecycle: { DeleteAfterDays: 35 } }, { Lifecycle: { DeleteAfterDays: 366 } }],
    },
  });
  expect(listOf(on, 'AWS::Backup::BackupSelection')).toHaveLength(1);
});

it('"secretReplicaRegion" replicates the secrets of the data, from which keys are derived', () => {
  const replicated = (templates: readonly Template[]) =>
    listOf(templates, 'AWS::SecretsManager::Secret').filter(
      ({ ReplicaRegions }) => ReplicaRegions !== undefined,
    );
  expect(replicated(off)).toEqual([]);
  expect(replicated(on).map(({ ReplicaRegions }) => ReplicaRegions)).toEqual(
    Array(5).fill([{ Region: 'us-west-2', KmsKeyId: ALL_SETTINGS.secretReplicaKeyArn }]),
  );
});

it('"permissionsBoundaryArn" limits every role, also those of CDK', () => {
  const boundaries = (templates: readonly Template[]) =>
    new Set(listOf(templates, 'AWS::IAM::Role').map(({ PermissionsBoundary }) => PermissionsBoundary));
  expect(boundaries(on)).toEqual(new Set([ALL_SETTINGS.permissionsBoundaryArn]));
  expect(boundaries(off)).toEqual(new Set([undefined]));
});

describe('a region', () => {
  const problemsOf = (context: Record<string, unknown>): readonly string[] => {
    try {
      readConfig({ stage: 'local', ...context });
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  };

  it.each([
    ['eu-south-2', ['Amazon SES, which sends the emails']],
    ['ap-east-1', ['Amazon SES, which sends the emails']],
    ['us-gov-west-1', ['Amazon CloudFront, which the portal needs']],
    [
      'cn-north-1',
      [
        'Amazon SES, which sends the emails',
        'Amazon Cognito, which the portal needs',
        'Amazon CloudFront, which the portal needs',
      ],
    ],
  ])('%s is refused by name, with the services that it lacks', (region, services) => {
    expect(problemsOf({ region })).toEqual(
      services.map((service) => `region: ${region} does not have ${service}. Choose another region.`),
    );
  });

  it.each(['us-east-1', 'eu-west-1', 'ap-southeast-2', 'sa-east-1', 'af-south-1'])(
    '%s is accepted',
    (region) => {
      expect(problemsOf({ region })).toEqual([]);
    },
  );

  it('must not be its own replica', () => {
    expect(problemsOf({ region: 'us-east-1', secretReplicaRegion: 'us-east-1' })).toEqual([
      'secretReplicaRegion: expected another region than that of the stage.',
    ]);
  });
});
