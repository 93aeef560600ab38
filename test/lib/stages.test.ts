import { App } from 'aws-cdk-lib';
import type { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { readConfig } from '../../lib/config';
import { addStacks } from '../../lib/stacks/stacks';
import { REQUIRED_SETTINGS, settingsDirectory } from './settings/settings-directory';
import { type Resource, synthesizeWithoutValidation, UNBUNDLED_APP_PROPS } from './synthesize';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

function synthesize(stage: string, settings: Record<string, unknown> = {}): CloudAssembly {
  const directory = settingsDirectory({
    [stage]: { ...REQUIRED_SETTINGS, account: ACCOUNT, region: REGION, ...settings },
  });
  const app = new App({ ...UNBUNDLED_APP_PROPS });
  addStacks(app, readConfig({ stage }, directory));
  return synthesizeWithoutValidation(app);
}

type Template = Readonly<Record<string, Record<string, Resource>>>;
const resourcesOf = ({ template }: CloudFormationStackArtifact) =>
  Object.entries((template as Template).Resources ?? {});

/** The properties that must be unique in an account and region, or in all of AWS. */
const UNIQUE_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::ApiKey': ['Value', 'Name'],
  'AWS::ApiGateway::RestApi': ['Name'],
  'AWS::Backup::BackupVault': ['BackupVaultName'],
  'AWS::CloudFront::Function': ['Name'],
  'AWS::CloudFront::OriginAccessControl': ['OriginAccessControlConfig.Name'],
  'AWS::CloudFront::ResponseHeadersPolicy': ['ResponseHeadersPolicyConfig.Name'],
  'AWS::CloudWatch::Alarm': ['AlarmName'],
  'AWS::CloudWatch::CompositeAlarm': ['AlarmName'],
  'AWS::CloudWatch::Dashboard': ['DashboardName'],
  'AWS::Cognito::UserPoolDomain': ['Domain'],
  'AWS::EventSchemas::Registry': ['RegistryName'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::Logs::QueryDefinition': ['Name'],
  'AWS::Logs::MetricFilter': ['MetricTransformations.0.MetricNamespace'],
  'AWS::SSM::Parameter': ['Name'],
};

/** The names that belong to something larger, which is itself unique. */
const NESTED_NAMES =
  /^AWS::(ApiGateway::(Authorizer|Stage)|Cognito::UserPoolGroup|EventSchemas::Schema|IAM::Policy|Lambda::Alias|Logs::LogGroup)$/;

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value);

/** Lists the names that a stage uses, as `type name`. */
const namesIn = ({ stacks }: CloudAssembly): string[] =>
  stacks.flatMap((stack) => [
    `stack ${stack.stackName}`,
    ...resourcesOf(stack).flatMap(([, { Type, Properties }]) =>
      (UNIQUE_PROPERTIES[Type] ?? [])
        .map((path) => valueAt(Properties, path))
        .filter((name) => name !== undefined)
        .map((name) => `${Type} ${JSON.stringify(name)}`),
    ),
  ]);

const common = (some: readonly string[], others: readonly string[]) =>
  some.filter((name) => others.includes(name));

describe('two stages in one account and region', () => {
  const prod = synthesize('prod', { backup: true, eventBus: true });
  const trial = synthesize('trial', { backup: true, eventBus: true });

  it('have no name in common, and every name contains its stage', () => {
    expect(common(namesIn(prod), namesIn(trial))).toEqual([]);
    expect(namesIn(prod).filter((name) => !name.includes('prod'))).toEqual([]);
    for (const type of Object.keys(UNIQUE_PROPERTIES))
      expect(namesIn(prod)).toContainEqual(expect.stringContaining(type));
  });

  it('leave all other names to CloudFormation, which begins them with the name of the stack', () => {
    const named = prod.stacks.flatMap((stack) =>
      resourcesOf(stack)
        .filter(([, { Type }]) => !(Type in UNIQUE_PROPERTIES) && !NESTED_NAMES.test(Type))
        .filter(([, { Type, Properties = {} }]) => {
          const [, , kind = ''] = Type.split('::');
          return ['Name', `${kind}Name`, 'AliasName', 'LogGroupName'].some((name) => name in Properties);
        })
        .map(([logicalId, { Type }]) => `${Type} ${logicalId}`),
    );
    // A custom domain is a setting, and belongs to one stage.
    expect(named).toEqual([]);
  });

  it('emit and alarm on metrics of their own', () => {
    const text = JSON.stringify(prod.stacks.map(({ template }) => template as unknown));
    const namespaces = new Set(text.match(/(?<=")ScimProvisioning[^"\\]*/g));
    expect([...namespaces]).toEqual(['ScimProvisioning/prod']);
  });

  it('refer only to exports and outputs of their own stacks', () => {
    const text = JSON.stringify(prod.stacks.map(({ template }) => template as unknown));
    const stacks = text.match(/(?<="Fn::ImportValue":"|"Fn::GetStackOutput":{"StackName":")[^":]+/g);
    expect([...new Set(stacks)].sort()).toEqual([
      ...['ScimAdmin-prod', 'ScimApi-prod', 'ScimData-prod', 'ScimLicenses-prod', 'ScimSweep-prod'],
    ]);
  });

  it('can be named by the same commands', () => {
    expect(prod.stacks.map(({ hierarchicalId }) => hierarchicalId).sort()).toEqual(
      trial.stacks.map(({ hierarchicalId }) => hierarchicalId).sort(),
    );
    expect(prod.stacks.map(({ hierarchicalId }) => hierarchicalId)).toContain('ScimLicenses');
  });
});

describe('a stage in two regions of one account', () => {
  it('shares no name that is global to the account', () => {
    const names = (region: string) =>
      namesIn(synthesize('prod', { region }))
        .filter((name) => name.includes('CloudFront'))
        .map((name) => name.replaceAll('{"Ref":"AWS::Region"}', `"${region}"`));
    const [ireland, ohio] = [names('eu-west-1'), names('us-east-2')];
    expect(ireland).toHaveLength(3);
    expect(common(ireland, ohio)).toEqual([]);
  });

  it('shares no name either if the region comes from the command', () => {
    const names = namesIn(synthesize('prod', { account: undefined, region: undefined }));
    const global = names.filter((name) => name.includes('CloudFront'));
    expect(global.filter((name) => !name.includes('{"Ref":"AWS::Region"}'))).toEqual([]);
  });
});

it('CDK deploys a stage only to its account and region', () => {
  expect(new Set(synthesize('prod').stacks.map(({ environment }) => environment.name))).toEqual(
    new Set([`aws://${ACCOUNT}/${REGION}`]),
  );
});

describe('tags', () => {
  const tagsOf = (assembly: CloudAssembly) =>
    assembly.stacks
      .flatMap(resourcesOf)
      .filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table' || Type === 'AWS::ApiGateway::Stage')
      .map(([, { Properties }]) => Properties.Tags);

  it('name the service, the stage, and what the settings add', () => {
    const tags = [
      { Key: 'application', Value: 'scim-provisioning' },
      { Key: 'cost-center', Value: '4711' },
      { Key: 'stage', Value: 'prod' },
    ];
    expect(tagsOf(synthesize('prod', { tags: { 'cost-center': '4711' } }))).toEqual(Array(4).fill(tags));
  });
});

describe('the stage of deployments that were made without one', () => {
  const stacks = synthesize('default', { account: undefined, region: undefined }).stacks;
  const idsOf = (type: string) =>
    stacks
      .flatMap((stack) => resourcesOf(stack).map(([id, { Type }]) => [Type, `${stack.stackName}/${id}`]))
      .filter(([each]) => each === type)
      .map(([, id]) => id);

  // If one of these IDs changes, CloudFormation replaces the resource.
  it.each([
    ['AWS::DynamoDB::Table', ['ScimData/Table710B521B']],
    [
      'AWS::SecretsManager::Secret',
      [
        'ScimAdmin/PortalPassageSecret8334264B',
        'ScimAdmin/TokenSecretADE41DCA',
        'ScimData/AccessTokenSecret9A522E77',
        'ScimData/CursorSecret12D87B4E',
        'ScimData/KeyPepperSecretE0E5B3B6',
        'ScimData/LicenseSecretC5211375',
        'ScimData/WebhookSecretD7FE3AEE',
      ],
    ],
    ['AWS::Cognito::UserPool', ['ScimAdmin/SignInUsers1801E146']],
    [
      'AWS::ApiGateway::RestApi',
      ['ScimAdmin/AdminApiE497E313', 'ScimApi/LicenseCheckApi93DF3030', 'ScimApi/ScimApi5EB05D99'],
    ],
  ])('keeps each %s', (type, ids) => {
    expect(idsOf(type).sort()).toEqual(ids);
  });

  it('keeps the names', () => {
    const names = stacks.flatMap((stack) => [
      stack.stackName,
      ...resourcesOf(stack)
        .filter(([, { Type }]) =>
          /::(SSM::Parameter|ApiGateway::RestApi|Cognito::UserPoolDomain)$/.test(Type),
        )
        .map(([, { Properties }]) => Properties.Name ?? Properties.Domain),
    ]);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['ScimData', 'ScimApi', 'ScimLicenses', 'ScimSweep', 'ScimAdmin', 'ScimMonitoring'],
        ...['/scim-provisioning/deployment', '/scim-provisioning/admin', '/scim-provisioning/licenses'],
        ...['scim-provisioning', 'license-check', 'scim-admin'],
        { 'Fn::Join': ['', ['scim-portal-', { Ref: 'AWS::AccountId' }]] },
      ]),
    );
  });

  it('keeps the protection of the table, the user pool, and their stacks', () => {
    expect(stacks.filter(({ terminationProtection }) => terminationProtection).map(({ id }) => id)).toEqual([
      'ScimData',
      'ScimAdmin',
    ]);
    const text = JSON.stringify(stacks.map(({ template }) => template as unknown));
    expect(text).toContain('"DeletionProtectionEnabled":true');
    expect(text).toContain('"DeletionProtection":"ACTIVE"');
  });
});
