import { SHARE_COUNT, usageKeyOf } from '../../../../shared/limits/license-check-limits';
import { deployedFunctions, describeGrants, forKeys } from '../../deployed-functions';
import { filterResources, propertiesOf, resourcesOf, synthesize } from '../../synthesize';

const licenseTemplate = (context = {}) =>
  filterResources(synthesize(context).ScimApi, (logicalId) => logicalId.startsWith('LicenseCheck'));
const template = licenseTemplate();
const functions = deployedFunctions(template);
const listOf = (type: string) =>
  Object.values(resourcesOf(template, type)).map(({ Properties }) => Properties);

describe('the license check API', () => {
  const stage = propertiesOf(template, 'AWS::ApiGateway::Stage');

  it('has three paths, and their functions answer every method', () => {
    const parts = listOf('AWS::ApiGateway::Resource').map(({ PathPart }) => PathPart);
    expect(parts).toEqual(['v1', 'check', 'lease', 'jwks']);
    const methods = listOf('AWS::ApiGateway::Method');
    expect(methods).toHaveLength(3);
    for (const method of methods)
      expect(method).toMatchObject({
        HttpMethod: 'ANY',
        AuthorizationType: 'CUSTOM',
        ApiKeyRequired: true,
        Integration: { Type: 'AWS_PROXY' },
      });
    expect(stage.StageName).toBe('license');
  });

  it('has a limit for all methods of the stage', () => {
    expect(stage.MethodSettings).toEqual([
      expect.objectContaining({
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: 50,
        ThrottlingBurstLimit: 100,
      }),
    ]);
  });

  it('logs requests without headers, in the access log and in execution logs', () => {
    const { Format } = stage.AccessLogSetting as { Format: string };
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
    expect(Format).not.toMatch(
      /header|apiKey|querystring|context\.path|authorizer\.(?!requestId|latency|status)/i,
    );
    expect(stage.MethodSettings).toEqual([
      expect.objectContaining({ DataTraceEnabled: false, LoggingLevel: 'OFF' }),
    ]);
  });

  it('depends on the log role, which the SCIM API sets', () => {
    const [resource] = Object.values(resourcesOf(template, 'AWS::ApiGateway::Stage'));
    expect(resource).toMatchObject({ DependsOn: [expect.stringMatching(/^ScimApiDeploymentStage/)] });
  });
});

describe('the usage plan of license checks', () => {
  const planOf = (context = {}) =>
    propertiesOf(licenseTemplate(context), 'AWS::ApiGateway::UsagePlan').Throttle;

  it('takes its keys one after the other, because API Gateway refuses parallel ones', () => {
    const keys = resourcesOf(template, 'AWS::ApiGateway::UsagePlanKey');
    const before = (id: string) => [keys[id]?.DependsOn ?? []].flat().filter((other) => other in keys);
    const firsts = Object.keys(keys).filter((id) => before(id).length === 0);
    const chain = [...firsts];
    for (let next: string | undefined = firsts[0]; next;)
      if ((next = Object.keys(keys).find((id) => before(id).includes(chain.at(-1) ?? '')))) chain.push(next);
    expect(new Set(chain).size).toBe(SHARE_COUNT);
    expect(chain).toHaveLength(SHARE_COUNT);
  });

  it('gives each share of the addresses a tenth of the total', () => {
    expect(planOf()).toEqual({ RateLimit: 5, BurstLimit: 50 });
    expect(planOf({ licenseCheck: { requestsPerSecond: 3 } })).toEqual({ RateLimit: 0.3, BurstLimit: 3 });
  });

  it('has the API keys that the authorizer returns', () => {
    const keys = resourcesOf(template, 'AWS::ApiGateway::ApiKey');
    const values = Object.values(keys).map(({ Properties }) => Properties.Value);
    expect(values).toEqual(
      Array.from({ length: SHARE_COUNT }, (_, share) => usageKeyOf(share, 'license-check')),
    );
    const onPlan = listOf('AWS::ApiGateway::UsagePlanKey').map(({ KeyId }) => (KeyId as { Ref: string }).Ref);
    expect(onPlan.sort()).toEqual(Object.keys(keys).sort());
    expect(propertiesOf(template, 'AWS::ApiGateway::RestApi').ApiKeySourceType).toBe('AUTHORIZER');
  });

  it('calls the authorizer once an hour per address, whatever the keys', () => {
    expect(propertiesOf(template, 'AWS::ApiGateway::Authorizer')).toMatchObject({
      Type: 'REQUEST',
      IdentitySource: 'context.identity.sourceIp',
      AuthorizerResultTtlInSeconds: 3_600,
    });
  });
});

describe('the license check functions', () => {
  it.each([
    [
      'license-check',
      [
        `dynamodb:BatchGetItem on Table.Arn${forKeys('<d>#LICENSE', 'DOMAIN#<d>')}`,
        `dynamodb:GetItem on Table.Arn${forKeys('LICENSEKEY#*')}`,
      ],
    ],
    ['license-check-authorizer', []],
  ])('have only the permissions that they need: %s', (name, grants) => {
    expect(functions[name] && describeGrants(functions[name])).toEqual(grants);
  });

  it('are two, and neither has a secret', () => {
    expect(Object.keys(functions).sort()).toEqual(['license-check', 'license-check-authorizer']);
    expect(JSON.stringify(template.toJSON().Resources)).not.toContain('secretsmanager');
  });

  it('get the cache settings in their environment', () => {
    const variables = (context = {}) =>
      deployedFunctions(licenseTemplate(context))['license-check']?.environment.LICENSE_CHECK_CACHE as string;
    expect(JSON.parse(variables())).toEqual({ active: 3_600, other: 300 });
    const licenseCheck = { cacheSeconds: { active: 60 } };
    expect(JSON.parse(variables({ licenseCheck }))).toEqual({ active: 60, other: 300 });
  });
});

describe('the responses of API Gateway itself to a license check', () => {
  const responses = listOf('AWS::ApiGateway::GatewayResponse') as unknown as {
    ResponseType: string;
    StatusCode: string;
    ResponseParameters: Record<string, string>;
    ResponseTemplates: Record<string, string>;
  }[];

  it.each(responses)('are uncacheable JSON: $ResponseType', (response) => {
    const { ResponseParameters: headers, ResponseTemplates } = response;
    expect(JSON.parse(ResponseTemplates['application/json'] ?? '')).toEqual({
      error: expect.stringMatching(/^[a-z]+[A-Za-z]*$/) as string,
      detail: expect.stringMatching(/\.$/) as string,
    });
    expect(headers).toMatchObject({
      'gatewayresponse.header.Content-Type': "'application/json'",
      'gatewayresponse.header.Cache-Control': "'no-store'",
      'gatewayresponse.header.x-request-id': 'context.requestId',
    });
  });

  it.each([
    ['MISSING_AUTHENTICATION_TOKEN', '404'],
    ['THROTTLED', '429'],
    ['QUOTA_EXCEEDED', '429'],
    ['INTEGRATION_TIMEOUT', '504'],
    // Callers need no credential, so these responses mean that the deployment is broken.
    ['UNAUTHORIZED', '500'],
    ['INVALID_API_KEY', '500'],
    ['DEFAULT_5XX', '500'],
  ])('have the right status: %s is %s', (type, status) => {
    expect(responses.find(({ ResponseType }) => ResponseType === type)?.StatusCode).toBe(status);
  });

  it('tell a caller when to retry', () => {
    const timed = responses.filter((each) => each.ResponseParameters['gatewayresponse.header.Retry-After']);
    const isTemporary = ({ StatusCode }: { StatusCode: string }) =>
      StatusCode === '429' || Number(StatusCode) >= 500;
    expect(timed).toEqual(responses.filter(isTemporary));
    expect(timed.length).toBeGreaterThan(2);
  });
});
