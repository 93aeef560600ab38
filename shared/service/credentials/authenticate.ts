import { parseToken, secretMatches } from '../../scim-key';
import type { Domain } from '../../store/domains/domain-store';
import type { ScimKey, ScimKeyStore } from '../../store/credentials/scim-key-store';

/** What a bearer token stands for. */
export type Authentication =
  | { readonly kind: 'granted'; readonly domain: Domain; readonly key: ScimKey }
  /** A good key of a domain whose SCIM is switched off. */
  | { readonly kind: 'switchedOff'; readonly domain: Domain }
  /** Unknown, malformed, expired or revoked: which of them is not told. */
  | { readonly kind: 'refused' };

/** Compared against when there is no such key, so that an unknown key takes as long as a wrong one. */
const NO_HASH = 'A'.repeat(43);
const USE_RECORDING_INTERVAL_MS = 60_000;

/**
 * Finds the key and the domain of `token`; notes the key's use. A malformed token is refused without a read. The answer is
 * cached for minutes, and a revocation flushes the cache once: so nothing slow stands between the last look at the key and
 * the answer, which could then be cached after the flush.
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

  const notedBefore = new Date(now.getTime() - USE_RECORDING_INTERVAL_MS).toISOString();
  if (key.lastUsedAt === undefined || key.lastUsedAt < notedBefore) {
    const noted = keys.recordUse(domainId, keyId, now.toISOString(), notedBefore);
    // A note that is missed is no reason to turn a good key away.
    if (!(await noted.catch(() => true))) return { kind: 'refused' };
  }
  return { kind: 'granted', domain, key };
}

const hasExpired = ({ expireTime }: ScimKey, now: Date): boolean =>
  expireTime !== undefined && Date.parse(expireTime) <= now.getTime();
