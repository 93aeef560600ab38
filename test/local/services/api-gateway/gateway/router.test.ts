import type { Api, Method, Segment } from '../../../../../local/services/api-gateway/api';
import { match } from '../../../../../local/services/api-gateway/gateway/router';

const segment = (part: string): Segment => {
  if (part.endsWith('+}')) return { kind: 'greedy', name: part.slice(1, -2) };
  if (part.startsWith('{')) return { kind: 'parameter', name: part.slice(1, -1) };
  return { kind: 'exact', text: part };
};

/** `'GET,POST /v2/Users'` → a route. */
function api(...routes: string[]): Api {
  return {
    id: 'api',
    name: 'api',
    stage: 'scim',
    stageVariables: {},
    gatewayResponses: new Map(),
    minimumCompressionSize: undefined,
    binaryMediaTypes: [],
    throttle: undefined,
    routes: routes.map((route) => {
      const [methods = '', resourcePath = ''] = route.split(' ');
      const method = (name: string): [string, Method] => [
        name,
        { functionArn: `${name} ${resourcePath}`, authorizerId: undefined, apiKeyRequired: false },
      ];
      const parts = resourcePath.split('/').filter(Boolean);
      return {
        resourceId: resourcePath,
        resourcePath,
        segments: parts.map(segment),
        methods: new Map(methods.split(',').map(method)),
        throttles: new Map(),
      };
    }),
  };
}

const scim = api(
  'ANY /',
  'ANY /{proxy+}',
  'GET,POST /v2/Users',
  'ANY /v2/Users/{id}',
  'GET /v2/Users/me',
  'ANY /v2/Users/{id}/{proxy+}',
);

describe('match', () => {
  it.each([
    ['GET', '/v2/Users', 'GET /v2/Users', null],
    ['POST', '/v2/Users/', 'POST /v2/Users', null],
    ['GET', '/v2//Users', 'GET /v2/Users', null],
    ['GET', '//v2/Users//', 'GET /v2/Users', null],
    ['GET', '/v2/Users//7', 'ANY /v2/Users/{id}', { id: '7' }],
    ['GET', '//', 'ANY /', null],
    ['GET', '/v2/Users/me', 'GET /v2/Users/me', null],
    ['PATCH', '/v2/Users/7', 'ANY /v2/Users/{id}', { id: '7' }],
    ['HEAD', '/v2/Users/7', 'ANY /v2/Users/{id}', { id: '7' }],
    ['OPTIONS', '/v2/Users/7', 'ANY /v2/Users/{id}', { id: '7' }],
    ['GET', '/v2/Users/a%2Fb%20c', 'ANY /v2/Users/{id}', { id: 'a/b c' }],
    ['GET', '/v2/Users/%zz', 'ANY /v2/Users/{id}', { id: '%zz' }],
    ['GET', '/v2/Users/7/x/y', 'ANY /v2/Users/{id}/{proxy+}', { id: '7', proxy: 'x/y' }],
    ['GET', '/v2/users', 'ANY /{proxy+}', { proxy: 'v2/users' }],
    ['GET', '/v2', 'ANY /{proxy+}', { proxy: 'v2' }],
    ['GET', '/', 'ANY /', null],
  ])('routes %s %s to %s', (method, path, target, parameters) => {
    const found = match(scim, method, path);
    expect(found?.method.functionArn).toBe(target);
    expect(found?.pathParameters).toEqual(parameters);
  });

  it('does not fall back to a less specific resource for a missing method', () => {
    expect(match(scim, 'DELETE', '/v2/Users')).toBeUndefined();
    expect(match(scim, 'DELETE', '/v2/Users/me')).toBeUndefined();
  });

  it('does not let a greedy resource catch its own parent', () => {
    expect(match(api('ANY /a/{proxy+}'), 'GET', '/a')).toBeUndefined();
    expect(match(api('ANY /a/{proxy+}'), 'GET', '/a/')).toBeUndefined();
    expect(match(api('ANY /a/{proxy+}'), 'GET', '/a/b')).toBeDefined();
  });

  it('finds nothing if no resource matches', () => {
    expect(match(api('GET /a/{b}'), 'GET', '/a')).toBeUndefined();
    expect(match(api('GET /a/{b}'), 'GET', '/a/b/c')).toBeUndefined();
    expect(match(api('GET /a/{b}/c'), 'GET', '/a//c')).toBeUndefined();
  });
});
