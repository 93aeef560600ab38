import { issuerUrl, metadataUrl, tokenUrl } from '../../support/oauth/token-client';
import { createDomainClient, session } from '../../support/system/system';

describe('the metadata of the authorization server', () => {
  it('is open, and names the token endpoint', async () => {
    const response = await fetch(metadataUrl());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({
      issuer: issuerUrl(),
      token_endpoint: tokenUrl(),
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'ES256'],
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: ['scim'],
    });
  });

  it('is only read, and nothing is next to it', async () => {
    expect((await fetch(metadataUrl(), { method: 'POST' })).status).toBe(401);
    const { scimKey } = await createDomainClient();
    const headers = { authorization: `Bearer ${scimKey}` };
    for (const url of [
      `${metadataUrl()}/v2`,
      `${issuerUrl()}/.well-known`,
      `${issuerUrl()}/.well-known/openid-configuration`,
      `${issuerUrl()}/oauth2`,
      `${issuerUrl()}/oauth2/authorize`,
      `${tokenUrl()}/v2`,
      `${issuerUrl()}/oauth-authorization-server`,
    ])
      expect([url, (await fetch(url, { headers })).status]).toEqual([url, 404]);
  });
});

it('ServiceProviderConfig lists OAuth after the SCIM key', async () => {
  const response = await fetch(`${session().baseUrl}/ServiceProviderConfig`);
  const { authenticationSchemes } = (await response.json()) as { authenticationSchemes: object[] };
  expect(authenticationSchemes).toMatchObject([
    { type: 'oauthbearertoken', primary: true },
    { type: 'oauth2', primary: false, specUri: 'https://www.rfc-editor.org/info/rfc6749' },
  ]);
});
