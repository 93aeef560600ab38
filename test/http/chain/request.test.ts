import {
  deadlineOf,
  headerOf,
  lowerCaseNames,
  scimPathOf,
  principalOf,
  toScimRequest,
} from '../../../shared/http/chain/request';
import { scimErrorOf } from '../../support/scim/scim-fixtures';
import {
  apiEvent,
  PRINCIPAL,
  RECEIVED_AT,
  requestContextParts,
  type EventInput,
} from '../../support/requests/api-events';

const request = (input: EventInput) => toScimRequest(apiEvent(input), {}, undefined, requestContextParts());

describe('toScimRequest', () => {
  it.each<[string, EventInput, string, string]>([
    ['the URL of API Gateway, with its stage', {}, 'https://api.example.com/scim/v2', '/Users'],
    [
      'a custom domain with the mapping scim',
      { basePath: '/scim/v2' },
      'https://api.example.com/scim/v2',
      '/Users',
    ],
    ['a custom domain without a mapping', { basePath: '/v2' }, 'https://api.example.com/v2', '/Users'],
    ['a mapping with several segments', { basePath: '/a/b/v2' }, 'https://api.example.com/a/b/v2', '/Users'],
    ['a path that contains v2 again', { path: '/Users/v2' }, 'https://api.example.com/scim/v2', '/Users/v2'],
    ['the base URL itself', { path: '' }, 'https://api.example.com/scim/v2', '/'],
    [
      'a scheme in X-Forwarded-Proto',
      { headers: { 'X-Forwarded-Proto': 'http' } },
      'http://api.example.com/scim/v2',
      '/Users',
    ],
  ])('finds base URL and path of %s', (_, input, baseUrl, path) => {
    expect(request(input)).toMatchObject({ baseUrl, path });
    expect(scimPathOf(apiEvent(input))).toBe(path);
  });

  it('treats a request outside the base URL as one to the base URL', () =>
    expect(scimPathOf(apiEvent({ basePath: '/scim', path: '/v3/Users' }))).toBe('/'));

  it('converts header names to lower case, and accepts missing headers', () => {
    expect(request({ headers: { 'IF-Match': 'W/"1"' } }).headers['if-match']).toBe('W/"1"');
    expect(
      toScimRequest({ ...apiEvent(), headers: null as never }, {}, undefined, requestContextParts()).headers,
    ).toEqual({});
  });

  it('does not decode the query again', () =>
    expect(request({ query: { filter: 'displayName eq "100%25"', aadOptscim062020: '' } }).query).toEqual({
      filter: 'displayName eq "100%25"',
      aadOptscim062020: '',
    }));

  it('refuses a query in which API Gateway replaced a byte', () => {
    const queries: Record<string, string>[] = [{ filter: 'userName eq "m\ufffdller"' }, { '\ufffd': '1' }];
    for (const query of queries)
      expect(scimErrorOf(() => request({ query }))).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
  });

  it('contains the client, its address, and the time', () =>
    expect(request({})).toMatchObject({
      method: 'GET',
      principal: PRINCIPAL,
      requestId: 'request-1',
      receivedAt: RECEIVED_AT,
      sourceAddress: '192.0.2.1',
      userAgent: 'Okta',
      query: {},
    }));
});

describe('deadlineOf', () => {
  it('leaves 5 of API Gateway’s 29 seconds', () =>
    expect(deadlineOf(request({}))).toBe(RECEIVED_AT + 24_000));
});

describe('headerOf', () => {
  it.each([
    [{ 'Content-Type': 'a', Accept: 'b' }, 'a'],
    [{ 'CONTENT-TYPE': 'a', 'content-type': 'b' }, 'b'],
    [{ 'content-type': 'a', 'Content-Type': 'b' }, 'b'],
    [{ Accept: 'b' }, undefined],
    [null, undefined],
  ])('finds the last header with a name in any case: %p', (headers, expected) => {
    const event = { ...apiEvent({}), headers: headers as Record<string, string> };
    expect(headerOf(event, 'content-type')).toBe(expected);
    expect(lowerCaseNames(event.headers)['content-type']).toBe(expected);
  });
});

describe('principalOf', () => {
  it.each([null, {}, { domainId: 'd' }, { keyId: 'k' }])(
    'is 401 without an authorizer’s context: %p',
    (authorizer) =>
      expect(scimErrorOf(() => principalOf(apiEvent({ authorizer: authorizer as never })))).toMatchObject({
        status: 401,
      }),
  );

  it('is on the standard plan if the context names none', () =>
    expect(principalOf(apiEvent({ authorizer: { domainId: 'd', keyId: 'k' } }))).toEqual({
      domainId: 'd',
      keyId: 'k',
      keyName: '',
      connectionId: 'k',
      ratePlan: 'standard',
    }));

  it('has the connection that the authorizer names', () =>
    expect(
      principalOf(apiEvent({ authorizer: { domainId: 'd', keyId: 'k', connectionId: 'c' } })),
    ).toMatchObject({ keyId: 'k', connectionId: 'c' }));
});
