import { createHmac } from 'node:crypto';
import { formatToken, hashKey, newSecret, parseToken } from '../../../shared/credentials/scim-key';
import { newId } from '../../../shared/id';
import { formatAccessToken } from '../../../shared/credentials/access-token';
import { authenticate, type TokenSecrets } from '../../../shared/service/credentials/authenticate';
import { DomainStore, type Domain } from '../../../shared/store/domains/domain-store';
import type { Credential } from '../../../shared/store/credentials/credential';
import { CredentialStore } from '../../../shared/store/credentials/credential-store';
import { onlyVersion, twoVersions } from '../../support/service/secret-versions';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { auditEvent, domainRecord, RETENTION_DAYS } from '../../support/store/records';
import { storeKey } from '../../support/store/store-key';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const PEPPER = 'pepper';
const ACCESS_TOKEN_SECRET = onlyVersion('access tokens');
const SECRETS: TokenSecrets = {
  peppers: () => Promise.resolve(onlyVersion(PEPPER)),
  accessTokens: () => Promise.resolve(ACCESS_TOKEN_SECRET),
};

let front: EngineProxy;
let keys: CredentialStore;
let domains: DomainStore;
let domainId: string;
let domain: Domain;
const secret = newSecret();

beforeAll(async () => {
  front = await startEngineProxy();
  keys = new CredentialStore(front.table);
  domains = new DomainStore(front.table, RETENTION_DAYS);
});
afterAll(() => front.close());
beforeEach(async () => {
  domainId = newId();
  domain = domainRecord({ domainId });
  await domains.create(domain, auditEvent('domain.created', domainId));
});

/** Stores a key, and returns its token. */
async function token(more: Partial<Credential> = {}): Promise<string> {
  const keyId = newId();
  const key = {
    keyId,
    type: 'scim-key' as const,
    connectionId: keyId,
    name: 'Okta',
    hash: hashKey({ domainId, keyId, secret }, PEPPER),
    createdAt: NOW.toISOString(),
    ...more,
  };
  await storeKey(front.table, domainId, key);
  front.takeOperations();
  return formatToken({ domainId, keyId, secret });
}

const check = (text: string, now = NOW) => authenticate(text, keys, SECRETS, now);
const afterMs = (ms: number) => new Date(NOW.getTime() + ms);

/** Returns the store, which revokes the key of `text` as soon as it was read. */
const revokedAfterRead = (text: string) => ({
  get: keys.get.bind(keys),
  domain: async (id: string) => {
    const found = await keys.domain(id);
    const [, , keyId = ''] = text.split('_');
    await keys.revoke(domainId, keyId, auditEvent('key.revoked', keyId), RETENTION_DAYS);
    return found;
  },
  isUsable: keys.isUsable.bind(keys),
  recordUse: keys.recordUse.bind(keys),
});

describe('authenticate', () => {
  it('grants a valid key with its domain, by two reads and one write of its use', async () => {
    const text = await token();
    expect(await check(text)).toMatchObject({ kind: 'granted', domain: { domainId }, key: { name: 'Okta' } });
    expect(front.takeOperations()).toEqual(['GetItem', 'GetItem', 'UpdateItem']);
  });

  it('records a use at most once a minute', async () => {
    const text = await token();
    await check(text);
    await check(text, afterMs(59_999));
    expect(front.takeOperations()).toEqual([
      'GetItem',
      'GetItem',
      'UpdateItem',
      'GetItem',
      'GetItem',
      'GetItem',
    ]);
    await check(text, afterMs(60_001));
    expect(front.takeOperations()).toEqual(['GetItem', 'GetItem', 'UpdateItem']);
  });

  it.each([
    ['empty', () => ''],
    ['cut off', (text: string) => text.slice(0, -1)],
    ['mistyped', (text: string) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['in upper case', (text: string) => text.toUpperCase()],
    ['a JWT of an identity provider', () => 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJlbnRyYSJ9.c2ln'],
    ['very long', (text: string) => text.repeat(1000)],
  ])('refuses a token that is %s without reading a key or the pepper', async (_, change) => {
    const text = change(await token());
    const never = () => Promise.reject(new Error('read a secret'));
    expect(await authenticate(text, keys, { peppers: never, accessTokens: never }, NOW)).toEqual({
      kind: 'refused',
    });
    expect(front.takeOperations()).toEqual([]);
  });

  it('reads only the key, eventually consistent, of a token that only looks like a key', async () => {
    const good = parseToken(await token())!;
    const later = new Date(Date.now() + 120_000);
    const reads: unknown[] = [];
    const watched = {
      get: (...args: Parameters<CredentialStore['get']>) => {
        reads.push(args[2]);
        return keys.get(...args);
      },
      domain: () => Promise.reject(new Error('read the domain')),
      isUsable: keys.isUsable.bind(keys),
      recordUse: keys.recordUse.bind(keys),
    };
    const refused = [
      { ...good, keyId: newId() },
      { ...good, domainId: newId() },
      { ...good, secret: newSecret() },
    ];
    for (const each of refused) {
      const result = await authenticate(formatToken(each), watched, SECRETS, later);
      expect(result).toEqual({ kind: 'refused' });
    }
    expect(front.takeOperations()).toEqual(['GetItem', 'GetItem', 'GetItem']);
    expect(reads).toEqual(refused.map(() => ({ eventuallyConsistent: true })));
  });

  it('reads a new key consistently, so that it works from its first request', async () => {
    const text = await token();
    const get = jest.spyOn(keys, 'get');
    await check(text, new Date());
    expect(get).toHaveBeenCalledWith(domainId, parseToken(text)?.keyId, { eventuallyConsistent: false });
    get.mockRestore();
  });

  it('refuses all invalid keys in the same way', async () => {
    const revoked = await token({ revokedAt: NOW.toISOString() });
    const expired = await token({ expireTime: NOW.toISOString() });
    const good = await token();
    const [, , keyId = ''] = good.split('_');
    const wrong = [
      revoked,
      expired,
      formatToken({ domainId, keyId, secret: newSecret() }),
      formatToken({ domainId, keyId: newId(), secret }),
      formatToken({ domainId: newId(), keyId, secret }),
    ];
    for (const text of wrong) expect(await check(text)).toEqual({ kind: 'refused' });
  });

  describe('given a hash that covers only the secret, as keys had before', () => {
    const hash = createHmac('sha256', PEPPER).update(secret).digest('base64url');
    const storedHash = async (text: string) =>
      (await keys.get(domainId, parseToken(text)?.keyId ?? ''))?.hash;

    it('grants the key, and binds the hash to its IDs in the write of its use', async () => {
      const text = await token({ hash });
      expect((await check(text)).kind).toBe('granted');
      expect(front.takeOperations()).toEqual(['GetItem', 'GetItem', 'UpdateItem']);
      expect(await storedHash(text)).toBe(hashKey({ ...parseToken(text)!, secret }, PEPPER));
      expect((await check(text, afterMs(60_001))).kind).toBe('granted');
    });

    it('leaves the hash alone if the key is refused', async () => {
      const text = await token({ hash, expireTime: NOW.toISOString() });
      expect((await check(text)).kind).toBe('refused');
      expect(await storedHash(text)).toBe(hash);
    });

    it('grants the key if its use was recorded a moment ago', async () => {
      expect((await check(await token({ hash, lastUsedAt: NOW.toISOString() }))).kind).toBe('granted');
    });
  });

  describe('given a hash of the former pepper', () => {
    const rotated = { ...SECRETS, peppers: () => Promise.resolve(twoVersions(PEPPER, 'new pepper')) };
    const stored = async (text: string) => (await keys.get(domainId, parseToken(text)?.keyId ?? ''))!;
    const checkRotated = (text: string, now = NOW) => authenticate(text, keys, rotated, now);

    it('grants the key, and replaces the hash in the write of its use, without another operation', async () => {
      const text = await token();
      const use = ['GetItem', 'GetItem', 'UpdateItem'];
      for (const now of [NOW, afterMs(60_001), afterMs(120_002)]) {
        expect((await checkRotated(text, now)).kind).toBe('granted');
        expect(front.takeOperations()).toEqual(use);
        expect(await stored(text)).toMatchObject({
          hash: hashKey({ ...parseToken(text)!, secret }, 'new pepper'),
          pepperId: 2,
        });
        front.takeOperations();
      }
    });

    it('replaces an unbound hash, too', async () => {
      const text = await token({ hash: createHmac('sha256', PEPPER).update(secret).digest('base64url') });
      expect((await checkRotated(text)).kind).toBe('granted');
      expect(await stored(text)).toMatchObject({
        hash: hashKey({ ...parseToken(text)!, secret }, 'new pepper'),
        pepperId: 2,
      });
    });

    it('grants the key if its use was recorded a moment ago, and keeps its hash until the next use', async () => {
      const text = await token({ lastUsedAt: NOW.toISOString() });
      expect((await checkRotated(text)).kind).toBe('granted');
      expect((await stored(text)).pepperId).toBeUndefined();
    });

    it('keeps the hash of a refused key', async () => {
      const text = await token({ revokedAt: NOW.toISOString() });
      expect((await checkRotated(text)).kind).toBe('refused');
      expect((await stored(text)).pepperId).toBeUndefined();
    });

    it('refuses the key if the former pepper was dropped', async () => {
      const { issuing } = twoVersions(PEPPER, 'new pepper');
      const dropped = { ...SECRETS, peppers: () => Promise.resolve({ issuing, accepted: [issuing] }) };
      expect(await authenticate(await token(), keys, dropped, NOW)).toEqual({ kind: 'refused' });
    });

    it('grants a key with a hash of a pepper that only other functions use yet, and keeps the hash', async () => {
      const hashOf = (keyId: string) => hashKey({ domainId, keyId, secret }, 'new pepper');
      const text = await token();
      const { keyId } = parseToken(text)!;
      await keys.rehash(domainId, keyId, { hash: hashOf(keyId), pepperId: 2 });
      const { accepted } = twoVersions(PEPPER, 'new pepper');
      const pending = { issuing: accepted[1]!, accepted };
      const early = { ...SECRETS, peppers: () => Promise.resolve(pending) };
      expect((await authenticate(text, keys, early, NOW)).kind).toBe('granted');
      expect(await stored(text)).toMatchObject({ hash: hashOf(keyId), pepperId: 2 });
    });
  });

  it('refuses a hash that was copied from another key', async () => {
    const { hash } = (await keys.get(domainId, parseToken(await token())?.keyId ?? '')) as Credential;
    expect(await check(await token({ hash }))).toEqual({ kind: 'refused' });
  });

  it('grants a key until it expires', async () => {
    const text = await token({ expireTime: afterMs(1000).toISOString() });
    expect((await check(text, afterMs(999))).kind).toBe('granted');
    expect((await check(text, afterMs(1000))).kind).toBe('refused');
  });

  it('reveals only to a valid key that SCIM is disabled, and records no use', async () => {
    const text = await token();
    await domains.replace(domain, { ...domain, scimEnabled: false }, auditEvent('domain.updated', domainId));
    front.takeOperations();
    expect(await check(text)).toMatchObject({ kind: 'disabled', domain: { domainId } });
    expect(front.takeOperations()).toEqual(['GetItem', 'GetItem']);
    expect((await check(await token({ revokedAt: NOW.toISOString() }))).kind).toBe('refused');
  });

  it('reveals only to a valid key that SCIM is not available, whether it is enabled or not', async () => {
    const text = await token();
    for (const scimEnabled of [true, false]) {
      const current = (await domains.get(domainId))!;
      const after = { ...current, scimAvailable: false, scimEnabled };
      await domains.replace(current, after, auditEvent('domain.updated', domainId));
      expect(await check(text)).toMatchObject({ kind: 'notAvailable', domain: { domainId } });
    }
    expect((await check(await token({ revokedAt: NOW.toISOString() }))).kind).toBe('refused');
  });

  it.each([
    ['that was not used before', {}],
    ['that was used a moment ago', { lastUsedAt: afterMs(-1).toISOString() }],
    ['that was used a minute ago', { lastUsedAt: afterMs(-60_001).toISOString() }],
  ])('refuses a key %s and that is revoked during the check', async (_, more) => {
    const text = await token(more);
    expect(await authenticate(text, revokedAfterRead(text), SECRETS, NOW)).toEqual({
      kind: 'refused',
    });
  });

  it('refuses a key that is revoked during the check, even if its use cannot be recorded', async () => {
    const text = await token();
    const failing = { ...revokedAfterRead(text), recordUse: () => Promise.reject(new Error('unreachable')) };
    expect(await authenticate(text, failing, SECRETS, NOW)).toEqual({
      kind: 'refused',
    });
  });

  it('refuses a key that is revoked while the pepper is read', async () => {
    const text = await token();
    const [, , keyId = ''] = text.split('_');
    const slowly = async () => {
      await keys.revoke(domainId, keyId, auditEvent('key.revoked', keyId), RETENTION_DAYS);
      return onlyVersion(PEPPER);
    };
    expect(await authenticate(text, keys, { ...SECRETS, peppers: slowly }, NOW)).toEqual({ kind: 'refused' });
  });

  describe('given an access token', () => {
    const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

    /** Stores a client secret or a trust, and returns an access token for it. */
    async function accessToken(expiresAt: number, more: Partial<Credential> = {}): Promise<string> {
      const { keyId } = parseToken(await token({ type: 'client-secret', connectionId: newId(), ...more }))!;
      return formatAccessToken({ domainId, keyId, expiresAt }, ACCESS_TOKEN_SECRET);
    }
    const inAnHour = seconds(NOW) + 3_600;

    it.each(['client-secret', 'trust'] as const)(
      'grants it for a %s, by the operations of a key',
      async (type) => {
        const text = await accessToken(inAnHour, { type });
        expect(await check(text)).toMatchObject({
          kind: 'granted',
          key: { type },
          expireTime: new Date(inAnHour * 1000).toISOString(),
        });
        expect(front.takeOperations()).toEqual(['GetItem', 'GetItem', 'UpdateItem']);
        await check(text);
        expect(front.takeOperations()).toEqual(['GetItem', 'GetItem', 'GetItem']);
      },
    );

    it('does not read the pepper, and a key does not need the secret of access tokens', async () => {
      const never = () => Promise.reject(new Error('read a secret'));
      const text = await accessToken(inAnHour);
      expect((await authenticate(text, keys, { ...SECRETS, peppers: never }, NOW)).kind).toBe('granted');
      const key = await token();
      expect((await authenticate(key, keys, { ...SECRETS, accessTokens: never }, NOW)).kind).toBe('granted');
    });

    it('grants it until it expires, or its credential does', async () => {
      const text = await accessToken(inAnHour);
      expect((await check(text, afterMs(3_599_999))).kind).toBe('granted');
      expect((await check(text, afterMs(3_600_000))).kind).toBe('refused');
      const short = await accessToken(inAnHour, { expireTime: afterMs(60_000).toISOString() });
      expect(await check(short)).toMatchObject({ expireTime: afterMs(60_000).toISOString() });
      expect((await check(short, afterMs(60_000))).kind).toBe('refused');
    });

    it('refuses it if its credential is revoked, also during the check', async () => {
      expect((await check(await accessToken(inAnHour, { revokedAt: NOW.toISOString() }))).kind).toBe(
        'refused',
      );
      const text = await accessToken(inAnHour);
      expect((await authenticate(text, revokedAfterRead(text), SECRETS, NOW)).kind).toBe('refused');
    });

    it('refuses a forged token, an altered one, and one for another kind of credential', async () => {
      const text = await accessToken(inAnHour);
      const good = parseToken(text)!;
      const { keyId: other } = parseToken(await accessToken(inAnHour))!;
      const key = parseToken(await token())!;
      const forged = [
        formatToken({ ...good, secret: newSecret() }),
        formatToken({ ...good, keyId: other }),
        formatToken({ ...good, domainId: newId() }),
        formatAccessToken({ ...good, expiresAt: inAnHour }, onlyVersion('other access tokens')),
        // An access token for a SCIM key, and the secret of a SCIM key for a client secret.
        formatAccessToken({ domainId, keyId: key.keyId, expiresAt: inAnHour }, ACCESS_TOKEN_SECRET),
        formatToken({ ...good, secret }),
      ];
      for (const each of forged) expect(await check(each)).toEqual({ kind: 'refused' });
    });
  });

  it('refuses a key of a deleted domain, before its data is swept', async () => {
    const text = await token();
    await domains.delete(domain, auditEvent('domain.deleted', domainId));
    expect(await check(text)).toEqual({ kind: 'refused' });
  });

  it('grants a key whose use cannot be recorded', async () => {
    const text = await token();
    front.injectFaults('UpdateItem', ...Array.from({ length: 4 }, () => ({ kind: 'lostAnswer' }) as const));
    expect((await check(text)).kind).toBe('granted');
  });
});
