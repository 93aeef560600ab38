import * as z from 'zod';
import { UserError } from '../../host/user-error';
import { readProperties } from '../../cloud/template/properties';
import { ofType as resourcesOfType, type Resource } from '../../cloud/template/resources';
import type {
  Api,
  ApiKeyDefinition,
  AuthorizerDefinition,
  Method,
  Route,
  Segment,
  Throttle,
  UsagePlanDefinition,
} from './api';
import { parseIdentitySources } from './gateway/identity';

const InvocationUri = z.string().transform((uri, context) => {
  const arn = /\/functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1];
  if (!arn) context.addIssue(`${uri} does not invoke a function`);
  return arn ?? '';
});

const RestApiProperties = z.object({
  Name: z.string().optional(),
  ApiKeySourceType: z.enum(['AUTHORIZER', 'HEADER']).default('HEADER'),
  BinaryMediaTypes: z.array(z.string()).default([]),
  MinimumCompressionSize: z.number().optional(),
  Body: z.undefined('an OpenAPI body is not supported').optional(),
  Policy: z.undefined('a resource policy is not supported').optional(),
});

/** The settings of all methods (`*` of `/*`), or those of one method, which replace them. */
const MethodSetting = z
  .object({
    HttpMethod: z.string(),
    ResourcePath: z.string().transform((path) => path.replaceAll('~1', '/').replace(/^\/\//, '/')),
    ThrottlingRateLimit: z.number().optional(),
    ThrottlingBurstLimit: z.number().optional(),
  })
  .refine(({ HttpMethod, ResourcePath }) => (HttpMethod === '*') === (ResourcePath === '/*'), {
    error:
      'settings of one method are not supported on all resources, nor those of one resource for all methods',
  })
  .refine(({ HttpMethod }) => HttpMethod !== 'ANY', {
    error: 'API Gateway has no settings of the method ANY: list each HTTP method',
  });

const StageProperties = z.object({
  RestApiId: z.string(),
  StageName: z.string(),
  MethodSettings: z.array(MethodSetting).default([]),
  Variables: z.record(z.string(), z.string()).default({}),
  AccessLogSetting: z.object({ DestinationArn: z.string(), Format: z.string() }).optional(),
});

const ResourceProperties = z.object({ RestApiId: z.string(), ParentId: z.string(), PathPart: z.string() });

const MethodProperties = z.object({
  RestApiId: z.string(),
  ResourceId: z.string(),
  HttpMethod: z.string(),
  ApiKeyRequired: z.boolean().default(false),
  AuthorizationType: z.enum(['NONE', 'CUSTOM']),
  AuthorizerId: z.string().optional(),
  Integration: z.object({ Type: z.literal('AWS_PROXY'), Uri: InvocationUri }),
  RequestValidatorId: z.undefined('request validators are not supported').optional(),
});

const IdentitySources = z.string().transform((text, context) => {
  const sources = parseIdentitySources(text);
  if (!sources) context.addIssue(`${text} contains something other than headers and context variables`);
  return sources ?? [];
});

const AuthorizerProperties = z.object({
  RestApiId: z.string(),
  Type: z.enum(['TOKEN', 'REQUEST']),
  AuthorizerUri: InvocationUri,
  IdentitySource: IdentitySources,
  IdentityValidationExpression: z.string().optional(),
  AuthorizerResultTtlInSeconds: z.number().default(300),
});

const GatewayResponseProperties = z.object({
  RestApiId: z.string(),
  ResponseType: z.string(),
  StatusCode: z.coerce.number().optional(),
  ResponseParameters: z.record(z.string(), z.string()).default({}),
  ResponseTemplates: z.record(z.string(), z.string()).default({}),
});

const UsagePlanProperties = z.object({
  UsagePlanName: z.string().optional(),
  ApiStages: z
    .array(
      z.object({
        ApiId: z.string(),
        Stage: z.string(),
        Throttle: z.strictObject({}, 'a limit per method is not supported').optional(),
      }),
    )
    .default([]),
  Throttle: z.object({ RateLimit: z.number(), BurstLimit: z.number() }).optional(),
  Quota: z.undefined('quotas are not supported').optional(),
});

const ApiKeyProperties = z.object({
  Name: z.string().optional(),
  Value: z.string('a value that AWS generates is not supported').min(20).max(128),
  Enabled: z.boolean().default(false),
});

const UsagePlanKeyProperties = z.object({
  KeyId: z.string(),
  KeyType: z.literal('API_KEY'),
  UsagePlanId: z.string(),
});

/** Returns the REST APIs of the template. Throws a `UserError` if one of their settings is not supported. */
export function apisFromTemplate(resources: readonly Resource[]): Api[] {
  const parents = new Map(
    ofType(resources, 'Resource', ResourceProperties).map(({ ref, own }) => [ref, own]),
  );
  const methods = ofType(resources, 'Method', MethodProperties);
  const stages = ofType(resources, 'Stage', StageProperties);
  const responses = ofType(resources, 'GatewayResponse', GatewayResponseProperties);
  return ofType(resources, 'RestApi', RestApiProperties).map(({ ref, logicalId, own }) => {
    const [stage, ...others] = stages.filter((candidate) => candidate.own.RestApiId === ref);
    if (!stage || others.length > 0) throw new UserError(`The REST API ${logicalId} must have one stage.`);
    const ownMethods = methods.filter((method) => method.own.RestApiId === ref).map((method) => method.own);
    if (own.ApiKeySourceType === 'HEADER' && ownMethods.some((method) => method.ApiKeyRequired)) {
      throw new UserError(`The REST API ${logicalId}: only the authorizer can provide API keys.`);
    }
    const { AccessLogSetting: accessLog } = stage.own;
    return {
      id: ref,
      name: own.Name ?? ref,
      stage: stage.own.StageName,
      accessLog: accessLog && { logGroupArn: accessLog.DestinationArn, format: accessLog.Format },
      stageVariables: stage.own.Variables,
      routes: routesOf(ownMethods, parents, stage.own.MethodSettings),
      gatewayResponses: new Map(
        responses
          .filter((response) => response.own.RestApiId === ref)
          .map(({ own: { ResponseType, StatusCode, ResponseParameters, ResponseTemplates } }) => [
            ResponseType,
            { status: StatusCode, parameters: ResponseParameters, templates: ResponseTemplates },
          ]),
      ),
      minimumCompressionSize: own.MinimumCompressionSize,
      binaryMediaTypes: own.BinaryMediaTypes,
      throttle: throttlesOf(stage.own.MethodSettings, '/*').get('*'),
    };
  });
}

/** Returns the authorizers of the template. */
export function authorizersFromTemplate(resources: readonly Resource[]): AuthorizerDefinition[] {
  return ofType(resources, 'Authorizer', AuthorizerProperties).map(({ ref, own }) => ({
    id: ref,
    apiId: own.RestApiId,
    functionArn: own.AuthorizerUri,
    type: own.Type,
    identitySources: own.IdentitySource,
    validation: own.IdentityValidationExpression ? new RegExp(own.IdentityValidationExpression) : undefined,
    ttlSeconds: own.AuthorizerResultTtlInSeconds,
  }));
}

/** Returns the usage plans of the template. */
export function usagePlansFromTemplate(resources: readonly Resource[]): UsagePlanDefinition[] {
  return ofType(resources, 'UsagePlan', UsagePlanProperties).map(({ ref, own }) => ({
    id: ref,
    name: own.UsagePlanName,
    stages: own.ApiStages.map(({ ApiId, Stage }) => ({ apiId: ApiId, stage: Stage })),
    throttle: own.Throttle && { rate: own.Throttle.RateLimit, burst: own.Throttle.BurstLimit },
  }));
}

/** Returns the API keys of the template. */
export function apiKeysFromTemplate(resources: readonly Resource[]): ApiKeyDefinition[] {
  const onPlans = ofType(resources, 'UsagePlanKey', UsagePlanKeyProperties);
  return ofType(resources, 'ApiKey', ApiKeyProperties).map(({ ref, own }) => ({
    id: ref,
    name: own.Name,
    value: own.Value,
    enabled: own.Enabled,
    planIds: onPlans.filter((each) => each.own.KeyId === ref).map((each) => each.own.UsagePlanId),
  }));
}

type MethodSettings = readonly z.infer<typeof MethodSetting>[];

/** Returns the limits in the settings of the methods of a resource, by HTTP method. */
function throttlesOf(settings: MethodSettings, resourcePath: string): Map<string, Throttle> {
  const throttles = new Map<string, Throttle>();
  for (const each of settings) {
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = each;
    if (each.ResourcePath !== resourcePath || rate === undefined || burst === undefined) continue;
    throttles.set(each.HttpMethod, { rate, burst });
  }
  return throttles;
}

function routesOf(
  methods: readonly z.infer<typeof MethodProperties>[],
  parents: ReadonlyMap<string, z.infer<typeof ResourceProperties>>,
  settings: MethodSettings,
): Route[] {
  return [...new Set(methods.map(({ ResourceId }) => ResourceId))].map((resourceId) => {
    const parts: string[] = [];
    for (let node = parents.get(resourceId); node; node = parents.get(node.ParentId))
      parts.unshift(node.PathPart);
    const resourcePath = `/${parts.join('/')}`;
    const own = methods
      .filter(({ ResourceId }) => ResourceId === resourceId)
      .map(({ HttpMethod, Integration, AuthorizerId, ApiKeyRequired }): [string, Method] => [
        HttpMethod,
        {
          functionArn: Integration.Uri,
          authorizerId: AuthorizerId,
          apiKeyRequired: ApiKeyRequired,
        },
      ]);
    const throttles = throttlesOf(settings, resourcePath);
    return { resourceId, resourcePath, segments: parts.map(segment), methods: new Map(own), throttles };
  });
}

function segment(part: string): Segment {
  const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
  if (!name) return { kind: 'exact', text: part };
  return plus ? { kind: 'greedy', name } : { kind: 'parameter', name };
}

function ofType<T extends z.ZodType>(resources: readonly Resource[], type: string, schema: T) {
  return resourcesOfType(resources, `AWS::ApiGateway::${type}`).map((resource) => ({
    ref: resource.ref,
    logicalId: resource.logicalId,
    own: readProperties(schema, resource),
  }));
}
