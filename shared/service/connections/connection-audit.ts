import { newId } from '../../id';
import type { Actor, AttributeChange, AuditAction, AuditEvent } from '../../store/audit/audit';
import type { Credential, CredentialType } from '../../store/credentials/credential';

const PREFIXES = { 'scim-key': 'key', 'client-secret': 'secret', trust: 'trust' } as const satisfies Record<
  CredentialType,
  string
>;

/** Returns the audit event of a change of a connection or of one of its credentials. */
export const connectionEvent = (
  action: AuditAction,
  resource: { readonly id: string; readonly name: string },
  actor: Actor,
  at: Date,
  changes: readonly AttributeChange[],
): AuditEvent => ({
  id: newId(),
  at: at.toISOString(),
  action,
  resourceId: resource.id,
  resourceName: resource.name,
  actor,
  changes,
});

/** Returns the audit event of a new credential. It does not contain the secret or its hash. */
export function credentialCreated(credential: Credential, actor: Actor, at: Date): AuditEvent {
  const { keyId, type, connectionId, name, expireTime, trust } = credential;
  const after = {
    name,
    ...(connectionId !== keyId && { connectionId }),
    ...(expireTime !== undefined && { expireTime }),
    ...(trust && { ...trust, audiences: [...trust.audiences] }),
  };
  const changes = Object.entries(after).map(([attribute, value]) => ({ attribute, after: value }));
  return {
    ...connectionEvent(`${PREFIXES[type]}.created`, { id: keyId, name }, actor, at, changes),
    ...connectionOf(credential),
  };
}

/** Returns the audit event of the revocation of a credential. */
export function credentialRevoked(credential: Credential, actor: Actor, at: Date): AuditEvent {
  const { keyId, type, connectionId, name } = credential;
  const event = connectionEvent(`${PREFIXES[type]}.revoked`, { id: keyId, name }, actor, at, [
    { attribute: 'name', before: name },
    ...(connectionId === keyId ? [] : [{ attribute: 'connectionId', before: connectionId }]),
    { attribute: 'revokedAt', after: at.toISOString() },
  ]);
  return { ...event, ...connectionOf(credential) };
}

/** A key that was created alone is its own connection. */
const connectionOf = ({ keyId, connectionId }: Credential): Pick<AuditEvent, 'connectionId'> =>
  connectionId === keyId ? {} : { connectionId };
