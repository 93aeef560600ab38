import type { Stack } from '../../../../local/cloud/template/assembly';
import { replaceUrls, rewriteProperties } from '../../../../local/cloud/template/rewrite';
import { resolveResources } from '../../../../local/services/services';

function stack(name: string, template: Partial<Stack['template']>): Stack {
  const empty = { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {} };
  return { name, template: { ...empty, ...template }, assets: new Map() };
}

const parameter = (Value: unknown) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: '/p', Type: 'String', Value },
});

function valueOf(value: unknown, template: Partial<Stack['template']> = {}): unknown {
  const own = stack('App', { ...template, Resources: { P: parameter(value), ...template.Resources } });
  return resolveResources([own]).find(({ logicalId }) => logicalId === 'P')?.properties.Value;
}

describe('resolveResources', () => {
  it('gives each resource the same identity in each run', () => {
    const table = { Type: 'AWS::DynamoDB::Table', Properties: {} };
    const once = resolveResources([stack('App', { Resources: { Table: table } })]);
    const again = resolveResources([stack('App', { Resources: { Table: table } })]);
    expect(once[0]?.ref).toBe('App-Table');
    expect(again[0]).toEqual(once[0]);
  });

  it('prefers the name in the template', () => {
    const table = {
      Type: 'AWS::DynamoDB::Table',
      Properties: { TableName: { 'Fn::Sub': '${AWS::StackName}-users' } },
    };
    expect(resolveResources([stack('App', { Resources: { Table: table } })])[0]?.ref).toBe('App-users');
  });

  it('resolves exports of other stacks, in any order', () => {
    const data = stack('Data', {
      Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } },
      Outputs: { T: { Value: { Ref: 'Table' }, Export: { Name: 'Data:T' } } },
    });
    const app = stack('App', { Resources: { P: parameter({ 'Fn::ImportValue': 'Data:T' }) } });
    const found = resolveResources([app, data]).find(({ logicalId }) => logicalId === 'P');
    expect(found?.properties.Value).toBe('Data-Table');
  });

  it('resolves pseudo parameters, parameters with a default, and mappings', () => {
    const value = {
      'Fn::Sub': '${AWS::Partition}:${AWS::Region}:${AWS::AccountId}:${AWS::URLSuffix}:${Size}',
    };
    const Parameters = { Size: { Default: 'small' } };
    expect(valueOf(value, { Parameters })).toBe('aws:us-east-1:000000000000:amazonaws.com:small');
    const Mappings = { M: { 'us-east-1': { n: 'one' } } };
    expect(valueOf({ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'n'] }, { Mappings })).toBe('one');
  });

  it('skips resources whose condition is false', () => {
    const Resources = { Q: { Type: 'AWS::SQS::Queue', Properties: {}, Condition: 'Never' } };
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    expect(resolveResources([stack('App', { Resources, Conditions })])).toEqual([]);
  });

  it('skips ignored types, and still resolves references to them', () => {
    const Resources = {
      Alarm: { Type: 'AWS::Backup::BackupPlan', Properties: { Broken: { 'Fn::Unknown': 1 } } },
    };
    expect(valueOf({ 'Fn::GetAtt': ['Alarm', 'Arn'] }, { Resources })).toBe(
      'arn:aws:backup:us-east-1:000000000000:App-Alarm',
    );
  });

  it('refuses types that no service runs and that are not ignored, and lists their resources', () => {
    const Resources = {
      Cluster: { Type: 'AWS::ECS::Cluster', Properties: {} },
      Queue: { Type: 'AWS::Kinesis::Stream', Properties: {} },
    };
    const resolve = () => resolveResources([stack('App', { Resources })]);
    expect(resolve).toThrow(/AWS::ECS::Cluster \(App\/Cluster\)\n.*AWS::Kinesis::Stream \(App\/Queue\)/);
  });

  it.each([
    ['an unknown resource', { Ref: 'Nope' }, 'there is no resource or parameter Nope'],
    ['an unknown export', { 'Fn::ImportValue': 'nope' }, 'no stack exports nope'],
    ['an unknown intrinsic', { 'Fn::Cidr': [] }, 'Fn::Cidr'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Role', 'Unknown'] }, 'attribute Unknown of Role'],
  ])('reports which resource has %s', (_, value, message) => {
    const Resources = { Role: { Type: 'AWS::IAM::Role', Properties: {} } };
    expect(() => valueOf(value, { Resources })).toThrow(`App/P (AWS::SSM::Parameter): `);
    expect(() => valueOf(value, { Resources })).toThrow(message);
  });
});

describe('rewriteProperties', () => {
  it('replaces the URL in AWS by the local URL, inside texts too', () => {
    const [resource] = resolveResources([
      stack('App', {
        Resources: { P: parameter('{"baseUrl":"https://abc.execute-api.us-east-1.amazonaws.com/scim/v2"}') },
      }),
    ]);
    const rewrite = replaceUrls([
      ['https://abc.execute-api.us-east-1.amazonaws.com/', 'http://127.0.0.1:4321/'],
    ]);
    const [rewritten] = rewriteProperties(resource ? [resource] : [], rewrite);
    expect(rewritten?.properties.Value).toBe('{"baseUrl":"http://127.0.0.1:4321/scim/v2"}');
  });
});
