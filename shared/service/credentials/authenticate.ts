import { isSimulationId, timeOfId } from '../../id';
import { verifyAccessToken } from '../../credentials/access-token';
import { isFormer, type PepperedHash, pepperOf, withPepper } from '../../credentials/pepper';
import type { CurrentSecret } from '../../credentials/secret-versions';
import { hashKey, matchHash, parseToken, type ScimKeyToken } from '../../credentials/scim-key';
import type { Domain } from '../../store/domains/domain-store';
import type { Credential } from '../../store/credentials/credential';
import type { CredentialStore } from '../../store/credentials/credential-store';

/** The result of checking a bearer token. */
export type Authentication =
  | {
      readonly kind: 'granted';
      readonly domain: Domain;
      readonly key: Credential;
      /** The time at which the token expires; RFC 3339, UTC. Absent if it never does. */
      readonly expireTime?: string;
    }
  /** The key is valid, but the operator does not make SCIM available to its domain. */
  | { readonly kind: 'notAvailable'; readonly domain: Domain }
  /** The key is valid, but SCIM is disabled in its domain. */
  | { readonly kind: 'disabled'; readonly domain: Domain }
  /** The token is unknown, malformed, expired, or revoked. The client does not learn which. */
  | { readonly kind: 'refused' };

/**
 * The hash to compare with if the key does not exist, so that an unknown key takes as long as a wrong one.
 */
const NO_HASH = 'A'.repeat(43);
const USE_RECORDING_INTERVAL_MS = 60_000;

/**
 * An eventually consistent read finds a key that is older than this. It takes less than a second in practice.
 */
const NEW_KEY_MS = 60_000;

/** The secrets by which tokens are checked. Each is read when the first token needs it. */
export interface TokenSecrets {
  /** The peppers of the hashes of SCIM keys. */
  readonly peppers: () => Promise<CurrentSecret>;
  /** The secrets from which access tokens are derived. */
  readonly accessTokens: () => Promise<CurrentSecret>;
}

/** The consequences of a token that has the secret of its credential. */
interface Proof {
  /** The time at which the token expires; RFC 3339, UTC. Absent if it never does. */
  readonly expireTime?: string;
  /** The new hash of an old key, or of one whose pepper is replaced. */
  readonly newHash?: PepperedHash;
}

/** A credential whose secret a token has, even if it cannot be used. */
export interface TokenOwner {
  readonly domainId: string;
  readonly key: Credential;
  /** The time at which the token expires; RFC 3339, UTC. */
  readonly expireTime?: string;
}

type Keys = Pick<CredentialStore, 'get' | 'domain' | 'isUsable' | 'recordUse'>;

/**
 * Finds the credential and the domain of `token`, and records the use of the credential. The token is a SCIM
 * key, or an access token that was issued for a client secret or a trust; the credential decides which.
 * Refuses a malformed token without a read, and one that only looks like a key with one read of half a unit:
 * the domain is read last, and the key eventually consistent, because outsiders can send any number of such
 * tokens. Neither a stale revocation nor a stale use matters, because the last step checks the key again.
 *
 * The authorizer's response is cached for minutes, and a revocation flushes the cache once. A response that
 * is older than the revocation could be cached after the flush. So the last step is always a check of the
 * key: in the write of its use, or in a read if the use is recorded already.
 *
 * Calls `onOwner` with the key if `token` has its secret, even if the key is revoked or has expired.
 */
export async function authenticate(
  token: string,
  keys: Keys,
  secrets: TokenSecrets,
  now: Date,
  onOwner: (owner: TokenOwner) => void = () => undefined,
): Promise<Authentication> {
  const parsed = parseToken(token);
  if (!parsed) return { kind: 'refused' };
  const { domainId, keyId } = parsed;
  const isOld = timeOfId(keyId).getTime() < now.getTime() - NEW_KEY_MS;
  const key = await keys.get(domainId, keyId, { eventuallyConsistent: isOld });
  const proof = await proofOf(parsed, key, secrets);
  if (!key || !proof) return { kind: 'refused' };
  const { expireTime, newHash } = proof;
  onOwner({ domainId, key, expireTime });
  if (key.revokedAt !== undefined || hasExpired(expireTime, now)) return { kind: 'refused' };
  const domain = await keys.domain(domainId);
  if (!domain) return { kind: 'refused' };
  if (!domain.scimAvailable) return { kind: 'notAvailable', domain };
  if (!domain.scimEnabled) return { kind: 'disabled', domain };
  if (!(await recordOrCheck(key, { domainId, newHash }, keys, now))) return { kind: 'refused' };
  return { kind: 'granted', domain, key, expireTime };
}

/**
 * Returns undefined if the token does not have the secret of the credential, or if the credential does not
 * exist.
 */
async function proofOf(
  token: ScimKeyToken,
  key: Credential | undefined,
  secrets: TokenSecrets,
): Promise<Proof | undefined> {
  if (key === undefined || key.type === 'scim-key') {
    const peppers = await secrets.peppers();
    const pepper = key && pepperOf(key, peppers);
    const form = matchHash(token, (pepper && key.hash) ?? NO_HASH, (pepper ?? peppers.issuing).text);
    if (!form) return undefined;
    const isOutdated = form === 'unbound' || isFormer(key ?? {}, peppers);
    return {
      expireTime: key?.expireTime,
      newHash: isOutdated ? withPepper(peppers, (text) => hashKey(token, text)) : undefined,
    };
  }
  const expiresAt = verifyAccessToken(token, await secrets.accessTokens());
  if (expiresAt === undefined) return undefined;
  const expireTime = new Date(expiresAt * 1000).toISOString();
  return {
    expireTime: key.expireTime !== undefined && key.expireTime < expireTime ? key.expireTime : expireTime,
  };
}

/**
 * Records the use of a key, at most once a minute, and with it the new hash of an old key. Returns false if
 * the key has been revoked.
 */
async function recordOrCheck(
  { keyId, lastUsedAt }: Credential,
  { domainId, newHash }: { readonly domainId: string; readonly newHash?: PepperedHash },
  keys: Pick<Keys, 'isUsable' | 'recordUse'>,
  now: Date,
): Promise<boolean> {
  const recordedBefore = new Date(now.getTime() - USE_RECORDING_INTERVAL_MS).toISOString();
  const isUsable = () => keys.isUsable(domainId, keyId);
  // The credential of a connection test lives ten minutes, so nothing needs to know when it was used.
  if (isSimulationId(keyId)) return isUsable();
  if (lastUsedAt !== undefined && lastUsedAt >= recordedBefore) return isUsable();
  // A valid key works even if its use cannot be recorded. The attempts may have taken seconds.
  const use = { usedAt: now.toISOString(), recordedBefore, newHash };
  return keys.recordUse(domainId, keyId, use).catch(isUsable);
}

const hasExpired = (expireTime: string | undefined, now: Date): boolean =>
  expireTime !== undefined && Date.parse(expireTime) <= now.getTime();
