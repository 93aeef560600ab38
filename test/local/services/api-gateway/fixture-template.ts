import type { Resource } from '../../../../local/cloud/template/resources';
import { resolved } from '../../resources';

const invocation = (fn: string) => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${fn}.Arn}/invocations`,
});
const api = { RestApiId: { Ref: 'Api' } };
const fn = { Type: 'AWS::Lambda::Function', Properties: {} };

const method = (ResourceId: object, HttpMethod: string, own: object = {}) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    ...api,
    ResourceId,
    HttpMethod,
    AuthorizationType: 'NONE',
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: invocation('Echo') },
    ...own,
  },
});
const guarded = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Authorizer' } };
const resource = (ParentId: object, PathPart: string) => ({
  Type: 'AWS::ApiGateway::Resource',
  Properties: { ...api, ParentId, PathPart },
});
const root = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
const plan = (Throttle?: object) => ({
  Type: 'AWS::ApiGateway::UsagePlan',
  Properties: {
    ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' }, Throttle: {} }],
    ...(Throttle && { Throttle }),
  },
});

/** The template of a small API with open, guarded and metered methods. Its functions are in `bundles/`. */
export const RESOURCES = {
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: {
      ApiKeySourceType: 'AUTHORIZER',
      MinimumCompressionSize: 1000,
      BinaryMediaTypes: ['image/png'],
    },
  },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      ...api,
      StageName: 'scim',
      Variables: { color: 'blue' },
      MethodSettings: [
        { HttpMethod: 'GET', ResourcePath: '/~1limited', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
        { HttpMethod: 'PUT', ResourcePath: '/~1limited', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
      ],
    },
  },
  Echo: fn,
  Guard: fn,
  Authorizer: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      ...api,
      Type: 'TOKEN',
      AuthorizerUri: invocation('Guard'),
      IdentitySource: 'method.request.header.Authorization',
      IdentityValidationExpression: '^Bearer [a-z0-9/_-]+$',
      AuthorizerResultTtlInSeconds: 300,
    },
  },
  RequestAuthorizer: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      ...api,
      Type: 'REQUEST',
      AuthorizerUri: invocation('Guard'),
      IdentitySource: 'method.request.header.Api-Key, context.identity.sourceIp',
      AuthorizerResultTtlInSeconds: 300,
    },
  },
  Denied: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      ...api,
      ResponseType: 'ACCESS_DENIED',
      StatusCode: '403',
      ResponseParameters: { 'gatewayresponse.header.Content-Type': "'application/scim+json'" },
      ResponseTemplates: { 'application/json': '{"detail":"$context.authorizer.reason"}' },
    },
  },
  Open: resource(root, 'open'),
  OpenItem: resource({ Ref: 'Open' }, '{id}'),
  OpenRest: resource({ Ref: 'OpenItem' }, '{proxy+}'),
  Guarded: resource(root, 'guarded'),
  Metered: resource(root, 'metered'),
  Asked: resource(root, 'asked'),
  Limited: resource(root, 'limited'),
  OpenAny: method({ Ref: 'Open' }, 'ANY'),
  OpenItemGet: method({ Ref: 'OpenItem' }, 'GET'),
  OpenRestAny: method({ Ref: 'OpenRest' }, 'ANY'),
  GuardedAny: method({ Ref: 'Guarded' }, 'ANY', guarded),
  LimitedGet: method({ Ref: 'Limited' }, 'GET'),
  LimitedAny: method({ Ref: 'Limited' }, 'ANY'),
  MeteredAny: method({ Ref: 'Metered' }, 'ANY', { ...guarded, ApiKeyRequired: true }),
  AskedAny: method({ Ref: 'Asked' }, 'ANY', {
    AuthorizationType: 'CUSTOM',
    AuthorizerId: { Ref: 'RequestAuthorizer' },
    ApiKeyRequired: true,
  }),
  TemplateKey: {
    Type: 'AWS::ApiGateway::ApiKey',
    Properties: { Enabled: true, Value: 'key-of-the-template-itself' },
  },
  TemplateKeyOnPlan: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { KeyId: { Ref: 'TemplateKey' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Unmetered' } },
  },
  Standard: plan({ RateLimit: 0.1, BurstLimit: 2 }),
  Unmetered: plan(),
};

/** Returns the resources of the small API. */
export const apiResources = (resources: Record<string, object> = RESOURCES): Resource[] =>
  resolved(resources);
