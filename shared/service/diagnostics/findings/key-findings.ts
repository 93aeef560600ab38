import type { Credential, CredentialType } from '../../../store/credentials/credential';
import type { ConnectionNames } from '../connection-names';
import type { FindingDetail, FindingDraft } from '../finding';
import { pluralize, dayOf, joinNames } from '../wording';

type Key = Omit<Credential, 'hash'>;

/** The domain or the connection whose credentials are checked. */
export interface CheckedCredentials {
  readonly scope: 'domain' | 'connection';
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
  if (keys.length === 0) return [missingKey(all, checked)];
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

const NOUNS: Readonly<Record<CredentialType, string>> = {
  'scim-key': 'SCIM key',
  'client-secret': 'client secret',
  trust: 'trust',
};

/** Returns the noun for all of the credentials; that of SCIM keys if there are none. */
function nounOf(keys: readonly Key[]): string {
  const [type = 'scim-key', ...others] = [...new Set(keys.map((key) => key.type))];
  return others.length > 0 ? 'credential' : NOUNS[type];
}

const areScimKeys = (keys: readonly Key[]): boolean => keys.every(({ type }) => type === 'scim-key');

/** Returns the name of a credential, with that of its connection if this one has another name. */
function nameOf({ name, connectionId }: Key, { scope, names }: CheckedCredentials): string {
  const connection = scope === 'domain' ? names.get(connectionId) : undefined;
  return connection === undefined || connection === name
    ? `"${name}"`
    : `"${name}" of the connection "${connection}"`;
}

function missingKey(revoked: readonly Key[], { scope }: CheckedCredentials): FindingDraft {
  const noun = scope === 'domain' && areScimKeys(revoked) ? NOUNS['scim-key'] : 'credential';
  const short = noun === 'SCIM key' ? 'key' : noun;
  return {
    code: 'key-missing',
    severity: 'error',
    found:
      revoked.length === 0
        ? `The ${scope} has no ${noun}.`
        : `The ${scope} has no ${noun} that works: ` +
          `${pluralize(revoked.length, `${short} was`, `${short}s were`)} revoked.`,
    action:
      noun === 'SCIM key'
        ? 'License administrator: generate a SCIM key and put it into the connection at the identity provider.'
        : 'License administrator: add a SCIM key, a client secret, or a trust, and enter it at the identity provider.',
  };
}

/** The severity is `error` unless another credential was used after the expiry. */
function expiredKeys(
  expired: readonly Key[],
  valid: readonly Key[],
  checked: CheckedCredentials,
): FindingDraft {
  const replaced = expired.every((key) => valid.some((other) => replaces(other, key)));
  const one = expired.length === 1;
  const noun = nounOf(expired);
  const short = areScimKeys(expired) ? 'key' : 'credential';
  const keys = `The ${noun}${one ? '' : 's'} ${joinNames(expired.map((key) => expiryOf(key, checked)))}`;
  const expiry = `${keys} ${one ? 'has' : 'have'} expired`;
  return {
    code: 'key-expired',
    severity: replaced ? 'info' : 'error',
    found: replaced
      ? `${expiry}, and another ${short} is in use.`
      : `${expiry}, and no other ${short} has been used since.`,
    action: replaced
      ? `License administrator: revoke the expired ${short}, so that it is no longer reported.`
      : `License administrator: ${replacement(expired)}, and revoke the expired ${short}.`,
    details: expired.map((key) => detailOf(key, checked)),
  };
}

/**
 * Returns whether a credential was used after another one had expired. It is one of the same connection, or any if the
 * other one is a SCIM key that was created alone.
 */
function replaces(other: Key, { connectionId, keyId, expireTime = '' }: Key): boolean {
  const wasUsed = other.lastUsedAt !== undefined && other.lastUsedAt > expireTime;
  return wasUsed && (connectionId === keyId || other.connectionId === connectionId);
}

const replacement = (keys: readonly Key[]): string =>
  areScimKeys(keys)
    ? 'generate a new key, put it into the connection at the identity provider'
    : 'add a new credential of this type to the connection, enter it at the identity provider';

function expiringKeys(expiring: readonly Key[], now: Date, checked: CheckedCredentials): FindingDraft {
  const nearest = Math.ceil(Math.min(...expiring.map((key) => daysLeft(key, now))));
  const noun = nounOf(expiring);
  return {
    code: 'key-expires-soon',
    severity: 'warning',
    found:
      `${pluralize(expiring.length, `${noun} expires`, `${noun}s expire`)} within ${EXPIRES_SOON_DAYS} ` +
      'days: ' +
      `${joinNames(expiring.map((key) => expiryOf(key, checked)))}. ` +
      `The first one expires in ${pluralize(nearest, 'day')}.`,
    action: `License administrator: ${replacement(expiring)}, and revoke the old one before it expires.`,
    details: expiring.map((key) => detailOf(key, checked)),
  };
}

function unusedKeys(unused: readonly Key[], checked: CheckedCredentials): FindingDraft {
  const noun = nounOf(unused);
  const since = (key: Key): string =>
    `${nameOf(key, checked)} (${key.lastUsedAt === undefined ? 'never' : `last on ${dayOf(key.lastUsedAt)}`})`;
  return {
    code: 'key-unused',
    severity: 'info',
    found:
      `${pluralize(unused.length, `${noun} was`, `${noun}s were`)} never used, or not for ` +
      `${UNUSED_DAYS} days: ` +
      `${joinNames(unused.map(since))}.`,
    action: areScimKeys(unused)
      ? 'License administrator: put the key into the connection at the identity provider, or revoke it if ' +
        'it is not needed.'
      : 'License administrator: enter the credential at the identity provider, or revoke it if it is not needed.',
    details: unused.map((key) => detailOf(key, checked)),
  };
}

const expiryOf = (key: Key, checked: CheckedCredentials): string =>
  `${nameOf(key, checked)} (${dayOf(key.expireTime ?? '')})`;

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
