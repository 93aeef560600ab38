import {
  parseSetError,
  refusalReason,
  refusesStream,
} from '../../../shared/service/security-events/set-error';

it.each<[string, object | undefined]>([
  ['{"err":"invalid_key","description":"No key."}', { err: 'invalid_key', description: 'No key.' }],
  ['{"err":"invalid_request"}', { err: 'invalid_request' }],
  ['{"err":"x","description":5}', { err: 'x' }],
  ['{"err":5}', undefined],
  ['{}', undefined],
  ['null', undefined],
  ['"err"', undefined],
  ['<html>', undefined],
  ['', undefined],
])('reads %j', (body, expected) => {
  expect(parseSetError(Buffer.from(body))).toEqual(expected);
});

it.each([
  ['invalid_request', false],
  ['something_else', false],
  ['invalid_key', true],
  ['invalid_issuer', true],
  ['invalid_audience', true],
  ['authentication_failed', true],
  ['access_denied', true],
])('%s is about the stream: %s', (err, expected) => {
  expect(refusesStream({ err })).toBe(expected);
});

it('a reason has no control characters, and is short', () => {
  expect(refusalReason({ err: 'a\u0000b', description: 'line\r\nnext\u202e\ud800' })).toBe(
    'The receiver refused the token (a b): line next',
  );
  expect(refusalReason({ err: 'x'.repeat(1_000), description: '😀'.repeat(1_000) }).length).toBeLessThan(400);
  expect(refusalReason(undefined)).toBe('The receiver refused the token (unknown)');
});
