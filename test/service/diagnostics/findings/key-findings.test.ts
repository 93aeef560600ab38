import { keyFindings } from '../../../../shared/service/diagnostics/findings/key-findings';

type Key = Parameters<typeof keyFindings>[0][number];

const NOW = new Date('2026-03-01T12:00:00.000Z');
const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();
const key = (name: string, more: Partial<Key> = {}): Key => ({
  keyId: `key-${name}`,
  type: 'scim-key',
  connectionId: `key-${name}`,
  name,
  createdAt: inDays(-200),
  lastUsedAt: inDays(-1),
  ...more,
});

const codes = (...keys: Key[]) => keyFindings(keys, NOW).map(({ code, severity }) => `${code} ${severity}`);
const found = (...keys: Key[]) => keyFindings(keys, NOW).map((finding) => finding.found);

describe('the SCIM keys of a domain', () => {
  it('are no finding if one is in use and does not expire soon', () => {
    expect(codes(key('Okta'))).toEqual([]);
    expect(codes(key('Okta', { expireTime: inDays(31) }))).toEqual([]);
  });

  it('are missing if there is none, or all are revoked', () => {
    expect(codes()).toEqual(['key-missing error']);
    expect(keyFindings([], NOW)[0]?.action).toMatch(
      /If the domain has no identity provider, disable SCIM\.$/,
    );
    expect(found(key('a', { revokedAt: inDays(-1) }), key('b', { revokedAt: inDays(-2) }))).toEqual([
      'The domain has no SCIM key that works: 2 keys were revoked.',
    ]);
  });

  it('are not missing in a domain that may have none', () => {
    const may = { scope: 'domain', mayHaveNone: true, names: new Map() } as const;
    expect(keyFindings([], NOW, may)).toEqual([]);
    expect(keyFindings([key('a', { revokedAt: inDays(-1) })], NOW, may)).toEqual([]);
    expect(keyFindings([key('a', { expireTime: inDays(-1) })], NOW, may)).toMatchObject([
      { code: 'key-expired' },
    ]);
  });

  it('are not reported if they are revoked', () => {
    const revoked = { revokedAt: inDays(-1), expireTime: inDays(-2), lastUsedAt: undefined };
    expect(codes(key('Okta'), key('old', revoked))).toEqual([]);
  });

  it.each([
    [30, true],
    [0.01, true],
    [30.01, false],
  ])('that expire in %d days are reported: %s', (days, isReported) => {
    expect(codes(key('Okta', { expireTime: inDays(days) }))).toEqual(
      isReported ? ['key-expires-soon warning'] : [],
    );
  });

  it('that expire soon are named with their dates', () => {
    const keys = [key('Okta', { expireTime: inDays(20) }), key('Entra', { expireTime: inDays(6.5) })];
    expect(found(...keys)).toEqual([
      '2 SCIM keys expire within 30 days: "Okta" (2026-03-21) and "Entra" (2026-03-08). ' +
        'The first one expires in 7 days.',
    ]);
  });

  it('that have expired are an error, unless another one has been used since', () => {
    const expired = key('old', { expireTime: inDays(0), lastUsedAt: inDays(-0.01) });
    expect(codes(expired)).toEqual(['key-expired error']);
    expect(codes(expired, key('new', { lastUsedAt: undefined }))).toEqual([
      'key-expired error',
      'key-unused info',
    ]);
    expect(codes({ ...expired, expireTime: inDays(-2) }, key('new'))).toEqual(['key-expired info']);
    expect(found(expired)).toEqual([
      'The SCIM key "old" (2026-03-01) has expired, and no other key has been used since.',
    ]);
  });

  it.each([
    [undefined, true],
    [inDays(-90.01), true],
    [inDays(-90), false],
  ])('that were last used at %s are reported: %s', (lastUsedAt, isReported) => {
    expect(codes(key('Okta', { lastUsedAt }))).toEqual(isReported ? ['key-unused info'] : []);
  });

  it('that are unused are named with their last use', () => {
    const keys = [key('Okta', { lastUsedAt: undefined }), key('Entra', { lastUsedAt: inDays(-100) })];
    expect(found(...keys)).toEqual([
      '2 SCIM keys were never used, or not for 90 days: "Okta" (never) and "Entra" (last on 2025-11-21).',
    ]);
  });

  it('are reported without their hashes', () => {
    const stored = { ...key('Okta', { lastUsedAt: undefined }), hash: 'secret' };
    const [finding] = keyFindings([stored], NOW);
    expect(finding?.details).toEqual([
      {
        keyId: 'key-Okta',
        type: 'scim-key',
        name: 'Okta',
        connectionId: 'key-Okta',
        connection: null,
        createdAt: inDays(-200),
        expireTime: null,
        lastUsedAt: null,
      },
    ]);
  });
});

describe('client secrets and trusts', () => {
  const names = new Map([['entra', 'Entra ID']]);
  const of = (scope: 'domain' | 'connection', ...keys: Key[]) => keyFindings(keys, NOW, { scope, names });
  const secret = (more: Partial<Key> = {}): Key =>
    key('First secret', { type: 'client-secret', connectionId: 'entra', ...more });
  const trust = (more: Partial<Key> = {}): Key =>
    key('Entra ID', { type: 'trust', connectionId: 'entra', ...more });

  it('are named with their connection, unless the report is about it', () => {
    const expiring = secret({ expireTime: inDays(6.5) });
    expect(of('domain', expiring)[0]?.found).toBe(
      '1 client secret expires within 30 days: "First secret" of the connection "Entra ID" (2026-03-08). ' +
        'It expires in 7 days.',
    );
    expect(of('connection', expiring)[0]?.found).toContain('days: "First secret" (2026-03-08).');
    expect(of('domain', trust({ expireTime: inDays(6.5) }))[0]?.found).toContain('days: "Entra ID" (');
    expect(of('domain', expiring)[0]?.details).toMatchObject([
      { credentialId: 'key-First secret', type: 'client-secret', connection: 'Entra ID' },
    ]);
  });

  it('are credentials if they are of several types', () => {
    const unused = [secret({ lastUsedAt: undefined }), trust({ lastUsedAt: undefined })];
    expect(of('connection', ...unused)[0]?.found).toBe(
      '2 credentials were never used, or not for 90 days: "First secret" (never) and "Entra ID" (never).',
    );
  });

  it('are replaced only by a credential of the same connection, but a key that was created alone by any', () => {
    const expired = { expireTime: inDays(-2), lastUsedAt: inDays(-3) };
    const severities = (...keys: Key[]) =>
      of('domain', ...keys).map(({ code, severity }) => `${code} ${severity}`);
    expect(severities(secret(expired), key('Okta'))).toEqual(['key-expired error']);
    expect(severities(secret(expired), trust())).toEqual(['key-expired info']);
    expect(severities(key('Okta', expired), trust())).toEqual(['key-expired info']);
    expect(of('domain', secret(expired))[0]?.found).toBe(
      'The client secret "First secret" of the connection "Entra ID" (2026-02-27) has expired, and no other ' +
        'credential has been used since.',
    );
  });

  it('are missing in a connection without credentials', () => {
    expect(of('connection')).toMatchObject([
      { code: 'key-missing', found: 'The connection has no credential.' },
    ]);
    expect(of('connection', secret({ revokedAt: inDays(-1) }))).toMatchObject([
      { found: 'The connection has no credential that works: 1 credential was revoked.' },
    ]);
  });
});
