import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { formatToken, hashKey, matchHash, newSecret, parseToken } from '../../shared/credentials/scim-key';
import { codePoint } from '../support/arbitraries/code-point';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secrets = fc.string({ unit: fc.constantFrom(...BASE62), minLength: 43, maxLength: 43 });
const parts = fc.record({ domainId: fc.uuid(), keyId: fc.uuid(), secret: secrets });

describe('a token', () => {
  it('is parsed into the parts that it was formatted from', () => {
    fc.assert(fc.property(parts, (token) => expect(parseToken(formatToken(token))).toEqual(token)));
  });

  it('matches the pattern of secret scanners, and a double click selects a whole part', () => {
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
      fc.property(parts, fc.nat(), typed, (token, position, character) => {
        const text = formatToken(token);
        const at = position % text.length;
        fc.pre(text[at] !== character);
        expect(parseToken(text.slice(0, at) + character + text.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused if two adjacent characters are swapped, if it is cut, or if something is added', () => {
    fc.assert(
      fc.property(parts, fc.nat(), (token, position) => {
        const text = formatToken(token);
        const at = position % (text.length - 1);
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

  it('never throws, whatever the text is', () => {
    fc.assert(fc.property(fc.string({ unit: codePoint }), (text) => void parseToken(text)));
    expect(parseToken(`scim_${'_'.repeat(100_000)}`)).toBeUndefined();
  });
});

describe('a secret', () => {
  it('has 43 characters of base 62 and is different each time', () => {
    const created = Array.from({ length: 200 }, newSecret);
    for (const secret of created) expect(secret).toMatch(/^[0-9A-Za-z]{43}$/);
    expect(new Set(created).size).toBe(created.length);
  });
});

describe('a hash', () => {
  it('only matches its own key with the same pepper', () => {
    fc.assert(
      fc.property(parts, parts, (token, other) => {
        fc.pre(token.secret !== other.secret && token.keyId !== other.keyId);
        fc.pre(token.domainId !== other.domainId);
        const hash = hashKey(token, 'pepper');
        expect(hash).toMatch(/^[\w-]{43}$/);
        expect(matchHash(token, hash, 'pepper')).toBe('bound');
        expect(matchHash({ ...token, secret: other.secret }, hash, 'pepper')).toBeUndefined();
        expect(matchHash({ ...token, keyId: other.keyId }, hash, 'pepper')).toBeUndefined();
        expect(matchHash({ ...token, domainId: other.domainId }, hash, 'pepper')).toBeUndefined();
        expect(matchHash(token, hash, 'salt')).toBeUndefined();
      }),
    );
  });

  it('also matches in the form that covers only the secret', () => {
    fc.assert(
      fc.property(parts, secrets, (token, other) => {
        fc.pre(token.secret !== other);
        const hash = createHmac('sha256', 'pepper').update(token.secret).digest('base64url');
        expect(matchHash(token, hash, 'pepper')).toBe('unbound');
        expect(matchHash({ ...token, secret: other }, hash, 'pepper')).toBeUndefined();
      }),
    );
  });

  it('does not match a text that is not a hash', () => {
    const token = { domainId: 'd', keyId: 'k', secret: 'x' };
    expect(matchHash(token, '', 'pepper')).toBeUndefined();
  });
});
