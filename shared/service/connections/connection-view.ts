import { formatClientId } from '../../credentials/client-secret';
import type {
  ConnectionRecord,
  IdentityProvider,
  RolesConfirmation,
} from '../../store/credentials/connection';
import type { DomainConnections } from '../../store/credentials/connection-store';
import type { Credential, CredentialType, Trust } from '../../store/credentials/credential';

/** A credential of a connection, as administrators see it. Times are RFC 3339, UTC. */
export interface ConnectionCredential {
  readonly credentialId: string;
  readonly type: CredentialType;
  readonly name: string;
  readonly createdAt: string;
  /** Absent if the credential never expires. */
  readonly expireTime?: string;
  readonly revokedAt?: string;
  readonly lastUsedAt?: string;
  /** The version of the pepper of a stored hash. Absent for the first one, and for a trust. */
  readonly pepperId?: number;
  /** The accepted assertions of a credential of the type `trust`. */
  readonly trust?: Trust;
}

/** A connection with its credentials, as administrators see it. Times are RFC 3339, UTC. */
export interface Connection {
  readonly connectionId: string;
  readonly name: string;
  readonly identityProvider: IdentityProvider;
  readonly createdAt: string;
  readonly revokedAt?: string;
  /** The last use of any of its credentials. */
  readonly lastUsedAt?: string;
  /** Absent if mappings make nobody an administrator whom this connection provisions. */
  readonly administratorsFromRoles?: RolesConfirmation;
  /** The OAuth client id of the connection. */
  readonly clientId: string;
  /** Oldest first, revoked ones included. */
  readonly credentials: readonly ConnectionCredential[];
}

/** A connection as it is stored, with its credentials. */
export interface StoredConnection {
  readonly record: ConnectionRecord;
  readonly credentials: readonly Credential[];
}

/**
 * Returns the connections of a domain, oldest first. A SCIM key that was created alone is a connection of its
 * own, until a change of this connection stores an item for it.
 */
export function connectionsOf({ connections, credentials }: DomainConnections): StoredConnection[] {
  const stored = new Set(connections.map(({ connectionId }) => connectionId));
  const implied = credentials
    .filter(({ keyId, connectionId }) => keyId === connectionId && !stored.has(connectionId))
    .map(impliedConnection);
  return [...connections, ...implied]
    .sort((a, b) => (a.connectionId < b.connectionId ? -1 : 1))
    .map((record) => ({
      record,
      credentials: credentials.filter(({ connectionId }) => connectionId === record.connectionId),
    }));
}

/** Returns the connection that a SCIM key is, which was created alone. */
const impliedConnection = ({ keyId, name, createdAt, revokedAt }: Credential): ConnectionRecord => ({
  connectionId: keyId,
  name,
  identityProvider: 'other',
  createdAt,
  ...(revokedAt !== undefined && { revokedAt }),
  trustIds: [],
  version: 0,
});

/** Returns a connection as administrators see it. */
export function connectionView(domainId: string, { record, credentials }: StoredConnection): Connection {
  const { connectionId, name, identityProvider, createdAt, revokedAt, administratorsFromRoles } = record;
  const lastUsedAt = credentials
    .flatMap((credential) => credential.lastUsedAt ?? [])
    .sort()
    .at(-1);
  return {
    connectionId,
    name,
    identityProvider,
    createdAt,
    ...(revokedAt !== undefined && { revokedAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    ...(administratorsFromRoles && revokedAt === undefined && { administratorsFromRoles }),
    clientId: formatClientId({ domainId, connectionId }),
    credentials: credentials.map(credentialView),
  };
}

/** Returns a credential as administrators see it: without its hash. */
export function credentialView(credential: Credential): ConnectionCredential {
  const { keyId, type, name, createdAt, expireTime, revokedAt, lastUsedAt, pepperId, trust } = credential;
  return {
    credentialId: keyId,
    type,
    name,
    createdAt,
    ...(expireTime !== undefined && { expireTime }),
    ...(revokedAt !== undefined && { revokedAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    ...(pepperId !== undefined && { pepperId }),
    ...(trust && { trust }),
  };
}

/** Returns whether a credential is neither revoked nor expired. */
export const isActiveCredential = (
  { expireTime, revokedAt }: Pick<Credential, 'expireTime' | 'revokedAt'>,
  now: Date,
): boolean => revokedAt === undefined && (expireTime === undefined || Date.parse(expireTime) > now.getTime());
