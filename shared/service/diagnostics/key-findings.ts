import type { Credential } from '../../store/credentials/credential';
import type { FindingDetail, FindingDraft } from './finding';
import { pluralize, dayOf, joinNames } from './wording';

type Key = Omit<Credential, 'hash'>;

const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 30;
const UNUSED_DAYS = 90;

/** Reports problems with the SCIM keys of a domain. Revoked keys are ignored. */
export function keyFindings(all: readonly Key[], now: Date): FindingDraft[] {
  const keys = all.filter(({ revokedAt }) => revokedAt === undefined);
  if (keys.length === 0) return [missingKey(all.length)];
  const expired = keys.filter((key) => daysLeft(key, now) <= 0);
  const valid = keys.filter((key) => daysLeft(key, now) > 0);
  const expiring = valid.filter((key) => daysLeft(key, now) <= EXPIRES_SOON_DAYS);
  const unused = valid.filter((key) => isUnused(key, now));
  return [
    ...(expired.length > 0 ? [expiredKeys(expired, valid)] : []),
    ...(expiring.length > 0 ? [expiringKeys(expiring, now)] : []),
    ...(unused.length > 0 ? [unusedKeys(unused)] : []),
  ];
}

const daysLeft = ({ expireTime }: Key, now: Date): number =>
  expireTime === undefined ? Infinity : (Date.parse(expireTime) - now.getTime()) / DAY_MS;

function isUnused({ lastUsedAt }: Key, now: Date): boolean {
  return lastUsedAt === undefined || now.getTime() - Date.parse(lastUsedAt) > UNUSED_DAYS * DAY_MS;
}

const missingKey = (revoked: number): FindingDraft => ({
  code: 'key-missing',
  severity: 'error',
  found:
    revoked === 0
      ? 'The domain has no SCIM key.'
      : `The domain has no SCIM key that works: ${pluralize(revoked, 'key was', 'keys were')} revoked.`,
  action:
    'License administrator: generate a SCIM key and put it into the connection at the identity provider.',
});

/** The severity is `error` unless another key was used after the expiry. */
function expiredKeys(expired: readonly Key[], valid: readonly Key[]): FindingDraft {
  const replaced = expired.every(({ expireTime = '' }) =>
    valid.some(({ lastUsedAt }) => lastUsedAt !== undefined && lastUsedAt > expireTime),
  );
  const one = expired.length === 1;
  const keys = `The SCIM ${one ? 'key' : 'keys'} ${joinNames(expired.map(expiryOf))}`;
  const expiry = `${keys} ${one ? 'has' : 'have'} expired`;
  return {
    code: 'key-expired',
    severity: replaced ? 'info' : 'error',
    found: replaced
      ? `${expiry}, and another key is in use.`
      : `${expiry}, and no other key has been used since.`,
    action: replaced
      ? 'License administrator: revoke the expired key, so that it is no longer reported.'
      : 'License administrator: generate a new key, put it into the connection at the identity provider, and ' +
        'revoke the expired key.',
    details: expired.map(detailOf),
  };
}

function expiringKeys(expiring: readonly Key[], now: Date): FindingDraft {
  const nearest = Math.ceil(Math.min(...expiring.map((key) => daysLeft(key, now))));
  return {
    code: 'key-expires-soon',
    severity: 'warning',
    found:
      `${pluralize(expiring.length, 'SCIM key expires', 'SCIM keys expire')} within ${EXPIRES_SOON_DAYS} ` +
      'days: ' +
      `${joinNames(expiring.map(expiryOf))}. The first one expires in ${pluralize(nearest, 'day')}.`,
    action:
      'License administrator: generate a new key, put it into the connection at the identity provider, ' +
      'and revoke the old one before it expires.',
    details: expiring.map(detailOf),
  };
}

function unusedKeys(unused: readonly Key[]): FindingDraft {
  const since = ({ name, lastUsedAt }: Key): string =>
    `"${name}" (${lastUsedAt === undefined ? 'never' : `last on ${dayOf(lastUsedAt)}`})`;
  return {
    code: 'key-unused',
    severity: 'info',
    found:
      `${pluralize(unused.length, 'SCIM key was', 'SCIM keys were')} never used, or not for ` +
      `${UNUSED_DAYS} days: ` +
      `${joinNames(unused.map(since))}.`,
    action:
      'License administrator: put the key into the connection at the identity provider, or revoke it if ' +
      'it is not needed.',
    details: unused.map(detailOf),
  };
}

const expiryOf = ({ name, expireTime = '' }: Key): string => `"${name}" (${dayOf(expireTime)})`;

const detailOf = ({ keyId, name, createdAt, expireTime, lastUsedAt }: Key): FindingDetail => ({
  keyId,
  name,
  createdAt,
  expireTime: expireTime ?? null,
  lastUsedAt: lastUsedAt ?? null,
});
