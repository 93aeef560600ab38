import { readableReference } from '../deployed-functions';
import { propertiesOf, resourcesOf, synthesize } from '../synthesize';

const template = synthesize().ScimApi;

describe('the deployment parameter', () => {
  it('contains everything that the CLI needs', () => {
    const { Name, Value } = propertiesOf(template, 'AWS::SSM::Parameter');
    expect(Name).toBe('/scim-provisioning/deployment');
    const parts = (Value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
    const text = parts.map((part) => (typeof part === 'string' ? part : readableReference(part))).join('');
    expect(JSON.parse(text)).toEqual({
      stage: 'local',
      baseUrl: 'https://ScimApi.execute-api.us-east-1.AWS::URLSuffix/ScimApiDeploymentStagescim/v2',
      licenseCheckUrl:
        'https://LicenseCheckApi.execute-api.us-east-1.AWS::URLSuffix/LicenseCheckApiDeploymentStagelicense/v1/check',
      tableName: 'Table',
      restApiId: 'ScimApi',
      stageName: 'ScimApiDeploymentStagescim',
      keyPepperSecretArn: 'KeyPepperSecret',
      accessTokenSecretArn: 'AccessTokenSecret',
      auditRetentionDays: 365,
      keyGraceDays: 30,
      requireMailAddress: false,
      mailBudget: { minutesPerAddress: 10, emailsPerHour: 10_000 },
      usagePlanIds: {
        standard: 'ScimRatePlansstandard',
        gallery: 'ScimRatePlansgallery',
        unmetered: 'ScimRatePlansunmetered',
      },
    });
  });
});

describe('a custom domain', () => {
  const certificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/abc';
  const custom = synthesize({ domainName: 'scim.example.com', certificateArn }).ScimApi;

  it('does not exist by default', () => {
    expect(resourcesOf(template, 'AWS::ApiGateway::DomainName')).toEqual({});
  });

  it('maps the same paths to the stages', () => {
    expect(propertiesOf(custom, 'AWS::ApiGateway::DomainName')).toMatchObject({
      DomainName: 'scim.example.com',
      RegionalCertificateArn: certificateArn,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'TLS_1_2',
    });
    const mappings = Object.values(resourcesOf(custom, 'AWS::ApiGateway::BasePathMapping'));
    expect(
      mappings.map(({ Properties }) => [Properties.BasePath, readableReference(Properties.Stage)]),
    ).toEqual([
      ['scim', 'ScimApiDeploymentStagescim'],
      ['.well-known', 'ScimApiDeploymentStagescim'],
      ['license', 'LicenseCheckApiDeploymentStagelicense'],
    ]);
  });

  it.each([
    ['baseUrl', 'https://scim.example.com/scim/v2'],
    ['licenseCheckUrl', 'https://scim.example.com/license/v1/check'],
  ])('is part of the output %s', (output, url) => {
    expect(custom.findOutputs(output)[output]?.Value).toBe(url);
    expect(JSON.stringify(propertiesOf(custom, 'AWS::SSM::Parameter').Value)).toContain(url);
    expect(custom.findOutputs('CustomDomainTarget')).not.toEqual({});
  });
});
