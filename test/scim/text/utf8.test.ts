import * as fc from 'fast-check';
import { decodeUtf8 } from '../../../shared/scim/text/utf8';
import { codePoint } from '../../support/arbitraries/code-point';

const BOM = [0xef, 0xbb, 0xbf];

test('well-formed text is decoded as it was encoded', () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint.filter((each) => each !== '\ufeff') }), (text) => {
      expect(decodeUtf8(Buffer.from(text))).toBe(text);
    }),
  );
});

test('one leading byte order mark is dropped, and any other is kept', () => {
  expect(decodeUtf8(Uint8Array.from([...BOM, 0x7b, 0x7d]))).toBe('{}');
  expect(decodeUtf8(Uint8Array.from([...BOM, ...BOM, 0x7b]))).toBe('\ufeff{');
  expect(decodeUtf8(Uint8Array.from([0x7b, ...BOM]))).toBe('{\ufeff');
  expect(decodeUtf8(Uint8Array.from(BOM))).toBe('');
  expect(decodeUtf8(new Uint8Array())).toBe('');
});

test.each([
  ['Latin-1', Buffer.from('Jos\u00e9', 'latin1')],
  ['UTF-16 with a byte order mark', Buffer.from('\ufeff{}', 'utf16le')],
  ['a character that is cut off', Buffer.from('\u20ac').subarray(0, 2)],
  ['a byte order mark that is cut off', Buffer.from(BOM.slice(0, 2))],
  ['a continuation byte without a start', Buffer.from([0x41, 0x80])],
  ['an overlong form', Buffer.from([0xc0, 0xaf])],
  ['an encoded surrogate', Buffer.from([0xed, 0xa0, 0x80])],
  ['a code point above U+10FFFF', Buffer.from([0xf4, 0x90, 0x80, 0x80])],
])('%s is refused, and the next text is decoded', (_, bytes) => {
  expect(decodeUtf8(bytes)).toBeUndefined();
  expect(decodeUtf8(Buffer.from('{}'))).toBe('{}');
});
