import type { Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../../lib/config';
import { ROLLOUTS } from '../../../lib/settings/rollout';
import { type Resource, synthesize } from '../synthesize';

interface DeployedResource extends Resource {
  readonly UpdatePolicy?: { readonly CodeDeployLambdaAliasUpdate: Record<string, { readonly Ref: string }> };
}

const resourcesIn = (template: Template) =>
  (template.toJSON() as { Resources: Record<string, DeployedResource> }).Resources;

const ofType = (template: Template, type: string) =>
  Object.entries(resourcesIn(template)).filter(([, { Type }]) => Type === type);

/** Returns the logical ID in `{ "Ref": … }` or `{ "Fn::GetAtt": […] }`. */
const idIn = (value: unknown): string => {
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return Ref ?? attribute?.[0] ?? '';
};

/** Returns the logical IDs of all references in a value. */
function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== 'object' || value === null) return [];
  return [idIn(value), ...Object.values(value).flatMap(idsIn)];
}

/** Returns the type of the resource that a property refers to. */
const typeOf = (template: Template, value: unknown) => resourcesIn(template)[idIn(value)]?.Type;

/** Returns the types of everything that others invoke, by the place that names it. */
function invokedTypes(template: Template): Record<string, Set<string | undefined>> {
  const types = (
    kind: string,
    read: (properties: Record<string, unknown>) => unknown[],
  ): [string, Set<string | undefined>] => [
    kind,
    new Set(
      ofType(template, `AWS::${kind}`)
        .flatMap(([, { Properties }]) => read(Properties))
        .map((value) => typeOf(template, value)),
    ),
  ];
  const inUri = (uri: unknown) => {
    const [, parts] = (uri as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
    return parts.filter((part) => /Lambda/.test(String(typeOf(template, part))));
  };
  return Object.fromEntries([
    types('ApiGateway::Method', ({ Integration }) => inUri((Integration as { Uri: unknown }).Uri)),
    types('ApiGateway::Authorizer', ({ AuthorizerUri }) => inUri(AuthorizerUri)),
    types('Events::Rule', ({ Targets }) => (Targets as { Arn: unknown }[]).map(({ Arn }) => Arn)),
    types('Lambda::EventSourceMapping', ({ FunctionName }) => [FunctionName]),
    types('Lambda::Permission', ({ FunctionName }) => [FunctionName]),
    types('SNS::Subscription', ({ Endpoint, Protocol }) => (Protocol === 'lambda' ? [Endpoint] : [])),
  ]);
}

const canary = synthesize({ rollout: 'Canary10Percent5Minutes', concurrency: {} });
const atOnce = synthesize({ rollout: 'AllAtOnce' });
const off = synthesize();
const STACKS = ['ScimApi', 'ScimLicenses', 'ScimSweep', 'ScimAdmin'] as const;

describe.each(STACKS)('with a rollout, %s', (stack) => {
  const template = canary[stack];
  const own = ofType(template, 'AWS::Lambda::Function').filter(([, { Properties }]) =>
    JSON.stringify(Properties).includes('POWERTOOLS_SERVICE_NAME'),
  );
  const aliases = ofType(template, 'AWS::Lambda::Alias');

  it('gives every function an alias, which CodeDeploy moves to a new version', () => {
    expect(aliases.map(([, { Properties }]) => idIn(Properties.FunctionName)).sort()).toEqual(
      own.map(([id]) => id).sort(),
    );
    for (const [, { Properties, UpdatePolicy }] of aliases) {
      expect(Properties.Name).toBe('live');
      expect(typeOf(template, Properties.FunctionVersion)).toBe('AWS::Lambda::Version');
      const group =
        resourcesIn(template)[idIn(UpdatePolicy?.CodeDeployLambdaAliasUpdate.DeploymentGroupName)];
      expect(group?.Properties).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
        AlarmConfiguration: { Enabled: true },
      });
    }
  });

  it('rolls a function back on the errors of its new version only', () => {
    for (const [id, { Properties }] of ofType(template, 'AWS::CodeDeploy::DeploymentGroup')) {
      const { Alarms } = Properties.AlarmConfiguration as { Alarms: { Name: unknown }[] };
      const alarms = Alarms.map(({ Name }) => resourcesIn(template)[idIn(Name)]?.Properties);
      const [failing] = alarms.filter((alarm) => alarm?.MetricName === 'Errors');
      // The other authorizers refuse a request by an error. The alarm on the 5xx of their API watches them.
      if (id.startsWith('AuthorizerHandler')) {
        expect(failing).toBeUndefined();
        expect(alarms).toHaveLength(stack === 'ScimApi' ? 2 : 1);
        continue;
      }
      const dimensions = failing?.Dimensions as { Name: string; Value: unknown }[];
      expect(dimensions.map(({ Name }) => Name)).toEqual(['ExecutedVersion', 'FunctionName', 'Resource']);
      expect(typeOf(template, dimensions[0]?.Value)).toBe('AWS::Lambda::Version');
    }
  });

  it('invokes nothing but aliases', () => {
    for (const [kind, types] of Object.entries(invokedTypes(template)))
      expect([kind, [...types].filter((type) => type !== 'AWS::Lambda::Alias')]).toEqual([kind, []]);
  });

  it('keeps the event source mappings, so that none reads the stream from its start', () => {
    const ids = (templates: typeof canary) =>
      ofType(templates[stack], 'AWS::Lambda::EventSourceMapping').map(([id]) => id);
    expect(ids(canary)).toEqual(ids(off));
  });

  it('has retries and failure destinations of asynchronous invocations on the aliases', () => {
    for (const [, { Properties }] of ofType(template, 'AWS::Lambda::EventInvokeConfig'))
      expect(idsIn(Properties.Qualifier)).toContainEqual(expect.stringContaining('Live'));
  });

  it('has its alarms and groups in an order that CloudFormation can create', () => {
    expect(cyclesIn(resourcesIn(template))).toEqual([]);
  });
});

it('rolls back on server errors of each API', () => {
  const names = (['ScimApi', 'ScimAdmin'] as const).flatMap((stack) =>
    ofType(canary[stack], 'AWS::CodeDeploy::DeploymentGroup').flatMap(([, { Properties }]) =>
      (Properties.AlarmConfiguration as { Alarms: { Name: unknown }[] }).Alarms.map(({ Name }) => idIn(Name)),
    ),
  );
  for (const alarm of ['ApiFailing', 'LicenseCheckFailing', 'AdminApiFailing'])
    expect(names).toContainEqual(expect.stringContaining(alarm));
});

it('reserves concurrency on functions, whose versions share it', () => {
  const reserved = ofType(canary.ScimApi, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => Properties.ReservedConcurrentExecutions !== undefined,
  );
  expect(reserved).toHaveLength(7);
});

it('"AllAtOnce" has aliases, and watches no alarms', () => {
  for (const stack of STACKS) {
    expect(ofType(atOnce[stack], 'AWS::Lambda::Alias').length).toBeGreaterThan(0);
    expect(ofType(atOnce[stack], 'AWS::Lambda::Alias').map(([id]) => id)).toEqual(
      ofType(canary[stack], 'AWS::Lambda::Alias').map(([id]) => id),
    );
    for (const [, { Properties }] of ofType(atOnce[stack], 'AWS::CodeDeploy::DeploymentGroup'))
      expect(Properties).toMatchObject({ DeploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce' });
    expect(JSON.stringify(resourcesIn(atOnce[stack]))).not.toContain('"AlarmConfiguration":{"Alarms"');
  }
});

it('has neither versions nor aliases by default', () => {
  for (const stack of STACKS)
    for (const type of ['AWS::Lambda::Version', 'AWS::Lambda::Alias', 'AWS::CodeDeploy::DeploymentGroup'])
      expect(ofType(off[stack], type)).toEqual([]);
});

it.each(ROLLOUTS)('%s is accepted', (rollout) => {
  expect(readConfig({ stage: 'local', rollout })).toMatchObject({ rollout });
});

it('refuses another rollout, and lists the ones that exist', () => {
  expect(() => readConfig({ stage: 'local', rollout: 'Canary' })).toThrow(
    /rollout: given "Canary", expected none, AllAtOnce, /,
  );
});

/** Returns a resource of each cycle of references and dependencies. */
function cyclesIn(resources: Record<string, DeployedResource>): string[] {
  const edges = new Map(
    Object.entries(resources).map(([id, resource]) => [
      id,
      [...idsIn(resource), ...[resource.DependsOn ?? []].flat()].filter((each) => each in resources),
    ]),
  );
  for (let removed = true; removed;) {
    const free = [...edges].filter(([, targets]) => targets.every((target) => !edges.has(target)));
    for (const [id] of free) edges.delete(id);
    removed = free.length > 0;
  }
  return [...edges.keys()];
}
