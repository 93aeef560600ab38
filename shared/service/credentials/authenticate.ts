import { parseToken, secretMatches } from '../../scim-key';
import type { Domain } from '../../store/domains/domain-store';
import type { ScimKey, ScimKeyStore } from '../../store/credentials/scim-key-store';

/** The result of checking a bearer token. */
export type Authentication =
  | { readonly kind: 'granted'; readonly domain: Domain; readonly key: ScimKey }
  /** The key is valid, but SCIM is switched off in its domain. */
  | { readonly kind: 'switchedOff'; readonly domain: Domain }
  /** The token is unknown, malformed, expired, or revoked. The client does not learn which. */
  | { readonly kind: 'refused' };

/**
 * The hash to compare with if the key does not exist, so that an unknown key takes as long as a wrong one.
 */
const NO_HASH = 'A'.repeat(43);
const USE_RECORDING_INTERVAL_MS = 60_000;

/**
 * Finds the key and the domain of `token`, and records the use of the key. Refuses a malformed token without
 * a read. The authorizer's response is cached for minutes, and a revocation flushes the cache once. So
 * nothing slow may run between the last read of the key and the response: the response could be cached after
 * the flush.
 */
export async function authenticate(
  token: string,
  keys: Pick<ScimKeyStore, 'getWithDomain' | 'recordUse'>,
  pepper: () => Promise<string>,
  now: Date,
): Promise<Authentication> {
  const parsed = parseToken(token);
  if (!parsed) return { kind: 'refused' };
  const { domainId, keyId, secret } = parsed;
  const pepperText = await pepper();
  const { domain, key } = await keys.getWithDomain(domainId, keyId);
  const matches = secretMatches(secret, key?.hash ?? NO_HASH, pepperText);
  if (!domain || !key || !matches || key.revokedAt !== undefined || hasExpired(key, now))
    return { kind: 'refused' };
  if (!domain.scimEnabled) return { kind: 'switchedOff', domain };

  const recordedBefore = new Date(now.getTime() - USE_RECORDING_INTERVAL_MS).toISOString();
  if (key.lastUsedAt === undefined || key.lastUsedAt < recordedBefore) {
    const recorded = keys.recordUse(domainId, keyId, now.toISOString(), recordedBefore);
    // A valid key works even if its use cannot be recorded.
    if (!(await recorded.catch(() => true))) return { kind: 'refused' };
  }
  return { kind: 'granted', domain, key };
}

const hasExpired = ({ expireTime }: ScimKey, now: Date): boolean =>
  expireTime !== undefined && Date.parse(expireTime) <= now.getTime();
