import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import {
  isMetadataRequest,
  metadataHandler,
  serverMetadata,
} from '../../../shared/http/token/metadata-handler';

const event = (resource: string, httpMethod = 'GET') =>
  ({
    httpMethod,
    resource,
    headers: { 'X-Forwarded-Proto': 'https' },
    requestContext: { requestId: 'r', domainName: 'scim.example.com', stage: 'scim' },
  }) as unknown as APIGatewayProxyEvent;

const RESOURCES = ['/.well-known/oauth-authorization-server', '/oauth-authorization-server/scim'];

it.each(RESOURCES)('the metadata at %s names the issuer by its address and stage', async (resource) => {
  expect(isMetadataRequest(event(resource))).toBe(true);
  const { statusCode, headers, body } = await metadataHandler(() => 'docs')(event(resource), {} as Context);
  expect([statusCode, headers?.['content-type']]).toEqual([200, 'application/json']);
  expect(JSON.parse(body)).toMatchObject({
    issuer: 'https://scim.example.com/scim',
    token_endpoint: 'https://scim.example.com/scim/oauth2/token',
    scopes_supported: ['scim'],
  });
});

it('only GET of these resources is a request for metadata', () => {
  expect(isMetadataRequest(event('/v2/ServiceProviderConfig'))).toBe(false);
  for (const resource of RESOURCES) expect(isMetadataRequest(event(resource, 'POST'))).toBe(false);
});

it('the metadata links to the documentation if it is published at a URL', () => {
  expect(serverMetadata('https://scim.example.com/scim', 'https://docs.example.com/scim')).toMatchObject({
    service_documentation: 'https://docs.example.com/scim/api.md',
  });
});
