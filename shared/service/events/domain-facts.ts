import type { EventResource } from '../../events/event';
import { readConnection, type ConnectionRecord } from '../../store/credentials/connection';
import { readCredential, type Credential } from '../../store/credentials/credential';
import { readDomainItem, type Domain } from '../../store/domains/domain-store';
import { connectionKey, credentialKey } from '../../store/table/keys';
import { optionalText, text } from '../../store/table/read-item';
import { facts, type EventFacts, type ItemChange } from './change';

/**
 * Returns what a change of a domain's item means. Only its creation, its deletion, and its switches are
 * events.
 */
export function domainFacts({ domainId, before, after }: ItemChange): EventFacts[] {
  const [old, current] = [before && readDomainItem(before), after && readDomainItem(after)];
  const common = {
    subject: { type: 'domain', id: domainId } as const,
    ...(old && { before: domainResource(old) }),
    ...(current && { after: domainResource(current) }),
  };
  if (!current) return old ? [facts({ ...common, type: 'domain.deleted', data: { domainId } })] : [];
  if (!old)
    return [facts({ ...common, type: 'domain.created', time: current.createdAt, data: { domainId } })];
  const { scimAvailable, scimEnabled } = current;
  if (scimAvailable === old.scimAvailable && scimEnabled === old.scimEnabled) return [];
  return [facts({ ...common, type: 'domain.switched', data: { domainId, scimAvailable, scimEnabled } })];
}

/** Returns what a change of a connection's item means. */
export function connectionFacts({ domainId, before, after }: ItemChange): EventFacts[] {
  if (!after) return [];
  const current = readConnection(after);
  const { connectionId, createdAt, revokedAt } = current;
  const subject = { type: 'connection', id: connectionId } as const;
  const data = { connectionId };
  const common = { subject, data, after: connectionResource(current) };
  if (!before) {
    // A SCIM key that was created alone is a connection that gets its item later.
    const unless = credentialKey(domainId, connectionId);
    return [facts({ ...common, type: 'connection.created', time: createdAt, unless })];
  }
  const old = readConnection(before);
  if (revokedAt === undefined || old.revokedAt !== undefined) return [];
  return [facts({ ...common, type: 'connection.revoked', time: revokedAt, before: connectionResource(old) })];
}

/**
 * Returns what a change of a credential's item means. One that was created alone is a connection of its own.
 */
export function credentialFacts({ domainId, before, after }: ItemChange): EventFacts[] {
  if (!after) return [];
  const current = readCredential(after);
  const { keyId, connectionId, createdAt, revokedAt, expireTime } = current;
  const subject = { type: 'connection', id: connectionId } as const;
  const common = { subject, after: credentialResource(current) };
  const isAlone = keyId === connectionId;
  const data = { connectionId };
  if (!before)
    return isAlone ? [facts({ ...common, type: 'connection.created', time: createdAt, data })] : [];
  const old = readCredential(before);
  const changed = { ...common, before: credentialResource(old) };
  if (revokedAt !== undefined && old.revokedAt === undefined && isAlone) {
    // With an item of its own, the connection outlives its first key.
    const unless = connectionKey(domainId, connectionId);
    return [facts({ ...changed, type: 'connection.revoked', time: revokedAt, data, unless })];
  }
  const noticedAt = optionalText(after, 'expiryNoticedAt');
  if (noticedAt === undefined || noticedAt === optionalText(before, 'expiryNoticedAt')) return [];
  if (expireTime === undefined) return [];
  return [
    facts({
      ...changed,
      type: 'connection.expiring',
      time: noticedAt,
      data: { connectionId, credentialId: keyId, expireTime },
      actor: { kind: 'system', name: 'expiry' },
    }),
  ];
}

/** Returns what a change of an email's entry means. It is an event when the email bounced, once. */
export function emailFacts({ key, before, after }: ItemChange): EventFacts[] {
  if (!after || text(after, 'status') !== BOUNCED) return [];
  if (before && optionalText(before, 'status') === BOUNCED) return [];
  const time = optionalText(after, 'bouncedAt');
  const [first = '', second = '', third = ''] = key.sk.split('#');
  const isReminder = first === 'KEY';
  const emailId = isReminder ? third : second;
  const owner = isReminder ? { credentialId: second } : { userId: first };
  const [kind, to, detail] = ['kind', 'to', 'detail'].map((name) => optionalText(after, name));
  return [
    facts({
      type: 'email.bounced',
      subject: { type: 'email', id: isReminder ? `${second}-${third}` : emailId },
      data: { emailId, ...owner },
      ...(time !== undefined && { time }),
      actor: { kind: 'system', name: 'mail' },
      after: { kind, status: BOUNCED, to, detail, bouncedAt: time },
    }),
  ];
}

const BOUNCED = 'bounced';

/** Returns a domain without the values that assign it to its usage plan. */
const domainResource = ({ name, scimAvailable, scimEnabled, createdAt }: Domain): EventResource => ({
  name,
  scimAvailable,
  scimEnabled,
  createdAt,
});

const connectionResource = ({ name, identityProvider, createdAt, revokedAt }: ConnectionRecord) => ({
  name,
  identityProvider,
  createdAt,
  revokedAt,
});

/** Returns a credential without its hash. */
const credentialResource = ({ keyId, type, name, createdAt, expireTime, revokedAt }: Credential) => ({
  credentialId: keyId,
  type,
  name,
  createdAt,
  expireTime,
  revokedAt,
});
