import fc from 'fast-check';
import {
  formatClientId,
  formatClientSecret,
  hashClientSecret,
  matchClientSecret,
  parseClientId,
  parseClientSecret,
} from '../../shared/credentials/client-secret';
import { AUTHORIZATION_PATTERN } from '../../shared/credentials/authorization';
import { hashKey, matchHash, newSecret, parseToken } from '../../shared/credentials/scim-key';
import { codePoint } from '../support/arbitraries/code-point';

const secrets = fc.record({ keyId: fc.uuid(), secret: fc.constant(0).map(newSecret) });
const clients = fc.record({ domainId: fc.uuid(), connectionId: fc.uuid() });

describe('a client secret', () => {
  it('is parsed into the parts that it was formatted from', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = formatClientSecret(secret);
        expect(text).toMatch(/^scimsecret_[0-9a-f-]{36}_[0-9A-Za-z]{49}$/);
        expect(parseClientSecret(text)).toEqual(secret);
      }),
    );
  });

  it('is never a bearer token', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = formatClientSecret(secret);
        for (const header of [text, `Bearer ${text}`])
          expect(header).not.toMatch(new RegExp(AUTHORIZATION_PATTERN));
        expect(parseToken(text)).toBeUndefined();
      }),
    );
  });

  it('is refused with any one character mistyped, cut, or with something added', () => {
    fc.assert(
      fc.property(secrets, fc.nat(), codePoint, (secret, position, character) => {
        const text = formatClientSecret(secret);
        const at = position % text.length;
        fc.pre(text[at] !== character);
        expect(parseClientSecret(text.slice(0, at) + character + text.slice(at + 1))).toBeUndefined();
        expect(parseClientSecret(text.slice(0, at))).toBeUndefined();
        expect(parseClientSecret(`${text}\n`)).toBeUndefined();
        expect(parseClientSecret(` ${text}`)).toBeUndefined();
      }),
    );
  });

  it('matches only its own hash, of its own client and credential', () => {
    fc.assert(
      fc.property(clients, secrets, secrets, fc.uuid(), (client, secret, other, id) => {
        const hash = hashClientSecret(client, secret, 'pepper');
        expect(matchClientSecret(client, secret, hash, 'pepper')).toBe(true);
        expect(matchClientSecret(client, { ...secret, secret: other.secret }, hash, 'pepper')).toBe(false);
        expect(matchClientSecret(client, { ...secret, keyId: id }, hash, 'pepper')).toBe(false);
        expect(matchClientSecret({ ...client, domainId: id }, secret, hash, 'pepper')).toBe(false);
        expect(matchClientSecret({ ...client, connectionId: id }, secret, hash, 'pepper')).toBe(false);
        expect(matchClientSecret(client, secret, hash, 'salt')).toBe(false);
        expect(matchClientSecret(client, secret, '', 'pepper')).toBe(false);
      }),
    );
  });

  it('has another hash than a SCIM key with the same ids and the same random part', () => {
    fc.assert(
      fc.property(clients, secrets, (client, { keyId, secret }) => {
        const key = { domainId: client.domainId, keyId, secret };
        expect(
          matchHash(key, hashClientSecret(client, { keyId, secret }, 'pepper'), 'pepper'),
        ).toBeUndefined();
        expect(matchClientSecret(client, { keyId, secret }, hashKey(key, 'pepper'), 'pepper')).toBe(false);
      }),
    );
  });
});

describe('a client id', () => {
  it('names a connection, and has no colon', () => {
    fc.assert(
      fc.property(clients, (client) => {
        expect(formatClientId(client)).not.toContain(':');
        expect(parseClientId(formatClientId(client))).toEqual(client);
      }),
    );
  });

  it('is not any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), (text) => expect(parseClientId(text)).toBeUndefined()),
    );
    const id = '01890a5d-ac96-774b-bcce-b302099a8057';
    for (const text of [
      id,
      `${id}.`,
      `${id}.${id}.`,
      `${id}.${id}\n`,
      `${id}.${id.toUpperCase()}`,
      `${id}:${id}`,
    ])
      expect(parseClientId(text)).toBeUndefined();
  });
});
