import { deadlineOf, pathBelowBase, principalOf, toScimRequest } from '../../../shared/http/chain/request';
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
      'a name of one’s own with the mapping scim',
      { basePath: '/scim/v2' },
      'https://api.example.com/scim/v2',
      '/Users',
    ],
    ['a name of one’s own without a mapping', { basePath: '/v2' }, 'https://api.example.com/v2', '/Users'],
    ['a mapping of more segments', { basePath: '/a/b/v2' }, 'https://api.example.com/a/b/v2', '/Users'],
    ['a path that holds v2 again', { path: '/Users/v2' }, 'https://api.example.com/scim/v2', '/Users/v2'],
    ['the base URL itself', { path: '' }, 'https://api.example.com/scim/v2', '/'],
    [
      'a scheme that the gateway tells',
      { headers: { 'X-Forwarded-Proto': 'http' } },
      'http://api.example.com/scim/v2',
      '/Users',
    ],
  ])('finds base URL and path of %s', (_, input, baseUrl, path) => {
    expect(request(input)).toMatchObject({ baseUrl, path });
    expect(pathBelowBase(apiEvent(input))).toBe(path);
  });

  it('takes a request that never came below the base URL for its root', () =>
    expect(pathBelowBase(apiEvent({ basePath: '/scim', path: '/v3/Users' }))).toBe('/'));

  it('names headers in lower case, and takes none for an empty map', () => {
    expect(request({ headers: { 'IF-Match': 'W/"1"' } }).headers['if-match']).toBe('W/"1"');
    expect(
      toScimRequest({ ...apiEvent(), headers: null as never }, {}, undefined, requestContextParts()).headers,
    ).toEqual({});
  });

  it('leaves the query as API Gateway decoded it', () =>
    expect(request({ query: { filter: 'displayName eq "100%25"', aadOptscim062020: '' } }).query).toEqual({
      filter: 'displayName eq "100%25"',
      aadOptscim062020: '',
    }));

  it('tells who asks, from where and when', () =>
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
  it('leaves the gateway 5 of its 29 seconds', () =>
    expect(deadlineOf(request({}))).toBe(RECEIVED_AT + 24_000));
});

describe('principalOf', () => {
  it.each([null, {}, { domainId: 'd' }, { keyId: 'k' }])(
    'is 401 without an authorizer’s answer: %p',
    (authorizer) =>
      expect(scimErrorOf(() => principalOf(apiEvent({ authorizer: authorizer as never })))).toMatchObject({
        status: 401,
      }),
  );

  it('is on the standard plan where the answer names none', () =>
    expect(principalOf(apiEvent({ authorizer: { domainId: 'd', keyId: 'k' } }))).toEqual({
      domainId: 'd',
      keyId: 'k',
      keyName: '',
      ratePlan: 'standard',
    }));
});
