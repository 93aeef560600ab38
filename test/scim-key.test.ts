import fc from 'fast-check';
import { formatToken, hashSecret, newSecret, parseToken, secretMatches } from '../shared/scim-key';
import { codePoint } from './support/arbitraries/code-point';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secrets = fc.string({ unit: fc.constantFrom(...BASE62), minLength: 43, maxLength: 43 });
const parts = fc.record({ domainId: fc.uuid(), keyId: fc.uuid(), secret: secrets });

describe('a token', () => {
  it('gives back what it was made of', () => {
    fc.assert(fc.property(parts, (token) => expect(parseToken(formatToken(token))).toEqual(token)));
  });

  it('is found by a scanner, and unbroken by a double click on each part', () => {
    fc.assert(
      fc.property(parts, (token) => {
        expect(formatToken(token)).toMatch(/^scim_[0-9a-f-]{36}_[0-9a-f-]{36}_[0-9A-Za-z]{49}$/);
      }),
    );
  });

  it('is refused with any one character mistyped', () => {
    const typed = fc.oneof(
      fc.constantFrom(...BASE62, '-', '_', ' '),
      fc.string({ unit: 'grapheme', maxLength: 1 }),
    );
    fc.assert(
      fc.property(parts, fc.nat(), typed, (token, where, character) => {
        const text = formatToken(token);
        const at = where % text.length;
        fc.pre(text[at] !== character);
        expect(parseToken(text.slice(0, at) + character + text.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused with two neighbouring characters exchanged, cut, or with something behind it', () => {
    fc.assert(
      fc.property(parts, fc.nat(), (token, where) => {
        const text = formatToken(token);
        const at = where % (text.length - 1);
        const [first = '', second = ''] = text.slice(at, at + 2);
        if (first !== second) {
          expect(parseToken(text.slice(0, at) + second + first + text.slice(at + 2))).toBeUndefined();
        }
        expect(parseToken(text.slice(0, at))).toBeUndefined();
        expect(parseToken(`${text}\n`)).toBeUndefined();
        expect(parseToken(` ${text}`)).toBeUndefined();
      }),
    );
  });

  it('is never an exception, whatever is sent', () => {
    fc.assert(fc.property(fc.string({ unit: codePoint }), (text) => void parseToken(text)));
    expect(parseToken(`scim_${'_'.repeat(100_000)}`)).toBeUndefined();
  });
});

describe('a secret', () => {
  it('is 43 characters of base 62, another one each time', () => {
    const made = Array.from({ length: 200 }, newSecret);
    for (const secret of made) expect(secret).toMatch(/^[0-9A-Za-z]{43}$/);
    expect(new Set(made).size).toBe(made.length);
  });

  it('matches its own hash under the same pepper alone', () => {
    fc.assert(
      fc.property(secrets, secrets, (secret, other) => {
        fc.pre(secret !== other);
        const hash = hashSecret(secret, 'pepper');
        expect(hash).toMatch(/^[\w-]{43}$/);
        expect(secretMatches(secret, hash, 'pepper')).toBe(true);
        expect(secretMatches(other, hash, 'pepper')).toBe(false);
        expect(secretMatches(secret, hash, 'salt')).toBe(false);
      }),
    );
  });

  it('does not match what is no hash', () => expect(secretMatches('x', '', 'pepper')).toBe(false));
});
