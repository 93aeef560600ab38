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
/** Responses to a wrong SCIM credential, which clients of the token endpoint do not have. */
const SCIM_ONLY = ['UNAUTHORIZED', 'ACCESS_DENIED'];
const responseOf = (type: string) => responses.find(({ ResponseType }) => ResponseType === type) as Response;
const headerOf = ({ ResponseParameters }: Response, name: string) =>
  ResponseParameters[`gatewayresponse.header.${name}`];

/** Returns the body as a client receives it. API Gateway inserts the values of variables without escaping. */
function bodyOf(
  { ResponseTemplates }: Response,
  variables: Record<string, string> = {},
): Record<string, unknown> {
  const template = ResponseTemplates['application/json'] ?? '';
  const filled = template.replace(/\$context\.[\w.]+/g, (name) => variables[name] ?? 'a value');
  return JSON.parse(filled) as Record<string, unknown>;
}

describe('the responses of API Gateway itself', () => {
  it.each(responses)('are SCIM errors: $ResponseType', (response) => {
    expect(bodyOf(response)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: response.StatusCode,
      detail: expect.stringMatching(/\S/) as string,
      ...('scimType' in bodyOf(response) && { scimType: expect.any(String) as string }),
      ...(!SCIM_ONLY.includes(response.ResponseType) && {
        error: expect.any(String) as string,
        error_description: bodyOf(response).detail,
      }),
    });
    expect(headerOf(response, 'Content-Type')).toBe("'application/scim+json'");
    expect(headerOf(response, 'x-request-id')).toBe('context.requestId');
    expect(headerOf(response, 'Cache-Control')).toBe("'no-store'");
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
  ])('have the right status: %s is %s', (type, status) => {
    expect(responseOf(type).StatusCode).toBe(status);
  });

  it.each([
    ['INVALID_API_KEY', 'access_denied'],
    ['WAF_FILTERED', 'access_denied'],
    ['REQUEST_TOO_LARGE', 'invalid_request'],
    ['UNSUPPORTED_MEDIA_TYPE', 'invalid_request'],
    ['BAD_REQUEST_BODY', 'invalid_request'],
    ['DEFAULT_4XX', 'invalid_request'],
    ['THROTTLED', 'temporarily_unavailable'],
    ['QUOTA_EXCEEDED', 'temporarily_unavailable'],
    ['INTEGRATION_TIMEOUT', 'temporarily_unavailable'],
    ['AUTHORIZER_FAILURE', 'server_error'],
    ['INTEGRATION_FAILURE', 'server_error'],
    ['DEFAULT_5XX', 'server_error'],
    ['UNAUTHORIZED', undefined],
    ['ACCESS_DENIED', undefined],
  ])('are also OAuth errors: %s is %s', (type, code) => {
    expect(bodyOf(responseOf(type)).error).toBe(code);
  });

  it('have descriptions of the characters that OAuth permits', () => {
    for (const response of responses.filter(({ ResponseType }) => !SCIM_ONLY.includes(ResponseType)))
      expect(bodyOf(response).error_description).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/);
  });

  it('are exactly these', () => {
    expect(responses).toHaveLength(19);
  });

  it('send a challenge to a client without a valid key', () => {
    const challenged = responses.filter((response) => headerOf(response, 'WWW-Authenticate'));
    expect(challenged.map(({ ResponseType }) => ResponseType)).toEqual(['UNAUTHORIZED']);
    expect(headerOf(responseOf('UNAUTHORIZED'), 'WWW-Authenticate')).toBe('\'Bearer realm="scim"\'');
  });

  it('tell a throttled client when to retry', () => {
    const isTemporary = ({ StatusCode }: { StatusCode: string }) =>
      StatusCode === '429' || Number(StatusCode) >= 500;
    const timed = responses.filter((response) => headerOf(response, 'Retry-After'));
    expect(timed).toEqual(responses.filter(isTemporary));
    expect(timed.map(({ ResponseType }) => ResponseType)).toEqual(
      expect.arrayContaining(['QUOTA_EXCEEDED', 'THROTTLED', 'DEFAULT_5XX', 'INTEGRATION_TIMEOUT']),
    );
    const headers = ['Retry-After', 'RateLimit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
    expect(headers.map((name) => headerOf(responseOf('THROTTLED'), name))).toEqual([
      "'20'",
      '\'"gateway";r=0;t=20\'',
      "'0'",
      "'20'",
    ]);
  });

  it('contain the authorizer’s reason for a denial', () => {
    const reason = 'SCIM is disabled for this domain.';
    expect(bodyOf(responseOf('ACCESS_DENIED'), { '$context.authorizer.reason': reason }).detail).toBe(reason);
  });

  it('contain the request ID if the service failed', () => {
    expect(bodyOf(responseOf('DEFAULT_5XX'), { '$context.requestId': 'c6af9ac6' }).detail).toContain(
      'c6af9ac6',
    );
  });

  it('contain no text from the client', () => {
    for (const { ResponseTemplates } of responses) {
      const variables = ResponseTemplates['application/json']?.match(/\$[\w.]+/g) ?? [];
      for (const variable of variables) {
        expect(['$context.requestId', '$context.authorizer.reason']).toContain(variable);
      }
    }
  });
});
