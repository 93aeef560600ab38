import { filterResources, resourcesOf, synthesize } from '../../synthesize';

interface Response extends Record<string, unknown> {
  readonly ResponseType: string;
  readonly StatusCode: string;
  readonly ResponseParameters: Record<string, string>;
  readonly ResponseTemplates: Record<string, string>;
}

const template = filterResources(synthesize().ScimApi, (logicalId) =>
  logicalId.startsWith('ScimGatewayResponses'),
);
const responses = Object.values(resourcesOf(template, 'AWS::ApiGateway::GatewayResponse')).map(
  ({ Properties }) => Properties as Response,
);
const named = (type: string) => responses.find(({ ResponseType }) => ResponseType === type) as Response;
const headerOf = ({ ResponseParameters }: Response, name: string) =>
  ResponseParameters[`gatewayresponse.header.${name}`];

/** The body as a client gets it: API Gateway puts the values of variables in as they are. */
function bodyOf(
  { ResponseTemplates }: Response,
  variables: Record<string, string> = {},
): Record<string, unknown> {
  const template = ResponseTemplates['application/json'] ?? '';
  const filled = template.replace(/\$context\.[\w.]+/g, (name) => variables[name] ?? 'a value');
  return JSON.parse(filled) as Record<string, unknown>;
}

describe('the answers of API Gateway itself', () => {
  it.each(responses)('are SCIM errors: $ResponseType', (response) => {
    expect(bodyOf(response)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: response.StatusCode,
      detail: expect.stringMatching(/\S/) as string,
      ...('scimType' in bodyOf(response) && { scimType: expect.any(String) as string }),
    });
    expect(headerOf(response, 'Content-Type')).toBe("'application/scim+json'");
    expect(headerOf(response, 'x-request-id')).toBe('context.requestId');
    expect(Object.keys(response.ResponseTemplates)).toEqual(['application/json']);
  });

  it.each([
    ['UNAUTHORIZED', '401'],
    ['ACCESS_DENIED', '403'],
    ['INVALID_API_KEY', '403'],
    ['WAF_FILTERED', '403'],
    ['MISSING_AUTHENTICATION_TOKEN', '404'],
    ['RESOURCE_NOT_FOUND', '404'],
    ['BAD_REQUEST_PARAMETERS', '400'],
    ['BAD_REQUEST_BODY', '400'],
    ['REQUEST_TOO_LARGE', '413'],
    ['UNSUPPORTED_MEDIA_TYPE', '415'],
    ['THROTTLED', '429'],
    ['QUOTA_EXCEEDED', '429'],
    ['API_CONFIGURATION_ERROR', '500'],
    ['AUTHORIZER_CONFIGURATION_ERROR', '500'],
    ['AUTHORIZER_FAILURE', '500'],
    ['INTEGRATION_FAILURE', '502'],
    ['INTEGRATION_TIMEOUT', '504'],
    ['DEFAULT_4XX', '400'],
    ['DEFAULT_5XX', '500'],
  ])('have a status of their own: %s is %s', (type, status) => {
    expect(named(type).StatusCode).toBe(status);
  });

  it('are no more than these', () => {
    expect(responses).toHaveLength(19);
  });

  it('challenge a client without a valid key', () => {
    const challenged = responses.filter((response) => headerOf(response, 'WWW-Authenticate'));
    expect(challenged.map(({ ResponseType }) => ResponseType)).toEqual(['UNAUTHORIZED']);
    expect(headerOf(named('UNAUTHORIZED'), 'WWW-Authenticate')).toBe('\'Bearer realm="scim"\'');
  });

  it('tell a client that is too fast when to come back', () => {
    const timed = responses.filter((response) => headerOf(response, 'Retry-After'));
    expect(timed.map(({ ResponseType }) => ResponseType).sort()).toEqual(['QUOTA_EXCEEDED', 'THROTTLED']);
    const headers = ['Retry-After', 'RateLimit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
    expect(headers.map((name) => headerOf(named('THROTTLED'), name))).toEqual([
      "'20'",
      '\'"gateway";r=0;t=20\'',
      "'0'",
      "'20'",
    ]);
  });

  it('give the reason of the authorizer for a denial', () => {
    const reason = 'SCIM is switched off for this connection.';
    expect(bodyOf(named('ACCESS_DENIED'), { '$context.authorizer.reason': reason }).detail).toBe(reason);
  });

  it('name the request where the service failed', () => {
    expect(bodyOf(named('DEFAULT_5XX'), { '$context.requestId': 'c6af9ac6' }).detail).toContain('c6af9ac6');
  });

  it('put no text of the client into a body', () => {
    for (const { ResponseTemplates } of responses) {
      const variables = ResponseTemplates['application/json']?.match(/\$[\w.]+/g) ?? [];
      for (const variable of variables) {
        expect(['$context.requestId', '$context.authorizer.reason']).toContain(variable);
      }
    }
  });
});
