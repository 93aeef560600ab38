import type { Credential, CredentialType } from '../../../store/credentials/credential';
import type { ConnectionNames } from '../connection-names';
import { draftFinding, type FindingDetail, type FindingDraft } from '../finding';
import type { NamedCredential } from '../texts/finding-facts';
import { dayOf } from '../wording';

type Key = Omit<Credential, 'hash'>;

/** The domain or the connection whose credentials are checked. */
export interface CheckedCredentials {
  readonly scope: 'domain' | 'connection';
  /** Whether a domain without credentials is as it should be. @default false */
  readonly mayHaveNone?: boolean;
  /** The names of the connections, to say which one a credential belongs to. */
  readonly names: ConnectionNames;
}

const ALL_OF_DOMAIN: CheckedCredentials = { scope: 'domain', names: new Map() };

const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 30;
const UNUSED_DAYS = 90;

/** Reports problems with the credentials of a domain or a connection. Revoked ones are ignored. */
export function keyFindings(
  all: readonly Key[],
  now: Date,
  checked: CheckedCredentials = ALL_OF_DOMAIN,
): FindingDraft[] {
  const keys = all.filter(({ revokedAt }) => revokedAt === undefined);
  if (keys.length === 0) return checked.mayHaveNone ? [] : [missingKey(all, checked)];
  const expired = keys.filter((key) => daysLeft(key, now) <= 0);
  const valid = keys.filter((key) => daysLeft(key, now) > 0);
  const expiring = valid.filter((key) => daysLeft(key, now) <= EXPIRES_SOON_DAYS);
  const unused = valid.filter((key) => isUnused(key, now));
  return [
    ...(expired.length > 0 ? [expiredKeys(expired, valid, checked)] : []),
    ...(expiring.length > 0 ? [expiringKeys(expiring, now, checked)] : []),
    ...(unused.length > 0 ? [unusedKeys(unused, checked)] : []),
  ];
}

const daysLeft = ({ expireTime }: Key, now: Date): number =>
  expireTime === undefined ? Infinity : (Date.parse(expireTime) - now.getTime()) / DAY_MS;

function isUnused({ lastUsedAt }: Key, now: Date): boolean {
  return lastUsedAt === undefined || now.getTime() - Date.parse(lastUsedAt) > UNUSED_DAYS * DAY_MS;
}

/** Returns the type of all of the credentials; that of SCIM keys if there are none. */
function typeOf(keys: readonly Key[]): CredentialType | 'mixed' {
  const [type = 'scim-key', ...others] = [...new Set(keys.map((key) => key.type))];
  return others.length > 0 ? 'mixed' : type;
}

const areScimKeys = (keys: readonly Key[]): boolean => keys.every(({ type }) => type === 'scim-key');

/** Returns a credential for a text, with its connection if this one has another name. */
function named(
  { name, connectionId }: Key,
  { scope, names }: CheckedCredentials,
  time: string | undefined,
): NamedCredential {
  const connection = scope === 'domain' ? names.get(connectionId) : undefined;
  return {
    name,
    ...(connection !== undefined && connection !== name && { connection }),
    ...(time !== undefined && { day: dayOf(time) }),
  };
}

const missingKey = (revoked: readonly Key[], { scope }: CheckedCredentials): FindingDraft =>
  draftFinding('key-missing', 'error', {
    scope,
    noun: scope === 'domain' && areScimKeys(revoked) ? 'SCIM key' : 'credential',
    revoked: revoked.length,
  });

/** The severity is `error` unless another credential was used after the expiry. */
function expiredKeys(
  expired: readonly Key[],
  valid: readonly Key[],
  checked: CheckedCredentials,
): FindingDraft {
  const replaced = expired.every((key) => valid.some((other) => replaces(other, key)));
  return draftFinding(
    'key-expired',
    replaced ? 'info' : 'error',
    {
      type: typeOf(expired),
      credentials: expired.map((key) => named(key, checked, key.expireTime)),
      isReplaced: replaced,
    },
    expired.map((key) => detailOf(key, checked)),
  );
}

/**
 * Returns whether a credential was used after another one had expired. It is one of the same connection, or
 * any if the other one is a SCIM key that was created alone.
 */
function replaces(other: Key, { connectionId, keyId, expireTime = '' }: Key): boolean {
  const wasUsed = other.lastUsedAt !== undefined && other.lastUsedAt > expireTime;
  return wasUsed && (connectionId === keyId || other.connectionId === connectionId);
}

const expiringKeys = (expiring: readonly Key[], now: Date, checked: CheckedCredentials): FindingDraft =>
  draftFinding(
    'key-expires-soon',
    'warning',
    {
      type: typeOf(expiring),
      credentials: expiring.map((key) => named(key, checked, key.expireTime)),
      withinDays: EXPIRES_SOON_DAYS,
      nearestDays: Math.ceil(Math.min(...expiring.map((key) => daysLeft(key, now)))),
    },
    expiring.map((key) => detailOf(key, checked)),
  );

const unusedKeys = (unused: readonly Key[], checked: CheckedCredentials): FindingDraft =>
  draftFinding(
    'key-unused',
    'info',
    {
      type: typeOf(unused),
      credentials: unused.map((key) => named(key, checked, key.lastUsedAt)),
      sinceDays: UNUSED_DAYS,
    },
    unused.map((key) => detailOf(key, checked)),
  );

const detailOf = (key: Key, { names }: CheckedCredentials): FindingDetail => ({
  [key.type === 'scim-key' ? 'keyId' : 'credentialId']: key.keyId,
  type: key.type,
  name: key.name,
  connectionId: key.connectionId,
  connection: names.get(key.connectionId) ?? null,
  createdAt: key.createdAt,
  expireTime: key.expireTime ?? null,
  lastUsedAt: key.lastUsedAt ?? null,
});
