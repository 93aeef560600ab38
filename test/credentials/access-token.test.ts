import fc from 'fast-check';
import {
  formatAccessToken,
  verifyAccessToken,
  type AccessToken,
} from '../../shared/credentials/access-token';
import type { CurrentSecret } from '../../shared/credentials/secret-versions';
import { fromBase62, toBase62 } from '../../shared/credentials/base62';
import { AUTHORIZATION_PATTERN } from '../../shared/credentials/authorization';
import { formatToken, hashKey, matchHash, newSecret, parseToken } from '../../shared/credentials/scim-key';

const version = (text: string, id = 1) => ({ id, text, from: -Infinity });
const only = (text: string): CurrentSecret => ({ issuing: version(text), accepted: [version(text)] });
const SECRET = only('the secret of access tokens');
const tokens = fc.record({
  domainId: fc.uuid(),
  keyId: fc.uuid(),
  expiresAt: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});
const parts = (token: AccessToken) => parseToken(formatAccessToken(token, SECRET))!;

describe('an access token', () => {
  it('is accepted under each of the accepted secrets, and issued under one', () => {
    const secrets = { issuing: version('b', 2), accepted: [version('b', 2), version('a')] };
    fc.assert(
      fc.property(tokens, (token) => {
        for (const { text } of secrets.accepted)
          expect(verifyAccessToken(parseToken(formatAccessToken(token, only(text)))!, secrets)).toBe(
            token.expiresAt,
          );
        const issued = parseToken(formatAccessToken(token, secrets))!;
        expect(verifyAccessToken(issued, only('b'))).toBe(token.expiresAt);
        expect(verifyAccessToken(issued, only('a'))).toBeUndefined();
      }),
    );
  });

  it('has the form of a SCIM key, and is verified with its expiry', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const text = formatAccessToken(token, SECRET);
        expect(`Bearer ${text}`).toMatch(new RegExp(AUTHORIZATION_PATTERN));
        expect(verifyAccessToken(parseToken(text)!, SECRET)).toBe(token.expiresAt);
      }),
    );
  });

  it('is refused with another domain, another credential, or under another secret', () => {
    fc.assert(
      fc.property(tokens, fc.uuid(), (token, other) => {
        fc.pre(other !== token.domainId && other !== token.keyId);
        expect(verifyAccessToken({ ...parts(token), domainId: other }, SECRET)).toBeUndefined();
        expect(verifyAccessToken({ ...parts(token), keyId: other }, SECRET)).toBeUndefined();
        expect(verifyAccessToken(parts(token), only(`${SECRET.issuing.text}.`))).toBeUndefined();
      }),
    );
  });

  it('is refused if its ids are swapped', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        fc.pre(token.domainId !== token.keyId);
        const { domainId, keyId, secret } = parts(token);
        expect(verifyAccessToken({ domainId: keyId, keyId: domainId, secret }, SECRET)).toBeUndefined();
      }),
    );
  });

  it('is refused with any bit of its secret changed, such as a later expiry', () => {
    fc.assert(
      fc.property(tokens, fc.integer({ min: 0, max: 255 }), (token, bit) => {
        const { secret, ...ids } = parts(token);
        const changed = toBase62(fromBase62(secret) ^ (1n << BigInt(bit)), secret.length);
        expect(verifyAccessToken({ ...ids, secret: changed }, SECRET)).toBeUndefined();
      }),
    );
  });

  it('is refused if a number of more than 256 bits has the same bits', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const { secret, ...ids } = parts(token);
        const longer = fromBase62(secret) + (1n << 256n);
        fc.pre(longer < 62n ** 43n);
        expect(verifyAccessToken({ ...ids, secret: toBase62(longer, 43) }, SECRET)).toBeUndefined();
      }),
    );
  });

  it('is not forged from a random secret, and is not accepted as a SCIM key', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const { domainId, keyId } = token;
        const random = parseToken(formatToken({ domainId, keyId, secret: newSecret() }))!;
        expect(verifyAccessToken(random, SECRET)).toBeUndefined();
        const hash = hashKey(random, SECRET.issuing.text);
        expect(matchHash(parts(token), hash, SECRET.issuing.text)).toBeUndefined();
      }),
    );
  });
});
