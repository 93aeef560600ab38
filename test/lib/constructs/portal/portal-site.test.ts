import { runInNewContext } from 'node:vm';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AdminApi } from '../../../../lib/constructs/admin/admin-api';
import { readConfig } from '../../../../lib/config';
import { portalHelp } from '../../../../lib/constructs/portal/portal-help';
import { PortalSite, type PortalSiteProps } from '../../../../lib/constructs/portal/portal-site';
import { ScimSecret } from '../../../../lib/constructs/common/scim-secret';
import { ENV } from '../../../../shared/env';
import { UNBUNDLED_APP_PROPS, propertiesOf, synthesizeWithoutValidation } from '../../synthesize';

interface DistributionConfig {
  readonly DefaultCacheBehavior: Readonly<Record<string, unknown>>;
  readonly CacheBehaviors: readonly Readonly<Record<string, unknown>>[];
  readonly CustomErrorResponses?: unknown;
}

const CONFIG = {
  issuer: 'https://id.example.com',
  clientId: 'c1',
  scope: 'openid',
  docsUrl: 'docs',
  productName: 'P',
  help: portalHelp(readConfig({ stage: 'local' }), {
    scimBaseUrl: 'https://scim.example.com/scim/v2',
    licenseCheckUrl: 'https://scim.example.com/license/v1/check',
  }),
};

function synthesized(props: Partial<PortalSiteProps> = {}) {
  const app = new App(UNBUNDLED_APP_PROPS);
  const stack = new Stack(app, 'Test');
  const adminApi = new AdminApi(stack, 'Admin');
  adminApi.api.root.addMethod('ANY', new MockIntegration());
  const originSecret = new ScimSecret(stack, 'OriginSecret', {
    description: 'OriginSecret',
    environmentVariable: ENV.portalOriginSecretArn,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const scimApi = { api: new RestApi(stack, 'Scim') };
  scimApi.api.root.addMethod('ANY', new MockIntegration());
  const site = new PortalSite(stack, 'Portal', {
    adminApi,
    scimApi,
    originSecret,
    signInOrigins: ['https://id.example.com'],
    ...props,
  });
  site.publish(CONFIG);
  const assembly = synthesizeWithoutValidation(app);
  return { site, template: Template.fromJSON(assembly.getStackByName('Test').template as object) };
}

describe('the hosting of the portal', () => {
  const { template } = synthesized();
  const config = () =>
    propertiesOf(template, 'AWS::CloudFront::Distribution').DistributionConfig as DistributionConfig;

  it('keeps the files in a bucket that only CloudFront can read', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:GetObject',
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
          }),
        ]),
      },
    });
  });

  it('lets the page load only its own files, and connect only to the service and the issuer', () => {
    const policies = template.findResources('AWS::CloudFront::ResponseHeadersPolicy');
    const texts = Object.values(policies).map(
      ({ Properties }) =>
        (
          Properties as {
            ResponseHeadersPolicyConfig: {
              SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: string } };
            };
          }
        ).ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy,
    );
    expect(texts).toEqual([
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
        "connect-src 'self' https://id.example.com; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
    ]);
  });

  it.each(['admin/*', 'scim/*'])('forwards the API requests %s completely and uncached', (pattern) => {
    const api = config().CacheBehaviors.find(({ PathPattern }) => PathPattern === pattern);
    expect(api).toMatchObject({
      // AWS's managed policies: caching disabled; everything from the viewer except the Host header.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      ViewerProtocolPolicy: 'https-only',
    });
    expect(api?.AllowedMethods).toEqual(expect.arrayContaining(['PATCH', 'DELETE']));
  });

  it('sends the admin API a secret that no template contains', () => {
    const { Origins } = config() as unknown as { Origins: readonly Record<string, unknown>[] };
    const headers = Origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders as object[]);
    expect(headers).toEqual([
      {
        HeaderName: 'x-portal-origin-secret',
        HeaderValue: {
          'Fn::Join': [
            '',
            [
              '{{resolve:secretsmanager:',
              { Ref: expect.stringMatching(/^OriginSecret/) as string },
              ':SecretString:::}}',
            ],
          ],
        },
      },
    ]);
  });

  it('lets browsers cache files with a hash in their names, but not the page', () => {
    template.hasResourceProperties('Custom::CDKBucketDeployment', {
      Exclude: ['*'],
      Include: ['assets/*'],
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
    template.hasResourceProperties('Custom::CDKBucketDeployment', {
      Exclude: ['assets/*'],
      SystemMetadata: { 'cache-control': 'no-cache' },
    });
  });

  it('deploys the page after the assets that it refers to', () => {
    const deployments = template.findResources('Custom::CDKBucketDeployment');
    const idOf = (suffix: string) =>
      Object.keys(deployments).find((id) => id.startsWith(`Portal${suffix}`)) ?? '';
    expect(deployments[idOf('Deployment')]?.DependsOn).toContain(idOf('AssetsDeployment'));
  });

  it('compresses files and the API, and has no error page that would hide an API response', () => {
    const { DefaultCacheBehavior, CacheBehaviors, CustomErrorResponses } = config();
    for (const behavior of [DefaultCacheBehavior, ...CacheBehaviors]) {
      expect(behavior).toMatchObject({ Compress: true });
    }
    expect(CustomErrorResponses).toBeUndefined();
  });

  it.each([
    ['/', '/index.html'],
    ['/domains/d1/users', '/index.html'],
    ['/config.json', '/config.json'],
    ['/help/okta', '/index.html'],
    ['/help/okta.md', '/help/okta.md'],
    ['/llms.txt', '/llms.txt'],
    ['/assets/index-Ba9ut1yN.css', '/assets/index-Ba9ut1yN.css'],
  ])('serves %s as %s', (uri, expected) => {
    const [edge] = Object.values(template.findResources('AWS::CloudFront::Function'));
    const code = (edge?.Properties as { FunctionCode: string }).FunctionCode;
    const handler = runInNewContext(`${code}; handler`) as (event: object) => { uri: string };
    expect(handler({ request: { uri } }).uri).toBe(expected);
  });

  it.each([
    ['/help/okta', '/index.html'],
    ['/help/okta.md', '/index.html'],
    ['/llms.txt', '/index.html'],
    ['/help/images/okta-app.svg', '/help/images/okta-app.svg'],
    ['/config.json', '/config.json'],
  ])('serves %s as %s if the help pages need a sign-in', (uri, expected) => {
    const functions = synthesized({ publicHelp: false }).template.findResources('AWS::CloudFront::Function');
    const [edge] = Object.values(functions);
    const code = (edge?.Properties as { FunctionCode: string }).FunctionCode;
    const handler = runInNewContext(`${code}; handler`) as (event: object) => { uri: string };
    expect(handler({ request: { uri } }).uri).toBe(expected);
  });

  it('fills the values of the deployment in the published help files, but not in the page', () => {
    const deployments = Object.values(template.findResources('Custom::CDKBucketDeployment')).map(
      ({ Properties }) => Properties as { Include?: string[]; SourceMarkers?: Record<string, unknown>[] },
    );
    const assets = deployments.find(({ Include }) => Include?.includes('assets/*'));
    expect(assets?.SourceMarkers).toBeUndefined();
    const [help] = deployments.find((each) => each !== assets)?.SourceMarkers ?? [];
    expect(help).toMatchObject({
      '<<deployment:productName>>': 'P',
      '<<deployment:https://scim.example.com/scim>>': 'https://scim.example.com/scim',
      '<<deployment:https://licenses.example.com>>': { 'Fn::Join': ['', ['https://', expect.anything()]] },
    });
  });

  it('invalidates CloudFront’s cache, and keeps the files that open pages need', () => {
    template.hasResourceProperties('Custom::CDKBucketDeployment', {
      Prune: false,
      DistributionPaths: ['/*'],
    });
  });

  it('can invalidate only the distribution of the portal', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) =>
        (Properties as { PolicyDocument: { Statement: { Action: unknown; Resource: unknown }[] } })
          .PolicyDocument.Statement,
    );
    const invalidations = statements.filter(({ Action }) => JSON.stringify(Action).includes('cloudfront:'));
    expect(invalidations).toHaveLength(1);
    expect(JSON.stringify(invalidations[0]?.Resource)).toMatch(/distribution\/.*"Ref":"\w*Distribution\w+"/);
  });

  it('can have a custom domain, with TLS 1.2', () => {
    const { site, template: customTemplate } = synthesized({
      customDomain: {
        domainName: 'licenses.example.com',
        certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/abc',
      },
    });
    expect(site.url).toBe('https://licenses.example.com');
    customTemplate.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['licenses.example.com'],
        ViewerCertificate: Match.objectLike({ MinimumProtocolVersion: 'TLSv1.2_2021' }),
      },
    });
  });
});
