import { newId } from '../../../shared/id';
import { formatToken, newSecret } from '../../../shared/credentials/scim-key';
import { deployedFunctions } from '../deployed-functions';
import { filterResources, propertiesOf, resourcesOf, snapshotOf, synthesize } from '../synthesize';

const stack = synthesize().ScimApi;
// license-check-api.test.ts and license-lease.test.ts test the license API.
const template = filterResources(stack, (logicalId) => !/^License(Check|Lease)/.test(logicalId));
const functions = deployedFunctions(template);

/** Returns the authorizer of a type. */
function authorizerOf(wanted: string): { logicalId: string; properties: Record<string, unknown> } {
  const [[logicalId, found] = missing()] = Object.entries(
    resourcesOf(template, 'AWS::ApiGateway::Authorizer'),
  ).filter(([, { Properties }]) => Properties.Type === wanted);
  return { logicalId, properties: found.Properties };
}

function missing(): never {
  throw new Error('There is no such authorizer.');
}

const keyAuthorizer = authorizerOf('TOKEN');
const addressAuthorizer = authorizerOf('REQUEST');

/** Returns each method with the path of its resource and the function behind it. */
function routes(): { path: string; handler: string | undefined; method: Record<string, unknown> }[] {
  const resources = resourcesOf(template, 'AWS::ApiGateway::Resource');
  const pathOf = (id: { Ref?: string }): string => {
    const resource = id.Ref === undefined ? undefined : resources[id.Ref];
    if (!resource) return '';
    return `${pathOf(resource.Properties.ParentId as { Ref?: string })}/${resource.Properties.PathPart as string}`;
  };
  return Object.values(resourcesOf(template, 'AWS::ApiGateway::Method')).map(({ Properties: method }) => {
    const uri = JSON.stringify((method.Integration as { Uri: unknown }).Uri);
    const handler = Object.entries(functions).find(([, { logicalId }]) => uri.includes(logicalId))?.[0];
    return { path: pathOf(method.ResourceId as { Ref?: string }) || '/', handler, method };
  });
}

describe('the routes of the API', () => {
  it('each have their function', () => {
    expect(Object.fromEntries(routes().map(({ path, handler }) => [path, handler]))).toEqual({
      '/': 'not-found',
      '/{proxy+}': 'not-found',
      '/v2': 'search',
      '/v2/{proxy+}': 'not-found',
      '/v2/Users': 'users',
      '/v2/Users/{id}': 'users',
      '/v2/Users/{id}/{proxy+}': 'not-found',
      '/v2/users': 'users',
      '/v2/users/{id}': 'users',
      '/v2/users/{id}/{proxy+}': 'not-found',
      '/v2/Groups': 'groups',
      '/v2/Groups/{id}': 'groups',
      '/v2/Groups/{id}/{proxy+}': 'not-found',
      '/v2/groups': 'groups',
      '/v2/groups/{id}': 'groups',
      '/v2/groups/{id}/{proxy+}': 'not-found',
      '/v2/.search': 'search',
      '/v2/.search/{proxy+}': 'not-found',
      '/v2/Bulk': 'bulk',
      '/v2/Bulk/{proxy+}': 'not-found',
      '/v2/bulk': 'bulk',
      '/v2/bulk/{proxy+}': 'not-found',
      '/v2/Roles': 'discovery',
      '/v2/Roles/{id}': 'discovery',
      '/v2/Roles/{id}/{proxy+}': 'not-found',
      '/v2/Entitlements': 'discovery',
      '/v2/Entitlements/{id}': 'discovery',
      '/v2/Entitlements/{id}/{proxy+}': 'not-found',
      '/v2/Licenses': 'discovery',
      '/v2/Licenses/{id}': 'discovery',
      '/v2/Licenses/{id}/{proxy+}': 'not-found',
      '/v2/roles': 'discovery',
      '/v2/roles/{id}': 'discovery',
      '/v2/roles/{id}/{proxy+}': 'not-found',
      '/v2/entitlements': 'discovery',
      '/v2/entitlements/{id}': 'discovery',
      '/v2/entitlements/{id}/{proxy+}': 'not-found',
      '/v2/licenses': 'discovery',
      '/v2/licenses/{id}': 'discovery',
      '/v2/licenses/{id}/{proxy+}': 'not-found',
      '/v2/ResourceTypes': 'discovery',
      '/v2/ResourceTypes/{id}': 'discovery',
      '/v2/ResourceTypes/{id}/{proxy+}': 'not-found',
      '/v2/Schemas': 'discovery',
      '/v2/Schemas/{id}': 'discovery',
      '/v2/Schemas/{id}/{proxy+}': 'not-found',
      '/v2/ServiceProviderConfig': 'discovery',
      '/v2/ServiceProviderConfig/{proxy+}': 'not-found',
      '/v2/serviceproviderconfig': 'discovery',
      '/v2/serviceproviderconfig/{proxy+}': 'not-found',
      '/v2/readiness': 'readiness',
      '/v2/readiness/{proxy+}': 'not-found',
      '/.well-known': 'not-found',
      '/.well-known/{proxy+}': 'not-found',
      '/.well-known/oauth-authorization-server': 'discovery',
      '/.well-known/oauth-authorization-server/{proxy+}': 'not-found',
      '/oauth-authorization-server': 'not-found',
      '/oauth-authorization-server/{proxy+}': 'not-found',
      '/oauth-authorization-server/scim': 'discovery',
      '/oauth-authorization-server/scim/{proxy+}': 'not-found',
      '/oauth2': 'not-found',
      '/oauth2/{proxy+}': 'not-found',
      '/oauth2/token': 'token',
      '/oauth2/token/{proxy+}': 'not-found',
    });
  });

  it('need a SCIM key and count against a usage plan, whatever the method, unless they are open', () => {
    for (const { path, method } of routes().filter((each) => each.method.AuthorizationType !== 'NONE')) {
      // The clients of the token endpoint have no key, so they count by their addresses.
      const authorizer = path === '/oauth2/token' ? addressAuthorizer : keyAuthorizer;
      expect(method).toMatchObject({
        HttpMethod: 'ANY',
        AuthorizationType: 'CUSTOM',
        AuthorizerId: { Ref: authorizer.logicalId },
        ApiKeyRequired: true,
        Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
      });
    }
  });

  it('are open only for GET of /ServiceProviderConfig and of the metadata of OAuth, each with a limit of its own', () => {
    const open = routes().filter(({ method }) => method.AuthorizationType === 'NONE');
    expect(open.map(({ path, handler, method }) => [method.HttpMethod, path, handler])).toEqual([
      ['GET', '/v2/ServiceProviderConfig', 'discovery'],
      ['GET', '/v2/serviceproviderconfig', 'discovery'],
      ['GET', '/.well-known/oauth-authorization-server', 'discovery'],
      ['GET', '/oauth-authorization-server/scim', 'discovery'],
    ]);
    for (const { method } of open) {
      expect(method.ApiKeyRequired ?? false).toBe(false);
      expect(method).not.toHaveProperty('AuthorizerId');
    }
    const { MethodSettings } = propertiesOf(template, 'AWS::ApiGateway::Stage');
    expect(
      (MethodSettings as { HttpMethod: string }[]).filter(({ HttpMethod }) => HttpMethod !== '*'),
    ).toEqual(
      open.map(({ path }) => ({
        HttpMethod: 'GET',
        ResourcePath: `/${path.replaceAll('/', '~1')}`,
        ThrottlingRateLimit: 50,
        ThrottlingBurstLimit: 100,
        LoggingLevel: 'ERROR',
        MetricsEnabled: true,
        DataTraceEnabled: false,
      })),
    );
  });

  it('can invoke their functions, and only those', () => {
    const invocable = Object.values(resourcesOf(template, 'AWS::Lambda::Permission')).map(
      ({ Properties }) => {
        expect(Properties).toMatchObject({
          Principal: 'apigateway.amazonaws.com',
          Action: 'lambda:InvokeFunction',
        });
        return (Properties.FunctionName as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0];
      },
    );
    expect(invocable.sort()).toEqual(
      Object.values(functions)
        .map(({ logicalId }) => logicalId)
        .sort(),
    );
  });
});

/** A token in the form of a SCIM key. */
const TOKEN = formatToken({ domainId: newId(), keyId: newId(), secret: newSecret() });

describe('the authorizer', () => {
  it('reads the Authorization header, and its result is cached for five minutes per key', () => {
    expect(keyAuthorizer.properties).toMatchObject({
      Type: 'TOKEN',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 300,
    });
  });

  it.each([
    [`Bearer ${TOKEN}`, true],
    [`bearer ${TOKEN}`, true],
    [`BEARER   ${TOKEN}`, true],
    [`${TOKEN}`, true],
    ['Bearer', false],
    ['Bearer ', false],
    ['Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln', false],
    ['Basic c2NpbV94Onk=', false],
    [`Basic ${TOKEN}`, false],
    [`Token ${TOKEN}`, false],
    [`Bearer${TOKEN}`, false],
    [`Bearer Bearer ${TOKEN}`, false],
    [`Bearer ${TOKEN} and more`, false],
    [`${TOKEN} and more`, false],
    ['scim_', false],
    ['Bearer scim_nonsense', false],
    [`Bearer ${TOKEN}0`, false],
    [`Bearer ${TOKEN.slice(0, -1)}`, false],
    [`Bearer ${TOKEN.toUpperCase()}`, false],
  ])('is called for %j: %s', (header, expected) => {
    expect(new RegExp(keyAuthorizer.properties.IdentityValidationExpression as string).test(header)).toBe(
      expected,
    );
  });
});

describe('the API', () => {
  const api = propertiesOf(template, 'AWS::ApiGateway::RestApi');
  const stage = propertiesOf(template, 'AWS::ApiGateway::Stage');

  it('is regional, and gets API keys from the authorizer', () => {
    expect(api).toMatchObject({
      EndpointConfiguration: { Types: ['REGIONAL'] },
      ApiKeySourceType: 'AUTHORIZER',
      MinimumCompressionSize: 1024,
    });
  });

  it('decodes compressed responses of functions, whatever the client accepts', () => {
    expect(api).toMatchObject({ BinaryMediaTypes: ['*/*'] });
  });

  it('is deployed to the stage "scim", and its base URL ends in /scim/v2', () => {
    expect(stage).toMatchObject({ StageName: 'scim' });
    const [stageId] = Object.keys(resourcesOf(template, 'AWS::ApiGateway::Stage'));
    const { baseUrl } = template.findOutputs('baseUrl') as Record<
      string,
      { Value: { 'Fn::Join': [string, unknown[]] } }
    >;
    expect(baseUrl?.Value['Fn::Join'][1].slice(-3)).toEqual(['/', { Ref: stageId }, '/v2']);
  });

  it('logs each request as JSON, without fields that could contain a key', () => {
    const { Format } = stage.AccessLogSetting as { Format: string };
    expect(JSON.parse(Format)).toMatchObject({
      requestId: '$context.requestId',
      status: '$context.status',
      domainId: '$context.authorizer.domainId',
    });
    expect(Format).not.toMatch(/header|authorization|apiKey|querystring/i);
    expect(stage.MethodSettings).not.toEqual([]);
    for (const settings of stage.MethodSettings as object[])
      expect(settings).toMatchObject({ DataTraceEnabled: false, LoggingLevel: 'ERROR' });
  });

  it('sets the account’s API Gateway log role only if the setting says so', () => {
    expect(Object.keys(resourcesOf(template, 'AWS::ApiGateway::Account'))).toHaveLength(1);
    const without = synthesize({ apiGatewayAccountRole: 'false' }).ScimApi;
    expect(resourcesOf(without, 'AWS::ApiGateway::Account')).toEqual({});
  });

  it('contains no API keys, because each domain gets its own at run time', () => {
    expect(resourcesOf(template, 'AWS::ApiGateway::ApiKey')).toEqual({});
    // The keys of the shares of addresses are those of license checks.
    for (const logicalId of Object.keys(resourcesOf(template, 'AWS::ApiGateway::UsagePlanKey')))
      expect(logicalId).toMatch(/^TokenPlan/);
  });
});

describe('the usage plans', () => {
  const throttles = (context = {}) =>
    Object.fromEntries(
      Object.values(resourcesOf(synthesize(context).ScimApi, 'AWS::ApiGateway::UsagePlan'))
        .filter(({ Properties }) => String(Properties.Description).startsWith('SCIM'))
        .map(({ Properties }) => {
          expect(Properties.ApiStages).toHaveLength(1);
          return [Properties.Description as string, Properties.Throttle] as const;
        }),
    );

  it('exist for each rate plan, on the stage', () => {
    expect(throttles()).toEqual({
      'SCIM rate plan standard': { RateLimit: 2, BurstLimit: 40 },
      'SCIM rate plan gallery': { RateLimit: 25, BurstLimit: 500 },
      'SCIM rate plan unmetered': undefined,
    });
  });

  it('follow the settings', () => {
    expect(
      throttles({ ratePlans: { standard: null, unmetered: { perMinute: 60, perTenSeconds: 60 } } }),
    ).toEqual({
      'SCIM rate plan standard': undefined,
      'SCIM rate plan gallery': { RateLimit: 25, BurstLimit: 500 },
      'SCIM rate plan unmetered': { RateLimit: 1, BurstLimit: 120 },
    });
  });
});

describe('the API stack', () => {
  it('is as it was', () => {
    expect(snapshotOf(stack)).toMatchSnapshot();
  });
});
