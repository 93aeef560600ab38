import { identityOf, parseIdentitySources } from '../../../../../local/services/api-gateway/gateway/identity';
import type { GatewayRequest } from '../../../../../local/services/api-gateway/gateway/request';

const request = {
  headers: [
    ['Api-Key', 'k'],
    ['Empty', ''],
  ],
  context: { identity: { sourceIp: '192.0.2.1', user: null }, stage: 'scim' },
} as unknown as GatewayRequest;
const identity = (text: string) => identityOf(parseIdentitySources(text) ?? [], request);

describe('the identity of a request', () => {
  it.each([
    ['method.request.header.api-key', ['k']],
    ['context.identity.sourceIp', ['192.0.2.1']],
    ['context.stage, method.request.header.Api-Key', ['scim', 'k']],
    ['method.request.header.Empty', undefined],
    ['method.request.header.Api-Key, method.request.header.Missing', undefined],
    ['context.identity.user', undefined],
    ['context.identity', undefined],
    ['context.nothing.at.all', undefined],
  ])('from %s is %j', (text, values) => {
    expect(identity(text)).toEqual(values);
  });

  it.each(['method.request.querystring.a', 'stageVariables.a', 'Api-Key', ''])(
    'cannot come from %j',
    (text) => {
      expect(parseIdentitySources(text)).toBeUndefined();
    },
  );
});
