import type { Template } from 'aws-cdk-lib/assertions';
import { problemsOf } from './config-problems';
import { propertiesOf, type Resource, resourcesOf, synthesize } from './synthesize';

const OFF = { portal: false };
const ISSUER = { oidcIssuer: 'https://login.example.com/tenant', oidcClientId: 'tools' };

const admin = synthesize(OFF).ScimAdmin;
const typesIn = (template: Template): Set<string> =>
  new Set(
    Object.values((template.toJSON() as { Resources: Record<string, Resource> }).Resources).map(
      ({ Type }) => Type,
    ),
  );

/** Returns the JSON that the parameter of the admin API holds, with references as text. */
function parameterOf(template: Template): string {
  const parameters = Object.values(resourcesOf(template, 'AWS::SSM::Parameter'));
  return JSON.stringify(parameters.map(({ Properties }) => Properties.Value));
}

const variablesOf = (template: Template, handler: string): Record<string, unknown> => {
  const [, fn] =
    Object.entries(resourcesOf(template, 'AWS::Lambda::Function')).find(([id]) => id.startsWith(handler)) ??
    [];
  return (fn?.Properties.Environment as { Variables: Record<string, unknown> }).Variables;
};

describe('a stage without a portal', () => {
  it('has no distribution, bucket, or sign-in, and no function of CDK', () => {
    const left = [...typesIn(admin)].filter((type) => /CloudFront|S3|Cognito|Custom|CDKBucket/.test(type));
    expect(left).toEqual([]);
    const functions = Object.keys(resourcesOf(admin, 'AWS::Lambda::Function'));
    expect(functions.map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'AuthorizerHandlerFunction',
      'FunctionHandlerFunction',
      'UsersHandlerFunction',
    ]);
  });

  it('has no origin secret, so no request can claim another source address', () => {
    const secrets = (template: Template) =>
      Object.keys(resourcesOf(template, 'AWS::SecretsManager::Secret'))
        .map((id) => id.slice(0, 13))
        .sort();
    expect(secrets(admin)).toEqual(['TokenSecretAD']);
    expect(secrets(synthesize().ScimAdmin)).toEqual(['PortalPassage', 'TokenSecretAD']);
    expect(variablesOf(admin, 'FunctionHandler')).not.toHaveProperty('PORTAL_ORIGIN_SECRET_ARN');
    expect(variablesOf(synthesize().ScimAdmin, 'FunctionHandler')).toHaveProperty('PORTAL_ORIGIN_SECRET_ARN');
  });

  it('keeps the admin API, its address, and its token when the portal is switched off', () => {
    const withPortal = synthesize().ScimAdmin;
    for (const type of ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage', 'AWS::ApiGateway::ApiKey'])
      expect(resourcesOf(admin, type)).toEqual(resourcesOf(withPortal, type));
    const adminUrl = (template: Template) =>
      (template.toJSON() as { Outputs: Record<string, { Value: unknown }> }).Outputs.adminUrl?.Value;
    expect(adminUrl(admin)).toBeDefined();
    expect(adminUrl(admin)).toEqual(adminUrl(withPortal));
    const token = (template: Template) =>
      Object.entries(resourcesOf(template, 'AWS::SecretsManager::Secret')).filter(([id]) =>
        id.startsWith('Token'),
      );
    expect(token(admin)).toEqual(token(withPortal));
    expect(parameterOf(admin)).toContain('adminUrl');
    expect(parameterOf(admin)).not.toMatch(/portalUrl|issuer|clientId/);
  });

  it('prints no address of a portal', () => {
    const { Outputs } = admin.toJSON() as { Outputs: Record<string, unknown> };
    expect(Object.keys(Outputs)).toContain('adminUrl');
    expect(Object.keys(Outputs)).not.toContain('portalUrl');
  });

  it('accepts ID tokens only of an issuer in the settings', () => {
    expect(variablesOf(admin, 'AuthorizerHandler')).not.toHaveProperty('ISSUER');
    const own = synthesize({ ...OFF, ...ISSUER }).ScimAdmin;
    expect(JSON.parse(String(variablesOf(own, 'AuthorizerHandler').ISSUER))).toEqual({
      issuer: ISSUER.oidcIssuer,
      clientId: ISSUER.oidcClientId,
      rolesClaim: 'cognito:groups',
    });
    expect(parameterOf(own)).toContain(ISSUER.oidcIssuer);
    expect([...typesIn(own)].filter((type) => /CloudFront|Cognito/.test(type))).toEqual([]);
  });

  it('says in its stack what it contains', () => {
    expect((admin.toJSON() as { Description: string }).Description).toBe('SCIM provisioning: admin API');
    expect(propertiesOf(admin, 'AWS::ApiGateway::RestApi').Name).toBe('scim-admin');
  });
});

describe('the settings', () => {
  it('refuse a host name for a portal that is left out', () => {
    const portalCertificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/abc';
    expect(problemsOf({ ...OFF, portalDomainName: 'licenses.example.com', portalCertificateArn })).toEqual([
      'portalDomainName: remove it, because portal is false.',
      'portalCertificateArn: remove it, because portal is false.',
    ]);
  });

  it('accept a region without CloudFront and Cognito only if the stage needs neither', () => {
    const lacks = (service: string) =>
      `region: us-gov-west-1 does not have ${service}. Choose another region.`;
    const region = 'us-gov-west-1';
    expect(problemsOf({ region })).toEqual([lacks('Amazon CloudFront, which the portal needs')]);
    expect(problemsOf({ region, ...OFF })).toEqual([]);
    const china = problemsOf({ region: 'cn-north-1', ...ISSUER });
    expect(china.join('\n')).not.toContain('Cognito');
    expect(china.join('\n')).toContain('CloudFront');
    expect(problemsOf({ region: 'cn-north-1', ...OFF })).toEqual([
      'region: cn-north-1 does not have Amazon SES, which sends the emails. Choose another region.',
    ]);
  });
});
