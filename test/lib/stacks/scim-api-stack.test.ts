import { DEFAULT_RATE_PLANS } from '../../../shared/rate-plan';
import { deployedFunctions, describeGrants, readableReference } from '../deployed-functions';
import { filterResources, propertiesOf, resourcesOf, snapshotOf, synthesize } from '../synthesize';

const stack = synthesize().ScimApi;
// The license API has tests of its own: license-check-api.test.ts.
const template = filterResources(stack, (logicalId) => !logicalId.startsWith('LicenseCheck'));
const functions = deployedFunctions(template);

/** Path of each method's resource, the function behind it, and the method itself. */
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
  it('are these, each with the function that answers it', () => {
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
      '/v2/ResourceTypes': 'discovery',
      '/v2/ResourceTypes/{id}': 'discovery',
      '/v2/ResourceTypes/{id}/{proxy+}': 'not-found',
      '/v2/Schemas': 'discovery',
      '/v2/Schemas/{id}': 'discovery',
      '/v2/Schemas/{id}/{proxy+}': 'not-found',
      '/v2/ServiceProviderConfig': 'discovery',
      '/v2/ServiceProviderConfig/{proxy+}': 'not-found',
      '/v2/readiness': 'readiness',
      '/v2/readiness/{proxy+}': 'not-found',
    });
  });

  it('all need a SCIM key and count against a usage plan, whatever the method', () => {
    const [authorizer] = Object.keys(resourcesOf(template, 'AWS::ApiGateway::Authorizer'));
    for (const { method } of routes()) {
      expect(method).toMatchObject({
        HttpMethod: 'ANY',
        AuthorizationType: 'CUSTOM',
        AuthorizerId: { Ref: authorizer },
        ApiKeyRequired: true,
        Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
      });
    }
  });

  it('may call the functions behind them, and only those', () => {
    const callable = Object.values(resourcesOf(template, 'AWS::Lambda::Permission')).map(({ Properties }) => {
      expect(Properties).toMatchObject({
        Principal: 'apigateway.amazonaws.com',
        Action: 'lambda:InvokeFunction',
      });
      return (Properties.FunctionName as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0];
    });
    expect(callable.sort()).toEqual(
      Object.values(functions)
        .map(({ logicalId }) => logicalId)
        .sort(),
    );
  });
});

describe('the authorizer', () => {
  const authorizer = propertiesOf(template, 'AWS::ApiGateway::Authorizer');

  it('reads the Authorization header and is asked once in five minutes for each key', () => {
    expect(authorizer).toMatchObject({
      Type: 'TOKEN',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 300,
    });
  });

  it.each([
    ['Bearer scim_0190-d_0190-k_secret', true],
    ['bearer scim_0190-d_0190-k_secret', true],
    ['BEARER   scim_0190-d_0190-k_secret', true],
    ['Bearer', false],
    ['Bearer ', false],
    ['Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln', false],
    ['Basic c2NpbV94Onk=', false],
    ['scim_0190-d_0190-k_secret', false],
    ['Bearer scim_0190-d_0190-k_secret and more', false],
  ])('is asked about %j: %s', (header, asked) => {
    expect(new RegExp(authorizer.IdentityValidationExpression as string).test(header)).toBe(asked);
  });
});

describe('what each function of the API may do', () => {
  const RESOURCE_GRANTS = [
    'dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Query on Table.Arn, Table.Arn/index/byExternalId, Table.Arn/index/byUserName',
    'dynamodb:ConditionCheckItem, dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:UpdateItem on Table.Arn',
  ];
  const CURSOR_GRANT = 'secretsmanager:GetSecretValue on CursorSecret';
  const EVENTS =
    'dynamodb:PutItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["*#AUDIT"]}}';
  const COUNTERS = [
    'dynamodb:UpdateItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["*#RATE","*#NOTICE"]}}',
  ];

  it.each([
    [
      'authorizer',
      [
        'dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:UpdateItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["DOMAIN#*"]}}',
        'secretsmanager:GetSecretValue on KeyPepperSecret',
      ],
    ],
    ['users', [...RESOURCE_GRANTS, CURSOR_GRANT]],
    ['groups', [...RESOURCE_GRANTS, CURSOR_GRANT]],
    ['bulk', RESOURCE_GRANTS],
    [
      'search',
      [
        RESOURCE_GRANTS[0],
        EVENTS,
        'dynamodb:PutItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["*#PAGE#*"]}}',
        ...COUNTERS,
        CURSOR_GRANT,
      ],
    ],
    ['discovery', [EVENTS, ...COUNTERS]],
    [
      'readiness',
      [
        'dynamodb:BatchGetItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["????????-????-????-????-????????????#LICENSE"]}}',
        'dynamodb:GetItem on Table.Arn if {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["DOMAIN#*"]}}',
        EVENTS,
        expect.stringMatching(
          /^dynamodb:Query on Table\.Arn if .*\["DOMAIN#\*",".*#NOTICE",".*#RATE",".*#PENDING",".*#SUPPRESSED"\]/,
        ),
        ...COUNTERS,
        'ses:GetAccount on *',
        'ses:GetEmailIdentity on arn:AWS::Partition:ses:AWS::Region:AWS::AccountId:identity/example.com',
      ],
    ],
    ['not-found', [EVENTS, ...COUNTERS]],
  ])('%s', (name, grants) => {
    expect(functions[name] && describeGrants(functions[name])).toEqual(grants);
  });

  it('goes for no managed policy and no other function', () => {
    expect(Object.keys(functions).sort()).toEqual([
      'authorizer',
      'bulk',
      'discovery',
      'groups',
      'not-found',
      'readiness',
      'search',
      'users',
    ]);
    for (const [id, { Properties }] of Object.entries(resourcesOf(template, 'AWS::IAM::Role'))) {
      if (!id.includes('CloudWatchRole')) expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });
});

describe('the environment of each function of the API', () => {
  const API = ['TABLE_NAME', 'RATE_PLANS', 'AUDIT_RETENTION_DAYS'];

  it.each([
    ['authorizer', ['TABLE_NAME', 'KEY_PEPPER_SECRET_ARN']],
    ['users', [...API, 'CURSOR_SECRET_ARN']],
    ['groups', [...API, 'CURSOR_SECRET_ARN']],
    ['bulk', API],
    ['search', [...API, 'CURSOR_SECRET_ARN']],
    ['discovery', API],
    ['readiness', [...API, 'MAIL_IDENTITY', 'DOCS_URL']],
    ['not-found', API],
  ])('%s has %j', (name, variables) => {
    const names = Object.keys(functions[name]?.environment ?? {});
    expect(names.filter((variable) => !variable.startsWith('POWERTOOLS_')).sort()).toEqual(
      [...variables].sort(),
    );
  });

  it('carries the settings', () => {
    const context = { auditRetentionDays: 7, ratePlans: { gallery: null } };
    const { users } = deployedFunctions(synthesize(context).ScimApi);
    expect(users?.environment.AUDIT_RETENTION_DAYS).toBe('7');
    expect(JSON.parse(users?.environment.RATE_PLANS as string)).toEqual({
      ...DEFAULT_RATE_PLANS,
      gallery: null,
    });
  });

  it('names the identity that sends as the stack of the licenses makes it', () => {
    const identityFor = (mailIdentity: string): unknown =>
      deployedFunctions(synthesize({ mailSender: 'keys@mail.example.com', mailIdentity }).ScimApi).readiness
        ?.environment.MAIL_IDENTITY;
    expect(['domain', 'existing', 'address'].map(identityFor)).toEqual([
      'mail.example.com',
      'mail.example.com',
      'keys@mail.example.com',
    ]);
  });
});

describe('the API', () => {
  const api = propertiesOf(template, 'AWS::ApiGateway::RestApi');
  const stage = propertiesOf(template, 'AWS::ApiGateway::Stage');

  it('is regional, and takes API keys from the authorizer', () => {
    expect(api).toMatchObject({
      EndpointConfiguration: { Types: ['REGIONAL'] },
      ApiKeySourceType: 'AUTHORIZER',
      MinimumCompressionSize: 1024,
    });
  });

  it('turns what a function compressed back into bytes, whatever the client accepts', () => {
    expect(api).toMatchObject({ BinaryMediaTypes: ['*/*'] });
  });

  it('is deployed to the stage "scim" and described with a base URL that ends in /scim/v2', () => {
    expect(stage).toMatchObject({ StageName: 'scim' });
    const [stageId] = Object.keys(resourcesOf(template, 'AWS::ApiGateway::Stage'));
    const { baseUrl } = template.findOutputs('baseUrl') as Record<
      string,
      { Value: { 'Fn::Join': [string, unknown[]] } }
    >;
    expect(baseUrl?.Value['Fn::Join'][1].slice(-3)).toEqual(['/', { Ref: stageId }, '/v2']);
  });

  it('logs each request as JSON, without what could hold a key', () => {
    const { Format } = stage.AccessLogSetting as { Format: string };
    expect(JSON.parse(Format)).toMatchObject({
      requestId: '$context.requestId',
      status: '$context.status',
      domainId: '$context.authorizer.domainId',
    });
    expect(Format).not.toMatch(/header|authorization|apiKey|querystring/i);
    expect(stage.MethodSettings).toEqual([
      expect.objectContaining({ DataTraceEnabled: false, LoggingLevel: 'ERROR' }),
    ]);
  });

  it('sets the role for the logs of the account’s API Gateway only where it is asked to', () => {
    expect(Object.keys(resourcesOf(template, 'AWS::ApiGateway::Account'))).toHaveLength(1);
    const without = synthesize({ apiGatewayAccountRole: 'false' }).ScimApi;
    expect(resourcesOf(without, 'AWS::ApiGateway::Account')).toEqual({});
  });

  it('holds no API key: each domain gets its own at run time', () => {
    expect(resourcesOf(template, 'AWS::ApiGateway::ApiKey')).toEqual({});
    expect(resourcesOf(template, 'AWS::ApiGateway::UsagePlanKey')).toEqual({});
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

  it('are one for each rate plan, on the stage', () => {
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

describe('the deployment parameter', () => {
  it('names all that administers the deployment from outside', () => {
    const { Name, Value } = propertiesOf(template, 'AWS::SSM::Parameter');
    expect(Name).toBe('/scim-provisioning/deployment');
    const parts = (Value as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
    const text = parts.map((part) => (typeof part === 'string' ? part : readableReference(part))).join('');
    expect(JSON.parse(text)).toEqual({
      baseUrl: 'https://ScimApi.execute-api.AWS::Region.AWS::URLSuffix/ScimApiDeploymentStagescim/v2',
      licenseCheckUrl:
        'https://LicenseCheckApi.execute-api.AWS::Region.AWS::URLSuffix/LicenseCheckApiDeploymentStagelicense/v1/check',
      tableName: 'Table',
      restApiId: 'ScimApi',
      stageName: 'ScimApiDeploymentStagescim',
      keyPepperSecretArn: 'KeyPepperSecret',
      auditRetentionDays: 365,
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

  it('is not there unless it is asked for', () => {
    expect(resourcesOf(template, 'AWS::ApiGateway::DomainName')).toEqual({});
  });

  it('leads to the stages at the same paths', () => {
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
      ['license', 'LicenseCheckApiDeploymentStagelicense'],
    ]);
  });

  it.each([
    ['baseUrl', 'https://scim.example.com/scim/v2'],
    ['licenseCheckUrl', 'https://scim.example.com/license/v1/check'],
  ])('is part of the %s that the deployment tells', (output, url) => {
    expect(custom.findOutputs(output)[output]?.Value).toBe(url);
    expect(JSON.stringify(propertiesOf(custom, 'AWS::SSM::Parameter').Value)).toContain(url);
    expect(custom.findOutputs('CustomDomainTarget')).not.toEqual({});
  });
});

describe('the alarms of the API', () => {
  it('are two', () => {
    const alarms = Object.values(resourcesOf(template, 'AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties,
    );
    expect(alarms).toEqual([
      expect.objectContaining({ MetricName: '5XXError', Threshold: 5, Statistic: 'Sum', Period: 300 }),
      expect.objectContaining({ Threshold: 0, ComparisonOperator: 'GreaterThanThreshold' }),
    ]);
    expect(JSON.stringify(alarms[1]?.Metrics)).toContain('RateCounterUnavailable');
  });
});

describe('the API stack', () => {
  it('is as it was', () => {
    expect(snapshotOf(stack)).toMatchSnapshot();
  });
});
