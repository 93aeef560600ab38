import type { Actor } from '../../store/audit/audit';
import { creatorOf } from '../../store/audit/creator';
import type { ConnectionStore } from '../../store/credentials/connection-store';
import type { Credential } from '../../store/credentials/credential';
import { AdminError } from '../admin/admin-error';
import { linkIdOfCaller } from '../credentials/caller-identity';
import { domainNotFound } from '../domains/domain-admin';
import { retryDomainChange } from '../domains/retry-domain-change';
import { credentialCreated } from './connection-audit';
import { assertConnectionHasRoom, roomForCredential } from './connection-limits';
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
 * Adds a credential to a connection. The limits are part of the write: it fails if the connection has changed
 * since it was read, or if the domain has no room anymore. It is repeated then.
 */
export async function addCredential(
  { store, now }: { readonly store: ConnectionStore; readonly now: () => Date },
  domainId: string,
  connectionId: string,
  newCredential: (connection: StoredConnection) => Credential,
  actor: Actor,
): Promise<Credential> {
  return retryDomainChange(now, async () => {
    const at = now();
    const all = await store.readAll(domainId);
    const connection = await loadActiveConnection(
      { readAll: () => Promise.resolve(all) },
      domainId,
      connectionId,
    );
    assertMayHaveCredential(connection, actor);
    const credential = { ...newCredential(connection), ...creatorOf(actor) };
    const room = roomForCredential(all);
    assertConnectionHasRoom(connection, credential.type, at);
    const trustIds = [...connection.credentials, credential]
      .filter(({ type, revokedAt }) => type === 'trust' && revokedAt === undefined)
      .map(({ keyId }) => keyId);
    const audit = credentialCreated(credential, actor, at);
    const before = connection.record;
    await store.addCredential(domainId, { before, credential, trustIds, room, audit });
    return credential;
  });
}

/** Adds a SCIM key that is a connection of its own. The limit of the domain is part of the write. */
export async function addSingleKey(
  { store, now }: { readonly store: ConnectionStore; readonly now: () => Date },
  domainId: string,
  key: Credential,
  actor: Actor,
): Promise<void> {
  await retryDomainChange(now, async () => {
    const all = await store.readAll(domainId);
    if (!all.domain) throw domainNotFound(domainId);
    const created = { ...key, ...creatorOf(actor) };
    await store.createKey(domainId, created, roomForCredential(all), credentialCreated(key, actor, now()));
  });
}

/**
 * Throws if a person with a setup link adds a credential to a connection that makes portal administrators of
 * users. With it, this person could become an owner of the domain.
 */
function assertMayHaveCredential({ record }: StoredConnection, actor: Actor): void {
  const isGuest = actor.kind === 'admin' && linkIdOfCaller(actor.id) !== undefined;
  if (!isGuest || record.administratorsFromRoles === undefined) return;
  throw new AdminError(
    `The connection "${record.name}" makes administrators of users, so a setup link cannot add a credential to it. Create ` +
      'another connection, or ask an owner of the domain to add the credential.',
    'conflict',
  );
}
