import {
  apiKeysFromTemplate,
  apisFromTemplate,
  authorizersFromTemplate,
  usagePlansFromTemplate,
} from '../../../../local/services/api-gateway/api-from-template';
import { apiResources, RESOURCES } from './fixture-template';

const withProperties = (logicalId: keyof typeof RESOURCES, own: object) => {
  const definition = RESOURCES[logicalId];
  return apiResources({
    ...RESOURCES,
    [logicalId]: { ...definition, Properties: { ...definition.Properties, ...own } },
  });
};

describe('apisFromTemplate', () => {
  it('reads the tree of resources with their methods', () => {
    const [api] = apisFromTemplate(apiResources());
    expect(api).toMatchObject({
      stage: 'scim',
      minimumCompressionSize: 1000,
      stageVariables: { color: 'blue' },
    });
    const routes = api?.routes.map(
      ({ resourcePath, methods }) => `${[...methods.keys()].join()} ${resourcePath}`,
    );
    expect(routes?.sort()).toEqual([
      'ANY /asked',
      'ANY /guarded',
      'ANY /metered',
      'ANY /open',
      'ANY /open/{id}/{proxy+}',
      'GET /open/{id}',
      'GET,ANY /limited',
    ]);
    const metered = api?.routes.find(({ resourcePath }) => resourcePath === '/metered')?.methods.get('ANY');
    expect(metered).toMatchObject({
      apiKeyRequired: true,
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:App-Echo',
    });
  });

  it.each([
    ['an integration other than a Lambda proxy', 'OpenAny', { Integration: { Type: 'MOCK' } }, 'OpenAny'],
    ['an unsupported authorization', 'OpenAny', { AuthorizationType: 'AWS_IAM' }, 'AuthorizationType'],
    ['a request validator', 'OpenAny', { RequestValidatorId: 'x' }, 'request validators are not supported'],
    ['keys from a header', 'Api', { ApiKeySourceType: 'HEADER' }, 'only the authorizer can provide API keys'],
    [
      'settings of one method',
      'Stage',
      { MethodSettings: [{ HttpMethod: 'GET', ResourcePath: '/*' }] },
      'settings of one method are not supported',
    ],
    [
      'settings of one resource',
      'Stage',
      { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/~1open' }] },
      'nor those of one resource',
    ],
    [
      'settings of the method ANY',
      'Stage',
      { MethodSettings: [{ HttpMethod: 'ANY', ResourcePath: '/~1open' }] },
      'list each HTTP method',
    ],
    ['an OpenAPI body', 'Api', { Body: {} }, 'an OpenAPI body is not supported'],
  ] as const)('refuses %s', (_, logicalId, own, message) => {
    expect(() => apisFromTemplate(withProperties(logicalId, own))).toThrow(message);
  });

  it('reads the limit of each method of the stage', () => {
    const settings = { HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'OFF' };
    const limited = { ...settings, ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 };
    const throttleBy = (MethodSettings: object[]) =>
      apisFromTemplate(withProperties('Stage', { MethodSettings }))[0]?.throttle;
    expect(throttleBy([limited])).toEqual({ rate: 5, burst: 10 });
    expect(throttleBy([settings])).toBeUndefined();
  });

  it('reads the limit of one method, which replaces that of the stage', () => {
    const all = { HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 10 };
    const one = {
      HttpMethod: 'GET',
      ResourcePath: '/~1open~1{id}',
      ThrottlingRateLimit: 1,
      ThrottlingBurstLimit: 2,
    };
    const [api] = apisFromTemplate(withProperties('Stage', { MethodSettings: [all, one] }));
    const throttles = api?.routes.flatMap(({ resourcePath, throttles }) =>
      [...throttles].map(([method, throttle]) => [`${method} ${resourcePath}`, throttle] as const),
    );
    expect(api?.throttle).toEqual({ rate: 5, burst: 10 });
    expect(throttles).toEqual([['GET /open/{id}', { rate: 1, burst: 2 }]]);
  });

  it('reads TOKEN and REQUEST authorizers', () => {
    expect(authorizersFromTemplate(apiResources())).toMatchObject([
      { type: 'TOKEN', identitySources: [{ from: 'header', name: 'Authorization' }], ttlSeconds: 300 },
      {
        type: 'REQUEST',
        identitySources: [
          { from: 'header', name: 'Api-Key' },
          { from: 'context', name: 'identity.sourceIp' },
        ],
      },
    ]);
  });

  it('reads the API keys of the template with their usage plans', () => {
    const [, unmetered] = usagePlansFromTemplate(apiResources());
    expect(apiKeysFromTemplate(apiResources())).toEqual([
      {
        id: expect.any(String) as string,
        value: 'key-of-the-template-itself',
        enabled: true,
        planIds: [unmetered?.id],
      },
    ]);
  });

  it('refuses an API key whose value AWS generates, and unsupported identity sources', () => {
    expect(() => apiKeysFromTemplate(withProperties('TemplateKey', { Value: undefined }))).toThrow(
      'a value that AWS generates is not supported',
    );
    const IdentitySource = 'method.request.querystring.key';
    expect(() => authorizersFromTemplate(withProperties('RequestAuthorizer', { IdentitySource }))).toThrow(
      'something other than headers and context variables',
    );
  });

  it('refuses unsupported types of authorizers, and quotas', () => {
    const pools = { Type: 'COGNITO_USER_POOLS' };
    expect(() => authorizersFromTemplate(withProperties('Authorizer', pools))).toThrow('TOKEN');
    expect(() => usagePlansFromTemplate(withProperties('Standard', { Quota: { Limit: 1 } }))).toThrow(
      'quotas are not supported',
    );
  });
});
