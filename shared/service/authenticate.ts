import { parseToken, secretMatches } from '../scim-key';
import type { Domain } from '../store/domain-store';
import type { ScimKey, ScimKeyStore } from '../store/scim-key-store';

/** What a bearer token stands for. */
export type Authentication =
  | { readonly kind: 'granted'; readonly domain: Domain; readonly key: ScimKey }
  /** A good key of a domain whose SCIM is switched off. */
  | { readonly kind: 'switchedOff'; readonly domain: Domain }
  /** Unknown, malformed, expired or revoked: which of them is not told. */
  | { readonly kind: 'refused' };

/** Compared against when there is no such key, so that an unknown key takes as long as a wrong one. */
const NO_HASH = 'A'.repeat(43);
const NOTED_USE_MS = 60_000;

/** Finds the key and the domain of `token`; notes the key's use. A malformed token is refused without a read. */
export async function authenticate(
  token: string,
  keys: ScimKeyStore,
  pepper: () => Promise<string>,
  now: Date,
): Promise<Authentication> {
  const parsed = parseToken(token);
  if (!parsed) return { kind: 'refused' };
  const { domainId, keyId, secret } = parsed;
  const [{ domain, key }, pepperText] = await Promise.all([keys.withDomain(domainId, keyId), pepper()]);
  const matches = secretMatches(secret, key?.hash ?? NO_HASH, pepperText);
  if (!domain || !key || !matches || key.revokedAt !== undefined || hasExpired(key, now))
    return { kind: 'refused' };
  if (!domain.scimEnabled) return { kind: 'switchedOff', domain };

  const notedBefore = new Date(now.getTime() - NOTED_USE_MS).toISOString();
  if (key.lastUsedAt === undefined || key.lastUsedAt < notedBefore) {
    // A note that is missed is no reason to turn a good key away.
    await keys.noteUse(domainId, keyId, now.toISOString(), notedBefore).catch(() => undefined);
  }
  return { kind: 'granted', domain, key };
}

const hasExpired = ({ expireTime }: ScimKey, now: Date): boolean =>
  expireTime !== undefined && Date.parse(expireTime) <= now.getTime();
