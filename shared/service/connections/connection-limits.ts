import type { DomainConnections, Room } from '../../store/credentials/connection-store';
import type { CredentialType } from '../../store/credentials/credential';
import { AdminError } from '../admin/admin-error';
import { isActiveCredential, type StoredConnection } from './connection-view';

/**
 * The credentials of a domain that are not revoked, expired ones included. All are read and shown at once.
 */
export const MAX_CREDENTIALS = 100;
/** The credentials of a connection that are not revoked. All of them are revoked in one transaction. */
export const MAX_CREDENTIALS_PER_CONNECTION = 20;
/** The connections of a domain that are not revoked, besides SCIM keys that were created alone. */
export const MAX_CONNECTIONS = 50;
/** The client secrets of a connection that are valid: one that is in use, and the next one. */
const MAX_SECRETS = 2;
/** The trusts of a connection that are not revoked. The token endpoint reads all of them. */
const MAX_TRUSTS = 5;

const isNotRevoked = ({ revokedAt }: { readonly revokedAt?: string }): boolean => revokedAt === undefined;

/** Returns how many more connections the domain can have. Throws if it cannot have another one. */
export function roomForConnection({ connections, additions }: DomainConnections): Room {
  const room = MAX_CONNECTIONS - connections.filter(isNotRevoked).length;
  if (room > 0) return { additions, room };
  throw new AdminError(
    `The domain already has ${MAX_CONNECTIONS} connections. Revoke those that are no longer used.`,
    'conflict',
  );
}

/** Returns how many more credentials the domain can have. Throws if it cannot have another one. */
export function roomForCredential({ credentials, additions }: DomainConnections): Room {
  const room = MAX_CREDENTIALS - credentials.filter(isNotRevoked).length;
  if (room > 0) return { additions, room };
  throw new AdminError(
    `The domain already has ${MAX_CREDENTIALS} credentials. Revoke those that have expired or are no longer used.`,
    'conflict',
  );
}

/** Throws if the connection cannot have another credential of the type. */
export function assertConnectionHasRoom(
  { credentials }: StoredConnection,
  type: CredentialType,
  now: Date,
): void {
  const current = credentials.filter(isNotRevoked);
  if (current.length >= MAX_CREDENTIALS_PER_CONNECTION)
    throw new AdminError(
      `The connection already has ${MAX_CREDENTIALS_PER_CONNECTION} credentials. Revoke those that have expired or ` +
        'are no longer used.',
      'conflict',
    );
  const same = current.filter((credential) => credential.type === type);
  if (
    type === 'client-secret' &&
    same.filter((secret) => isActiveCredential(secret, now)).length >= MAX_SECRETS
  )
    throw new AdminError(
      `The connection already has ${MAX_SECRETS} valid client secrets. Revoke the one that is no longer used.`,
      'conflict',
    );
  if (type === 'trust' && same.length >= MAX_TRUSTS)
    throw new AdminError(
      `The connection already has ${MAX_TRUSTS} trusts. Revoke those that are no longer used.`,
      'conflict',
    );
}
