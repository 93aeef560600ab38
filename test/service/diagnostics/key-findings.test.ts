import { keyFindings } from '../../../shared/service/diagnostics/key-findings';

type Key = Parameters<typeof keyFindings>[0][number];

const NOW = new Date('2026-03-01T12:00:00.000Z');
const inDays = (days: number): string => new Date(NOW.getTime() + days * 86_400_000).toISOString();
const key = (name: string, more: Partial<Key> = {}): Key => ({
  keyId: `key-${name}`,
  name,
  createdAt: inDays(-200),
  lastUsedAt: inDays(-1),
  ...more,
});

const codes = (...keys: Key[]) => keyFindings(keys, NOW).map(({ code, severity }) => `${code} ${severity}`);
const found = (...keys: Key[]) => keyFindings(keys, NOW).map((finding) => finding.found);

describe('the SCIM keys of a domain', () => {
  it('are fine where one is in use and does not end soon', () => {
    expect(codes(key('Okta'))).toEqual([]);
    expect(codes(key('Okta', { expireTime: inDays(31) }))).toEqual([]);
  });

  it('are missing where there is none, or all are revoked', () => {
    expect(codes()).toEqual(['key-missing error']);
    expect(found(key('a', { revokedAt: inDays(-1) }), key('b', { revokedAt: inDays(-2) }))).toEqual([
      'The domain has no SCIM key that works: 2 keys were revoked.',
    ]);
  });

  it('that are revoked are not told of, whatever else they are', () => {
    const revoked = { revokedAt: inDays(-1), expireTime: inDays(-2), lastUsedAt: undefined };
    expect(codes(key('Okta'), key('old', revoked))).toEqual([]);
  });

  it.each([
    [30, true],
    [0.01, true],
    [30.01, false],
  ])('that end in %d days are told of: %s', (days, isTold) => {
    expect(codes(key('Okta', { expireTime: inDays(days) }))).toEqual(
      isTold ? ['key-expires-soon warning'] : [],
    );
  });

  it('that end soon are named with their days', () => {
    const keys = [key('Okta', { expireTime: inDays(20) }), key('Entra', { expireTime: inDays(6.5) })];
    expect(found(...keys)).toEqual([
      '2 SCIM keys expire within 30 days: "Okta" (2026-03-21) and "Entra" (2026-03-08). The first does in 7 days.',
    ]);
  });

  it('that have ended are severe, unless another one was used since', () => {
    const expired = key('old', { expireTime: inDays(0), lastUsedAt: inDays(-0.01) });
    expect(codes(expired)).toEqual(['key-expired error']);
    expect(codes(expired, key('new', { lastUsedAt: undefined }))).toEqual([
      'key-expired error',
      'key-unused info',
    ]);
    expect(codes({ ...expired, expireTime: inDays(-2) }, key('new'))).toEqual(['key-expired info']);
    expect(found(expired)).toEqual([
      'The SCIM key "old" (2026-03-01) has expired, and no other key was used since.',
    ]);
  });

  it.each([
    [undefined, true],
    [inDays(-90.01), true],
    [inDays(-90), false],
  ])('that were used last at %s are told of: %s', (lastUsedAt, isTold) => {
    expect(codes(key('Okta', { lastUsedAt }))).toEqual(isTold ? ['key-unused info'] : []);
  });

  it('that nobody uses are named with their last use', () => {
    const keys = [key('Okta', { lastUsedAt: undefined }), key('Entra', { lastUsedAt: inDays(-100) })];
    expect(found(...keys)).toEqual([
      '2 SCIM keys were not used for 90 days or at all: "Okta" (never) and "Entra" (last on 2025-11-21).',
    ]);
  });

  it('are told of without their hashes', () => {
    const stored = { ...key('Okta', { lastUsedAt: undefined }), hash: 'secret' };
    const [finding] = keyFindings([stored], NOW);
    expect(finding?.details).toEqual([
      { keyId: 'key-Okta', name: 'Okta', createdAt: inDays(-200), expireTime: null, lastUsedAt: null },
    ]);
  });
});
