import { LONGEST_CACHE_MS } from '../../../shared/service/credentials/flush-cache';
import {
  ScimKeyAdmin,
  type ScimKeyAdminDependencies,
} from '../../../shared/service/credentials/scim-key-admin';

const NOW = Date.parse('2026-11-01T12:00:00Z');

/** Revokes a key that was revoked some milliseconds ago, if at all. Returns what it did. */
async function revoke(revokedAgoMs?: number): Promise<string[]> {
  const calls: string[] = [];
  const key = {
    ...{ keyId: 'k', type: 'scim-key', connectionId: 'k', name: 'Okta', hash: '' },
    createdAt: '2026-01-01T00:00:00.000Z',
    ...(revokedAgoMs !== undefined && { revokedAt: new Date(NOW - revokedAgoMs).toISOString() }),
  };
  const dependencies = {
    domains: { get: () => Promise.resolve({ domainId: 'd' }) },
    keys: {
      get: () => Promise.resolve(key),
      revoke: () => Promise.resolve(void calls.push('revoke')),
    },
    usageKeys: { flushAuthorizerCache: () => Promise.resolve(void calls.push('flush')) },
    auditRetentionDays: 365,
    now: () => new Date(NOW),
  } as unknown as ScimKeyAdminDependencies;
  await new ScimKeyAdmin(dependencies).revokeScimKey('d', 'k', { kind: 'admin', id: 'a', name: 'Jane' });
  return calls;
}

it('revokes a key, and then flushes the cache of the authorizer', async () => {
  expect(await revoke()).toEqual(['revoke', 'flush']);
});

it('flushes the cache again if the first call may have failed in between', async () => {
  expect(await revoke(1_000)).toEqual(['flush']);
  expect(await revoke(LONGEST_CACHE_MS)).toEqual(['flush']);
});

it('does not empty the cache of all domains for a key that was revoked long ago', async () => {
  expect(await revoke(LONGEST_CACHE_MS + 1)).toEqual([]);
});
