import {
  apisFromTemplate,
  authorizersFromTemplate,
  usagePlansFromTemplate,
} from '../../../local/gateway/api-from-template';
import { RESOURCES, resolved } from './fixture-template';

const withProperties = (logicalId: keyof typeof RESOURCES, own: object) => {
  const definition = RESOURCES[logicalId];
  return resolved({
    ...RESOURCES,
    [logicalId]: { ...definition, Properties: { ...definition.Properties, ...own } },
  });
};

describe('apisFromTemplate', () => {
  it('reads the tree of resources with their methods', () => {
    const [api] = apisFromTemplate(resolved());
    expect(api).toMatchObject({
      stage: 'scim',
      minimumCompressionSize: 1000,
      stageVariables: { color: 'blue' },
    });
    const routes = api?.routes.map(
      ({ resourcePath, methods }) => `${[...methods.keys()].join()} ${resourcePath}`,
    );
    expect(routes?.sort()).toEqual([
      'ANY /guarded',
      'ANY /metered',
      'ANY /open',
      'ANY /open/{id}/{proxy+}',
      'GET /open/{id}',
    ]);
    const metered = api?.routes.find(({ resourcePath }) => resourcePath === '/metered')?.methods.get('ANY');
    expect(metered).toMatchObject({
      apiKeyRequired: true,
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:App-Echo',
    });
  });

  it.each([
    ['an integration that is no Lambda proxy', 'OpenAny', { Integration: { Type: 'MOCK' } }, 'OpenAny'],
    [
      'an authorization that it does not do',
      'OpenAny',
      { AuthorizationType: 'AWS_IAM' },
      'AuthorizationType',
    ],
    ['a request validator', 'OpenAny', { RequestValidatorId: 'x' }, 'request validators are not supported'],
    ['keys from a header', 'Api', { ApiKeySourceType: 'HEADER' }, 'from the authorizer only'],
    ['an OpenAPI body', 'Api', { Body: {} }, 'an OpenAPI body is not supported'],
  ] as const)('refuses %s', (_, logicalId, own, message) => {
    expect(() => apisFromTemplate(withProperties(logicalId, own))).toThrow(message);
  });

  it('refuses an authorizer that is not of the kind TOKEN, and quotas', () => {
    expect(() => authorizersFromTemplate(withProperties('Authorizer', { Type: 'REQUEST' }))).toThrow('TOKEN');
    expect(() => usagePlansFromTemplate(withProperties('Standard', { Quota: { Limit: 1 } }))).toThrow(
      'quotas are not supported',
    );
  });
});
