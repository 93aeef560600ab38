import * as fc from 'fast-check';
import {
  compareCodePoints,
  escapeControls,
  isWellFormed,
  toWellFormed,
  truncate,
} from '../../shared/scim/text';
import { codePoint } from '../support/arbitraries/code-point';

/** Any UTF-16 units, with many halves of surrogate pairs among them. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom(0xd83d, 0xde00), fc.nat(0xffff)))
  .map((units) => String.fromCharCode(...units));
const roundTrip = (text: string) => Buffer.from(text).toString();

describe('isWellFormed', () => {
  it('accepts exactly the texts that UTF-8 preserves', () => {
    fc.assert(fc.property(anyText, (text) => expect(isWellFormed(text)).toBe(roundTrip(text) === text)));
    expect(isWellFormed('a\ud83d')).toBe(false);
    expect(isWellFormed('a\ude00b')).toBe(false);
    expect(isWellFormed('a😀')).toBe(true);
  });
});

describe('toWellFormed', () => {
  it('returns the text that UTF-8 preserves', () => {
    fc.assert(fc.property(anyText, (text) => expect(toWellFormed(text)).toBe(roundTrip(text))));
    expect(toWellFormed('a\ud83d')).toBe('a\ufffd');
  });

  it('leaves no lone surrogate at the cut', () => {
    expect(toWellFormed('ab😀', 3)).toBe('ab\ufffd');
    expect(toWellFormed('ab😀', 4)).toBe('ab😀');
    fc.assert(
      fc.property(anyText, fc.nat(20), (text, maxLength) => {
        const cut = toWellFormed(text, maxLength);
        expect(isWellFormed(cut)).toBe(true);
        expect(cut.length).toBe(Math.min(text.length, maxLength));
      }),
    );
  });
});

describe('compareCodePoints', () => {
  it('orders texts by their UTF-8 bytes, as DynamoDB does', () => {
    const text = fc.string({ unit: codePoint });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });

  it('puts a character beyond U+FFFF after U+FFFD, unlike JavaScript', () => {
    expect(compareCodePoints('😀', '\ufffd')).toBeGreaterThan(0);
    expect('😀' < '\ufffd').toBe(true);
  });

  it('puts a prefix before the whole text', () => {
    expect(compareCodePoints('ab', 'a')).toBeGreaterThan(0);
    expect(compareCodePoints('a', 'ab')).toBeLessThan(0);
    expect(compareCodePoints('ab', 'ab')).toBe(0);
  });
});

describe('truncate', () => {
  it('marks a text that was longer', () => {
    expect(truncate('abc', 3)).toBe('abc');
    expect(truncate('abcd', 3)).toBe('abc…');
    expect(truncate('ab😀', 3)).toBe('ab\ufffd…');
  });
});

describe('escapeControls', () => {
  it('escapes control characters, line separators, and direction controls', () => {
    expect(escapeControls('a\u001b\u0085\u2028\u202e\u2066\u200e\u061c\n😀é')).toBe(
      'a\\u001b\\u0085\\u2028\\u202e\\u2066\\u200e\\u061c\\u000a😀é',
    );
  });

  it('does not change the value of JSON', () => {
    const control = fc.constantFrom('\u0085', '\u009b', '\u202e', '\u2028', '\\', '"', '\u007f');
    fc.assert(
      fc.property(fc.array(fc.oneof(control, anyText)), (texts) => {
        const value = { [texts.join('')]: texts };
        const escaped = escapeControls(JSON.stringify(value));
        expect(escaped).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        expect(JSON.parse(escaped)).toEqual(value);
      }),
    );
  });
});
