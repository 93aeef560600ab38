import { ADMIN_CALLERS, ADMIN_STAGE_LIMIT } from '../../../shared/limits/admin-limits';
import { deployedFunctions, describeGrants, readableReference } from '../deployed-functions';
import { matchesSchema } from '../../integration/admin/admin-document';
import { propertiesOf, resourcesOf, snapshotOf, synthesize } from '../synthesize';

const template = synthesize().ScimAdmin;
const functions = deployedFunctions(template);

const propertiesByType = (type: string) =>
  Object.values(resourcesOf(template, type)).map(({ Properties }) => Properties);

/** Returns the authorization type of each method, by method and path. */
function methods(): Record<string, unknown> {
  const resources = resourcesOf(template, 'AWS::ApiGateway::Resource');
  const pathOf = ({ Ref = '' }: { Ref?: string }): string => {
    const resource = resources[Ref];
    if (!resource) return '';
    return `${pathOf(resource.Properties.ParentId as { Ref?: string })}/${resource.Properties.PathPart as string}`;
  };
  return Object.fromEntries(
    propertiesByType('AWS::ApiGateway::Method').map(({ ResourceId, HttpMethod, AuthorizationType }) => [
      `${String(HttpMethod)} ${pathOf(ResourceId as { Ref?: string }) || '/'}`,
      AuthorizationType,
    ]),
  );
}

describe('the admin API', () => {
  it('needs a credential for everything except the OpenAPI document and the opening of setup links', () => {
    expect(methods()).toEqual({
      'ANY /': 'CUSTOM',
      'ANY /{proxy+}': 'CUSTOM',
      'ANY /v1': 'CUSTOM',
      'ANY /v1/domains': 'CUSTOM',
      'ANY /v1/domains/{domainId}': 'CUSTOM',
      'ANY /v1/domains/{domainId}/{proxy+}': 'CUSTOM',
      'ANY /v1/domains/{domainId}/users': 'CUSTOM',
      'ANY /v1/domains/{domainId}/users/{proxy+}': 'CUSTOM',
      'ANY /v1/{proxy+}': 'CUSTOM',
      'ANY /v1/openapi.json': 'NONE',
      'ANY /v1/setup-links/{proxy+}': 'NONE',
    });
  });

  it('calls the authorizer for every request, so that an invalid token is refused immediately', () => {
    expect(propertiesOf(template, 'AWS::ApiGateway::Authorizer')).toMatchObject({
      Type: 'TOKEN',
      AuthorizerResultTtlInSeconds: 0,
    });
  });

  const methodsOf = (ResourcePath: string, limits: object) =>
    ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].map((HttpMethod) => ({
      ...{ HttpMethod, ResourcePath, DataTraceEnabled: false },
      ...limits,
    }));

  it('is throttled, and logs the caller of each request', () => {
    expect(propertiesOf(template, 'AWS::ApiGateway::Stage')).toMatchObject({
      StageName: 'admin',
      MethodSettings: [
        {
          ResourcePath: '/*',
          ThrottlingBurstLimit: 2_000,
          ThrottlingRateLimit: 1_000,
          DataTraceEnabled: false,
        },
        // There are no settings of the method ANY.
        ...methodsOf('/~1v1~1openapi.json', { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 }),
        ...methodsOf('/~1v1~1setup-links~1{proxy+}', { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 }),
      ],
      AccessLogSetting: { Format: expect.stringContaining('$context.authorizer.id') as string },
    });
  });
});

describe('the limits of the admin API', () => {
  const limits = propertiesByType('AWS::ApiGateway::UsagePlan').map(({ Throttle }) => Throttle);

  it('have a usage plan for each kind of caller', () => {
    expect(limits).toEqual([
      { RateLimit: 50, BurstLimit: 200 },
      { RateLimit: 50, BurstLimit: 200 },
      { RateLimit: 20, BurstLimit: 100 },
    ]);
  });

  it('have an API key for each share, which the authorizer assigns', () => {
    const keys = propertiesByType('AWS::ApiGateway::ApiKey').map(({ Value }) => Value as string);
    expect(keys).toHaveLength(1 + 4 + 16);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(key).toMatch(/^[\w-]{20,128}$/);
    expect(propertiesOf(template, 'AWS::ApiGateway::RestApi')).toMatchObject({
      ApiKeySourceType: 'AUTHORIZER',
    });
  });

  it('apply to all methods that need a credential', () => {
    for (const { AuthorizationType, ApiKeyRequired } of propertiesByType('AWS::ApiGateway::Method'))
      expect(ApiKeyRequired ?? false).toBe(AuthorizationType === 'CUSTOM');
  });

  it('allow all shares together less than the stage', () => {
    const total = Object.values(ADMIN_CALLERS).map(({ shares, ...limit }) => [
      shares * limit.requestsPerSecond,
      shares * limit.burst,
    ]);
    expect(total.reduce((sum, [rate = 0]) => sum + rate, 0)).toBeLessThan(
      ADMIN_STAGE_LIMIT.requestsPerSecond,
    );
  });

  it('are added to the plans one after the other, as API Gateway requires', () => {
    const keys = Object.entries(resourcesOf(template, 'AWS::ApiGateway::UsagePlanKey'));
    const waits = keys.filter(([, { DependsOn = [] }]) =>
      [DependsOn].flat().some((id) => keys.some(([key]) => key === id)),
    );
    expect(waits).toHaveLength(keys.length - 1);
  });
});

describe('the responses of API Gateway itself', () => {
  it.each(propertiesByType('AWS::ApiGateway::GatewayResponse'))(
    'match the schema Problem of the document: $ResponseType',
    (response) => {
      const { StatusCode, ResponseParameters, ResponseTemplates } = response as {
        StatusCode: string;
        ResponseParameters: Record<string, string>;
        ResponseTemplates: Record<string, string>;
      };
      const body = JSON.parse(ResponseTemplates['application/json'] ?? '') as { status: number };
      expect(matchesSchema('Problem', body)).toBe(true);
      expect(String(body.status)).toBe(StatusCode);
      expect(ResponseParameters['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'");
      expect(ResponseParameters['gatewayresponse.header.x-request-id']).toBe('context.requestId');
      const challenge = ResponseParameters['gatewayresponse.header.WWW-Authenticate'];
      expect(challenge).toBe(StatusCode === '401' ? '\'Bearer realm="admin"\'' : undefined);
      const wait = ResponseParameters['gatewayresponse.header.Retry-After'];
      const isTemporary = StatusCode === '429' || Number(StatusCode) >= 500;
      expect(wait).toEqual(isTemporary ? expect.stringMatching(/^'\d+'$/) : undefined);
    },
  );
});

describe('the permissions of the functions', () => {
  it('the authorizer can read the admin token and setup links, and use the roles', () => {
    expect(describeGrants(functions['admin-authorizer'] ?? missingFunction())).toMatchSnapshot();
  });

  it('the API can use the table, usage keys and the cache of the SCIM API’s authorizer', () => {
    expect(describeGrants(functions.admin ?? missingFunction())).toMatchSnapshot();
  });
});

describe('the sign-in of portal users', () => {
  it('uses a new user pool: no sign-up, a second factor, and codes only for the portal', () => {
    expect(propertiesOf(template, 'AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'INACTIVE',
    });
    const client = propertiesOf(template, 'AWS::Cognito::UserPoolClient');
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'profile', 'email'],
    });
    expect(readableReference((client.CallbackURLs as unknown[])[0])).toMatch(/^https:\/\/.*\/signed-in$/);
    expect(propertiesByType('AWS::Cognito::UserPoolGroup')).toMatchObject([{ GroupName: 'operator' }]);
  });

  it('protects the user pool if the settings say so', () => {
    expect(
      propertiesOf(synthesize({ protect: true }).ScimAdmin, 'AWS::Cognito::UserPool').DeletionProtection,
    ).toBe('ACTIVE');
  });

  it('lets users write nothing that the audit log shows: no name, and an address only after verification', () => {
    expect(propertiesOf(template, 'AWS::Cognito::UserPoolClient')).toMatchObject({
      WriteAttributes: ['email'],
    });
    expect(propertiesOf(template, 'AWS::Cognito::UserPool')).toMatchObject({
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      Schema: [
        { Name: 'email', Required: true },
        { Name: 'name', Required: false },
      ],
    });
  });

  it('lets users get no token by which they could change their own attributes', () => {
    expect(propertiesOf(template, 'AWS::Cognito::UserPoolClient')).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    });
  });

  it('lets only the admin API manage accounts, and only in this pool', () => {
    const granted = Object.entries(functions).flatMap(([name, each]) =>
      describeGrants(each)
        .filter((grant) => grant.startsWith('cognito-idp:'))
        .map((grant) => `${name}: ${grant}`),
    );
    expect(granted).toEqual([
      'admin: cognito-idp:AdminCreateUser, cognito-idp:AdminDeleteUser, cognito-idp:AdminGetUser on SignInUsers.Arn',
    ]);
  });

  it('uses the configured issuer instead, without a user pool', () => {
    const other = synthesize({
      oidcIssuer: 'https://login.example.com/tenant',
      oidcClientId: 'portal',
      oidcRolesClaim: 'roles',
    }).ScimAdmin;
    expect(resourcesOf(other, 'AWS::Cognito::UserPool')).toEqual({});
    expect(JSON.parse(deployedFunctions(other)['admin-authorizer']?.environment.ISSUER as string)).toEqual({
      issuer: 'https://login.example.com/tenant',
      clientId: 'portal',
      rolesClaim: 'roles',
    });
  });
});

it('matches the snapshot of the template', () => {
  expect(snapshotOf(template)).toMatchSnapshot();
});

function missingFunction(): never {
  throw new Error('There is no such function.');
}
