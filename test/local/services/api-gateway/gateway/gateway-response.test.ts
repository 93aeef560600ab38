import type { GatewayResponseDefinition } from '../../../../../local/services/api-gateway/api';
import { renderGatewayResponse } from '../../../../../local/services/api-gateway/gateway/gateway-response';
import type { RequestContext } from '../../../../../local/services/api-gateway/gateway/request';

const context = {
  requestId: 'r-1',
  identity: {},
  authorizer: { reason: 'It is off.' },
} as unknown as RequestContext;

function render(
  type: Parameters<typeof renderGatewayResponse>[0],
  definitions: Record<string, Partial<GatewayResponseDefinition>> = {},
) {
  const full = Object.entries(definitions).map(
    ([name, own]) => [name, { status: undefined, parameters: {}, templates: {}, ...own }] as const,
  );
  const { status, headers, body } = renderGatewayResponse(type, new Map(full), context);
  return { status, headers: Object.fromEntries(headers), body: body.toString() };
}

describe('renderGatewayResponse', () => {
  it('renders the defaults of API Gateway if the template defines nothing', () => {
    expect(render('MISSING_AUTHENTICATION_TOKEN')).toEqual({
      status: 403,
      headers: {
        'Content-Type': 'application/json',
        'x-amzn-ErrorType': 'MissingAuthenticationTokenException',
      },
      body: '{"message":"Missing Authentication Token"}',
    });
    expect(render('AUTHORIZER_FAILURE').body).toBe('{"message":null}');
  });

  it('uses status, headers and body of the template', () => {
    const response = render('ACCESS_DENIED', {
      ACCESS_DENIED: {
        status: 403,
        parameters: {
          'gatewayresponse.header.Content-Type': "'application/scim+json'",
          'gatewayresponse.header.x-request-id': 'context.requestId',
          'gatewayresponse.header.x-unknown': 'context.nothing',
        },
        templates: {
          'application/json': '{"detail":"$context.authorizer.reason Ask about $context.requestId."}',
        },
      },
    });
    expect(response.headers).toMatchObject({
      'Content-Type': 'application/scim+json',
      'x-request-id': 'r-1',
    });
    expect(response.headers).not.toHaveProperty('x-unknown');
    expect(response.body).toBe('{"detail":"It is off. Ask about r-1."}');
  });

  it('supports the error variables, and leaves unknown variables empty', () => {
    const templates = {
      'application/json':
        '$context.error.messageString|$context.error.message|$context.error.responseType|$context.no.such|',
    };
    expect(render('THROTTLED', { THROTTLED: { templates } }).body).toBe(
      '"Too Many Requests"|Too Many Requests|THROTTLED||',
    );
  });

  it('falls back to the default response of its class, and to its status if it has one', () => {
    const templates = { 'application/json': 'mine' };
    expect(render('THROTTLED', { DEFAULT_4XX: { templates } })).toMatchObject({ status: 429, body: 'mine' });
    expect(render('THROTTLED', { DEFAULT_4XX: { templates, status: 400 } }).status).toBe(400);
    expect(render('INTEGRATION_TIMEOUT', { DEFAULT_4XX: { templates } }).status).toBe(504);
    expect(render('INTEGRATION_TIMEOUT', { DEFAULT_5XX: { templates } }).body).toBe('mine');
  });
});
