import {
  ConnectionAdmin,
  type ConnectionAdminDependencies,
} from '../../../shared/service/connections/connection-admin';
import { LONGEST_CACHE_MS } from '../../../shared/service/credentials/flush-cache';

const NOW = Date.parse('2026-11-01T12:00:00Z');

interface Revocation {
  /** The milliseconds since the connection was revoked. @default it is not revoked */
  readonly revokedAgoMs?: number;
  /** A call that fails. */
  readonly failing?: string;
}

/** Revokes a connection. Returns the calls, and the error if one fails. */
async function revoke({ revokedAgoMs, failing }: Revocation = {}) {
  const calls: string[] = [];
  const call = (name: string) => () => {
    calls.push(name);
    return name === failing ? Promise.reject(new Error(`${name} failed`)) : Promise.resolve();
  };
  const record = {
    ...{ connectionId: 'c', name: 'Okta', identityProvider: 'okta', trustIds: [], version: 1 },
    createdAt: '2026-01-01T00:00:00.000Z',
    ...(revokedAgoMs !== undefined && { revokedAt: new Date(NOW - revokedAgoMs).toISOString() }),
  };
  const all = { domain: { domainId: 'd' }, connections: [record], credentials: [] };
  const dependencies = {
    store: {
      readAll: () => Promise.resolve(all),
      revoke: call('revoke'),
    },
    usageKeys: { flushAuthorizerCache: call('flush') },
    endAdministrators: call('end administrators'),
    now: () => new Date(NOW),
  } as unknown as ConnectionAdminDependencies;
  const admin = new ConnectionAdmin(dependencies);
  const error = await admin
    .revokeConnection('d', 'c', { kind: 'admin', id: 'a', name: 'Jane' })
    .then(() => undefined)
    .catch((reason: unknown) => (reason as Error).message);
  return { calls, error };
}

it('revokes a connection, flushes the cache of the authorizer, and then ends the administrators', async () => {
  expect((await revoke()).calls).toEqual(['revoke', 'flush', 'end administrators']);
});

it('has flushed the cache even if the administrators cannot be ended', async () => {
  const { calls, error } = await revoke({ failing: 'end administrators' });
  expect(calls).toContain('flush');
  expect(error).toBe('end administrators failed');
});

it('flushes the cache and ends the administrators again if the first call may have failed in between', async () => {
  const again = ['flush', 'end administrators'];
  expect((await revoke({ revokedAgoMs: 1_000 })).calls).toEqual(again);
  expect((await revoke({ revokedAgoMs: LONGEST_CACHE_MS })).calls).toEqual(again);
});

it('does not empty the cache of all domains for a connection that was revoked long ago', async () => {
  expect((await revoke({ revokedAgoMs: LONGEST_CACHE_MS + 1 })).calls).toEqual(['end administrators']);
});
