import { longestText, longestValue } from './longest-text';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A template as CloudFormation takes it. */
export interface CheckedTemplate {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

/** Something that is larger than AWS allows. */
export interface Excess {
  readonly logicalId: string;
  /** A sentence that names the limit and the size. */
  readonly text: string;
}

/** A limit that AWS checks when it creates a resource, but that the resource's schema does not have. */
interface Limit {
  readonly type: string;
  readonly what: string;
  readonly limit: number;
  readonly unit: string;
  /** Returns the size of each thing that is limited. */
  readonly sizesOf: (properties: Readonly<Record<string, unknown>>) => readonly number[];
}

const length = (value: unknown): number => (value === undefined ? 0 : longestText(value).length);
const bytes = (value: unknown): number => Buffer.byteLength(longestText(value));
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** IAM does not count white space. */
const policySize = (document: unknown): number =>
  JSON.stringify(longestValue(document) ?? '').replace(/\s/g, '').length;

/** Limits the length of a text property. */
const text = (type: string, property: string, limit: number): Limit => ({
  ...{ type, limit, what: property, unit: 'characters' },
  sizesOf: (properties) => [length(valueAt(properties, property))],
});

const policy = (type: string, property: string, limit: number): Limit => ({
  ...{ type, limit, what: property, unit: 'characters' },
  sizesOf: (properties) => [policySize(properties[property])],
});

const count = (type: string, property: string, limit: number): Limit => ({
  ...{ type, limit, what: property, unit: 'entries' },
  sizesOf: (properties) => [listOf(valueAt(properties, property)).length],
});

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value);

const LIMITS: readonly Limit[] = [
  {
    ...{ type: 'AWS::Lambda::Function', what: 'Environment', limit: 4_096, unit: 'bytes' },
    sizesOf: ({ Environment }) => [
      Object.entries(valueAt(Environment, 'Variables') ?? {}).reduce(
        (sum, [name, value]) => sum + Buffer.byteLength(name) + bytes(value),
        0,
      ),
    ],
  },
  text('AWS::Lambda::Function', 'Description', 256),
  policy('AWS::IAM::ManagedPolicy', 'PolicyDocument', 6_144),
  policy('AWS::IAM::Role', 'AssumeRolePolicyDocument', 2_048),
  policy('AWS::KMS::Key', 'KeyPolicy', 32_768),
  policy('AWS::S3::BucketPolicy', 'PolicyDocument', 20_480),
  policy('AWS::SNS::TopicPolicy', 'PolicyDocument', 30_720),
  policy('AWS::SQS::QueuePolicy', 'PolicyDocument', 65_536),
  text('AWS::SSM::Parameter', 'Value', 4_096),
  text('AWS::SNS::Topic', 'DisplayName', 100),
  text('AWS::CloudWatch::Alarm', 'AlarmDescription', 1_024),
  count('AWS::CloudWatch::Alarm', 'Metrics', 10),
  {
    ...{ type: 'AWS::CloudWatch::Dashboard', what: 'DashboardBody', limit: 500, unit: 'widgets' },
    sizesOf: ({ DashboardBody }) => [(longestText(DashboardBody).match(/"properties":/g) ?? []).length],
  },
  text('AWS::CloudFront::Function', 'FunctionCode', 10_240),
  text('AWS::CloudFront::Function', 'Name', 64),
  text('AWS::CloudFront::OriginAccessControl', 'OriginAccessControlConfig.Name', 64),
  text('AWS::CloudFront::ResponseHeadersPolicy', 'ResponseHeadersPolicyConfig.Name', 128),
  text('AWS::Cognito::UserPoolDomain', 'Domain', 63),
  text('AWS::Events::Rule', 'Description', 512),
  count('AWS::Events::Rule', 'Targets', 5),
  count('AWS::Lambda::EventSourceMapping', 'FilterCriteria.Filters', 5),
  {
    ...{
      type: 'AWS::Lambda::EventSourceMapping',
      what: 'Pattern of a filter',
      limit: 4_096,
      unit: 'characters',
    },
    sizesOf: ({ FilterCriteria }) =>
      listOf(valueAt(FilterCriteria, 'Filters')).map((filter) => length(valueAt(filter, 'Pattern'))),
  },
  text('AWS::SecretsManager::Secret', 'Description', 2_048),
];

/** AWS allows this many tags on most resources. */
const MAX_TAGS = 50;
/** All inline policies of a role together. */
const MAX_INLINE_POLICIES = 10_240;
/** The statements that permissions add to the policy of a function or an alias, in bytes. */
const MAX_FUNCTION_POLICY = 20_480;
const PERMISSION_OVERHEAD = 250;
const MAX_API_RESOURCES = 300;

/** Lists everything in a template that AWS would refuse because it is too large. */
export function findExcess({ Resources = {} }: CheckedTemplate): Excess[] {
  const resources = Object.entries(Resources);
  const own = resources.flatMap(([logicalId, { Type, Properties = {} }]) => [
    ...LIMITS.filter(({ type }) => type === Type).flatMap(({ what, limit, unit, sizesOf }) =>
      sizesOf(Properties).flatMap((size) => excess(logicalId, what, size, limit, unit)),
    ),
    ...excess(logicalId, 'Tags', listOf(Properties.Tags).length, MAX_TAGS, 'tags'),
  ]);
  return [
    ...own,
    ...sums(resources, 'AWS::IAM::Policy', 'Roles', ({ PolicyDocument }) =>
      policySize(PolicyDocument),
    ).flatMap(([role, size]) =>
      excess(role, 'The inline policies of the role', size, MAX_INLINE_POLICIES, 'characters'),
    ),
    ...sums(
      resources,
      'AWS::Lambda::Permission',
      'FunctionName',
      (properties) => PERMISSION_OVERHEAD + policySize(properties),
    ).flatMap(([fn, size]) => excess(fn, 'The policy of the function', size, MAX_FUNCTION_POLICY, 'bytes')),
    ...sums(resources, 'AWS::ApiGateway::Resource', 'RestApiId', () => 1).flatMap(([api, size]) =>
      excess(api, 'The API', size, MAX_API_RESOURCES, 'resources'),
    ),
  ];
}

/** Adds up sizes by the logical IDs to which a property refers. */
function sums(
  resources: readonly (readonly [string, TemplateResource])[],
  type: string,
  property: string,
  sizeOf: (properties: Readonly<Record<string, unknown>>) => number,
): readonly (readonly [string, number])[] {
  const totals = new Map<string, number>();
  for (const [, { Type, Properties = {} }] of resources) {
    if (Type !== type) continue;
    for (const reference of [Properties[property]].flat()) {
      const { Ref, 'Fn::GetAtt': attribute } = (reference ?? {}) as { Ref?: string; 'Fn::GetAtt'?: string[] };
      const target = Ref ?? attribute?.[0] ?? longestText(reference);
      totals.set(target, (totals.get(target) ?? 0) + sizeOf(Properties));
    }
  }
  return [...totals];
}

const excess = (logicalId: string, what: string, size: number, limit: number, unit: string): Excess[] =>
  size <= limit
    ? []
    : [{ logicalId, text: `${what} can have ${size} ${unit}, and AWS allows ${limit}. Make it smaller.` }];
