import {
  basic,
  createOAuthClient,
  FORM,
  formOf,
  GRANT,
  type OAuthClient,
  postForm,
  tokenUrl,
} from '../../support/oauth/token-client';
import { expectScimError } from '../../support/requests/scim-error';
import { createDomainClient, type DomainClient } from '../../support/system/system';

let domain: DomainClient;
let client: OAuthClient;
beforeAll(async () => {
  domain = await createDomainClient();
  client = await createOAuthClient(domain.domainId);
});

const inForm = (more?: Record<string, string | undefined>) => formOf(client, more);

describe('a malformed request is refused with an OAuth error, and not with a token', () => {
  it.each<[string, () => ReturnType<typeof postForm>, number, string, RegExp]>([
    ['GET', () => postForm('', {}, 'GET'), 405, 'invalid_request', /GET is not allowed/],
    ['PUT', () => postForm(inForm(), {}, 'PUT'), 405, 'invalid_request', /PUT is not allowed/],
    [
      'JSON',
      () => postForm(JSON.stringify(inForm()), { 'content-type': 'application/json' }),
      400,
      'invalid_request',
      /as a form/,
    ],
    ['no body', () => postForm(''), 401, 'invalid_client', /does not authenticate the client/],
    [
      'no grant type',
      () => postForm(inForm({ grant_type: undefined })),
      400,
      'invalid_request',
      /grant_type/,
    ],
    ['an empty grant type', () => postForm(inForm({ grant_type: '' })), 400, 'invalid_request', /grant_type/],
    [
      'another grant type',
      () => postForm(inForm({ grant_type: 'password' })),
      400,
      'unsupported_grant_type',
      /only one/,
    ],
    [
      'no client id',
      () => postForm(inForm({ client_id: undefined })),
      401,
      'invalid_client',
      /does not authenticate/,
    ],
    [
      'a repeated parameter',
      () => postForm(`${new URLSearchParams(GRANT).toString()}&scope=a&scope=b`),
      400,
      'invalid_request',
      /occurs twice/,
    ],
    ['a broken escape', () => postForm('grant_type=%E0%A4%A'), 400, 'invalid_request', /not a valid form/],
    [
      'a body that is not UTF-8',
      () => postForm('grant_type=%ff'),
      400,
      'invalid_request',
      /not a valid form/,
    ],
    [
      'a very long body',
      () => postForm(inForm({ scope: 'x'.repeat(30_000) })),
      400,
      'invalid_request',
      /larger than/,
    ],
    [
      'Basic and a secret in the form',
      () => postForm(inForm(), { authorization: basic(client.clientId, client.clientSecret) }),
      400,
      'invalid_request',
      /more than one way/,
    ],
    [
      'a secret and an assertion',
      () => postForm(inForm({ client_assertion: 'x.y.z' })),
      400,
      'invalid_request',
      /more than one way/,
    ],
    [
      'an assertion of no type',
      () => postForm({ ...GRANT, client_assertion: 'x.y.z' }),
      400,
      'invalid_request',
      /client_assertion_type/,
    ],
    [
      'a type without an assertion',
      () => postForm(inForm({ client_assertion_type: 'x' })),
      400,
      'invalid_request',
      /without a client_assertion/,
    ],
    [
      'two client ids',
      () =>
        postForm(
          { ...GRANT, client_id: 'other' },
          { authorization: basic(client.clientId, client.clientSecret) },
        ),
      400,
      'invalid_request',
      /another client_id/,
    ],
    [
      'a bearer token',
      () => postForm(GRANT, { authorization: `Bearer ${domain.scimKey}` }),
      401,
      'invalid_client',
      /HTTP Basic/,
    ],
    [
      'Basic without a colon',
      () => postForm(GRANT, { authorization: `Basic ${btoa('x')}` }),
      401,
      'invalid_client',
      /HTTP Basic/,
    ],
    [
      'Basic that is not base64',
      () => postForm(GRANT, { authorization: 'Basic ~~~' }),
      401,
      'invalid_client',
      /HTTP Basic/,
    ],
    [
      'a body with parameters without values',
      () => postForm('grant_type&client_id&client_secret'),
      401,
      'invalid_client',
      /does not authenticate/,
    ],
  ])('%s', async (_, send, status, error, description) => {
    const response = await send();
    expect(response.status).toBe(status);
    expect(response.body).toEqual({ error, error_description: expect.stringMatching(description) as string });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(response.body)).not.toContain(client.clientSecret);
  });

  it('with parameters in the URL, which is logged', async () => {
    const query = new URLSearchParams(formOf(client)).toString();
    const response = await fetch(`${tokenUrl()}?${query}`, {
      method: 'POST',
      headers: { 'content-type': FORM },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain(client.clientSecret);
  });
});

it('an error of API Gateway itself has the members of an OAuth error and of a SCIM error', async () => {
  const response = await postForm(inForm({ scope: 'x'.repeat(7 * 1024 * 1024) }));
  expectScimError(response, 413);
  expect(response.body).toMatchObject({
    error: 'invalid_request',
    error_description: expect.stringContaining('too large') as string,
  });
});
