import type { Actor } from '../../store/audit/audit';
import type { ConnectionStore } from '../../store/credentials/connection-store';
import type { Credential } from '../../store/credentials/credential';
import { AdminError } from '../admin/admin-error';
import { domainNotFound } from '../domains/domain-admin';
import { retryConflicts } from '../domains/retry-conflicts';
import { credentialCreated } from './connection-audit';
import { assertConnectionHasRoom, assertCredentialLimit } from './connection-limits';
import { connectionsOf, type StoredConnection } from './connection-view';

/** Returns a connection of a domain. */
export async function loadConnection(
  store: Pick<ConnectionStore, 'readAll'>,
  domainId: string,
  connectionId: string,
): Promise<StoredConnection> {
  const all = await store.readAll(domainId);
  if (!all.domain) throw domainNotFound(domainId);
  const found = connectionsOf(all).find(({ record }) => record.connectionId === connectionId);
  if (found) return found;
  throw new AdminError(`The domain ${domainId} has no connection ${connectionId}.`, 'notFound');
}

/** Returns a connection that is not revoked. */
export async function loadActiveConnection(
  store: Pick<ConnectionStore, 'readAll'>,
  domainId: string,
  connectionId: string,
): Promise<StoredConnection> {
  const connection = await loadConnection(store, domainId, connectionId);
  if (connection.record.revokedAt === undefined) return connection;
  throw new AdminError(
    `The connection "${connection.record.name}" was revoked. Create another connection.`,
    'conflict',
  );
}

/**
 * Adds a credential to a connection. The limits are part of the write: it fails if the connection has changed since it
 * was read, and is repeated then.
 */
export async function addCredential(
  { store, now }: { readonly store: ConnectionStore; readonly now: () => Date },
  domainId: string,
  connectionId: string,
  newCredential: (connection: StoredConnection) => Credential,
  actor: Actor,
): Promise<Credential> {
  return retryConflicts(now, async () => {
    const at = now();
    const all = await store.readAll(domainId);
    const connection = await loadActiveConnection(
      { readAll: () => Promise.resolve(all) },
      domainId,
      connectionId,
    );
    const credential = newCredential(connection);
    assertCredentialLimit(all);
    assertConnectionHasRoom(connection, credential.type, at);
    const trustIds = [...connection.credentials, credential]
      .filter(({ type, revokedAt }) => type === 'trust' && revokedAt === undefined)
      .map(({ keyId }) => keyId);
    const audit = credentialCreated(credential, actor, at);
    await store.addCredential(domainId, connection.record, credential, trustIds, audit);
    return credential;
  });
}
