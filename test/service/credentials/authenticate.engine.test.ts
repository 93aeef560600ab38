import { formatToken, hashSecret, newSecret } from '../../../shared/scim-key';
import { newId } from '../../../shared/id';
import { authenticate } from '../../../shared/service/credentials/authenticate';
import { DomainStore, type Domain } from '../../../shared/store/domains/domain-store';
import { ScimKeyStore, type ScimKey } from '../../../shared/store/credentials/scim-key-store';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { auditEvent, domainRecord, RETENTION_DAYS } from '../../support/store/records';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const PEPPER = 'pepper';

let front: EngineProxy;
let keys: ScimKeyStore;
let domains: DomainStore;
let domainId: string;
let domain: Domain;
const secret = newSecret();

beforeAll(async () => {
  front = await startEngineProxy();
  keys = new ScimKeyStore(front.table);
  domains = new DomainStore(front.table, RETENTION_DAYS);
});
afterAll(() => front.close());
beforeEach(async () => {
  domainId = newId();
  domain = domainRecord({ domainId });
  await domains.create(domain, auditEvent('domain.created', domainId));
});

/** Stores a key and gives its token. */
async function token(more: Partial<ScimKey> = {}): Promise<string> {
  const keyId = newId();
  const key = {
    keyId,
    name: 'Okta',
    hash: hashSecret(secret, PEPPER),
    createdAt: NOW.toISOString(),
    ...more,
  };
  await keys.create(domainId, key, auditEvent('key.created', keyId), RETENTION_DAYS);
  front.takeOperations();
  return formatToken({ domainId, keyId, secret });
}

const ask = (text: string, now = NOW) => authenticate(text, keys, () => Promise.resolve(PEPPER), now);
const after = (ms: number) => new Date(NOW.getTime() + ms);

describe('authenticate', () => {
  it('grants a good key, with its domain, for one read and the note of its use', async () => {
    const text = await token();
    expect(await ask(text)).toMatchObject({ kind: 'granted', domain: { domainId }, key: { name: 'Okta' } });
    expect(front.takeOperations()).toEqual(['BatchGetItem', 'UpdateItem']);
  });

  it('notes a use once a minute', async () => {
    const text = await token();
    await ask(text);
    await ask(text, after(59_999));
    expect(front.takeOperations()).toEqual(['BatchGetItem', 'UpdateItem', 'BatchGetItem']);
    await ask(text, after(60_001));
    expect(front.takeOperations()).toEqual(['BatchGetItem', 'UpdateItem']);
  });

  it.each([
    ['empty', () => ''],
    ['cut off', (text: string) => text.slice(0, -1)],
    ['mistyped', (text: string) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['in upper case', (text: string) => text.toUpperCase()],
    ['of an IdP’s own', () => 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJlbnRyYSJ9.c2ln'],
    ['without end', (text: string) => text.repeat(1000)],
  ])('refuses a token that is %s without a read, nor the pepper', async (_, change) => {
    const text = change(await token());
    const never = () => Promise.reject(new Error('read the pepper'));
    expect(await authenticate(text, keys, never, NOW)).toEqual({ kind: 'refused' });
    expect(front.takeOperations()).toEqual([]);
  });

  it('refuses whatever is wrong alike', async () => {
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
    for (const text of wrong) expect(await ask(text)).toEqual({ kind: 'refused' });
  });

  it('grants a key until the moment at which it expires', async () => {
    const text = await token({ expireTime: after(1000).toISOString() });
    expect((await ask(text, after(999))).kind).toBe('granted');
    expect((await ask(text, after(1000))).kind).toBe('refused');
  });

  it('tells a good key alone that SCIM is switched off, and notes no use', async () => {
    const text = await token();
    await domains.replace(domain, { ...domain, scimEnabled: false }, auditEvent('domain.updated', domainId));
    front.takeOperations();
    expect(await ask(text)).toMatchObject({ kind: 'switchedOff', domain: { domainId } });
    expect(front.takeOperations()).toEqual(['BatchGetItem']);
    expect((await ask(await token({ revokedAt: NOW.toISOString() }))).kind).toBe('refused');
  });

  it('refuses a key that is revoked while it is looked at', async () => {
    const text = await token();
    const [, , keyId = ''] = text.split('_');
    const revokedMeanwhile = {
      getWithDomain: async (...key: [string, string]) => {
        const found = await keys.getWithDomain(...key);
        await keys.revoke(domainId, keyId, auditEvent('key.revoked', keyId), RETENTION_DAYS);
        return found;
      },
      recordUse: keys.recordUse.bind(keys),
    };
    const pepper = () => Promise.resolve(PEPPER);
    expect(await authenticate(text, revokedMeanwhile, pepper, NOW)).toEqual({ kind: 'refused' });
  });

  it('looks at the key after the pepper, however long that takes', async () => {
    const text = await token();
    const [, , keyId = ''] = text.split('_');
    const slowly = async () => {
      await keys.revoke(domainId, keyId, auditEvent('key.revoked', keyId), RETENTION_DAYS);
      return PEPPER;
    };
    expect(await authenticate(text, keys, slowly, NOW)).toEqual({ kind: 'refused' });
  });

  it('refuses a key of a domain that is deleted, whose data is being swept up', async () => {
    const text = await token();
    await domains.delete(domain, auditEvent('domain.deleted', domainId));
    expect(await ask(text)).toEqual({ kind: 'refused' });
  });

  it('grants a key whose use cannot be noted', async () => {
    const text = await token();
    front.injectFaults('UpdateItem', ...Array.from({ length: 4 }, () => ({ kind: 'lostAnswer' }) as const));
    expect((await ask(text)).kind).toBe('granted');
  });
});
