import {
  isBinaryResponse,
  isBinaryBody,
} from '../../../../../local/services/api-gateway/gateway/binary-media-types';

describe('an API whose binary types are */*', () => {
  it.each([
    [[]],
    [[['Content-Type', 'application/json']]],
    [[['content-type', 'a/b; charset=utf-8']]],
  ] as const)('encodes every body in base64: %j', (headers) =>
    expect(isBinaryBody(headers, ['*/*'])).toBe(true),
  );

  it.each([[[]], [[['Accept', '*/*']]], [[['accept', 'text/html, */*;q=0.1']]], [[['Accept', '']]]] as const)(
    'decodes every response, whatever the client accepts: %j',
    (headers) => {
      expect(isBinaryResponse('application/scim+json', headers, ['*/*'])).toBe(true);
      expect(isBinaryResponse(undefined, headers, ['*/*'])).toBe(true);
    },
  );
});

it('an API without binary types does neither', () => {
  expect(isBinaryBody([['Content-Type', 'image/png']], [])).toBe(false);
  expect(isBinaryResponse('image/png', [['Accept', 'image/png']], [])).toBe(false);
});
