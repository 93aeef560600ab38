import { timeOfId } from '../../id';
import { hashKey, matchHash, parseToken } from '../../scim-key';
import type { Domain } from '../../store/domains/domain-store';
import type { ScimKey, ScimKeyStore } from '../../store/credentials/scim-key-store';

/** The result of checking a bearer token. */
export type Authentication =
  | { readonly kind: 'granted'; readonly domain: Domain; readonly key: ScimKey }
  /** The key is valid, but the operator does not make SCIM available to its domain. */
  | { readonly kind: 'notAvailable'; readonly domain: Domain }
  /** The key is valid, but SCIM is switched off in its domain. */
  | { readonly kind: 'switchedOff'; readonly domain: Domain }
  /** The token is unknown, malformed, expired, or revoked. The client does not learn which. */
  | { readonly kind: 'refused' };

/**
 * The hash to compare with if the key does not exist, so that an unknown key takes as long as a wrong one.
 */
const NO_HASH = 'A'.repeat(43);
const USE_RECORDING_INTERVAL_MS = 60_000;

/** An eventually consistent read finds a key that is older than this. It takes less than a second in practice. */
const NEW_KEY_MS = 60_000;

type Keys = Pick<ScimKeyStore, 'get' | 'domain' | 'isUsable' | 'recordUse'>;

/**
 * Finds the key and the domain of `token`, and records the use of the key. Refuses a malformed token without
 * a read, and one that only looks like a key with one read of half a unit: the domain is read last, and the key
 * eventually consistent, because outsiders can send any number of such tokens. Neither a stale revocation nor a
 * stale use matters, because the last step checks the key again.
 *
 * The authorizer's response is cached for minutes, and a revocation flushes the cache once. A response
 * that is older than the revocation could be cached after the flush. So the last step is always a check of the
 * key: in the write of its use, or in a read if the use is recorded already.
 *
 * Calls `onOwner` with the key if `token` has its secret, even if the key is revoked or has expired.
 */
export async function authenticate(
  token: string,
  keys: Keys,
  pepper: () => Promise<string>,
  now: Date,
  onOwner: (domainId: string, key: ScimKey) => void = () => undefined,
): Promise<Authentication> {
  const parsed = parseToken(token);
  if (!parsed) return { kind: 'refused' };
  const { domainId, keyId } = parsed;
  const pepperText = await pepper();
  const isOld = timeOfId(keyId).getTime() < now.getTime() - NEW_KEY_MS;
  const key = await keys.get(domainId, keyId, { eventuallyConsistent: isOld });
  const form = matchHash(parsed, key?.hash ?? NO_HASH, pepperText);
  if (!key || !form) return { kind: 'refused' };
  onOwner(domainId, key);
  if (key.revokedAt !== undefined || hasExpired(key, now)) return { kind: 'refused' };
  const domain = await keys.domain(domainId);
  if (!domain) return { kind: 'refused' };
  if (!domain.scimAvailable) return { kind: 'notAvailable', domain };
  if (!domain.scimEnabled) return { kind: 'switchedOff', domain };

  const newHash = form === 'unbound' ? hashKey(parsed, pepperText) : undefined;
  if (!(await recordOrCheck(key, { domainId, newHash }, keys, now))) return { kind: 'refused' };
  return { kind: 'granted', domain, key };
}

/**
 * Records the use of a key, at most once a minute, and with it the new hash of an old key. Returns false if
 * the key has been revoked.
 */
async function recordOrCheck(
  { keyId, lastUsedAt }: ScimKey,
  { domainId, newHash }: { readonly domainId: string; readonly newHash?: string },
  keys: Pick<Keys, 'isUsable' | 'recordUse'>,
  now: Date,
): Promise<boolean> {
  const recordedBefore = new Date(now.getTime() - USE_RECORDING_INTERVAL_MS).toISOString();
  const isUsable = () => keys.isUsable(domainId, keyId);
  if (lastUsedAt !== undefined && lastUsedAt >= recordedBefore) return isUsable();
  // A valid key works even if its use cannot be recorded. The attempts may have taken seconds.
  const use = { usedAt: now.toISOString(), recordedBefore, newHash };
  return keys.recordUse(domainId, keyId, use).catch(isUsable);
}

const hasExpired = ({ expireTime }: ScimKey, now: Date): boolean =>
  expireTime !== undefined && Date.parse(expireTime) <= now.getTime();
