import { withPepper } from '../../credentials/pepper';
import type { CurrentSecret } from '../../credentials/secret-versions';
import { formatClientId, formatClientSecret, hashClientSecret } from '../../credentials/client-secret';
import type { UsageKeys } from '../../gateway/usage-keys';
import { newId } from '../../id';
import { newSecret } from '../../credentials/scim-key';
import type { Actor } from '../../store/audit/audit';
import type { ConnectionStore } from '../../store/credentials/connection-store';
import { NO_SECRET, type Credential } from '../../store/credentials/credential';
import type { CredentialStore } from '../../store/credentials/credential-store';
import { AdminError } from '../admin/admin-error';
import { parseFutureInstant } from '../admin/admin-input';
import { credentialName } from '../credentials/credential-name';
import { flushAfterRevocation } from '../credentials/flush-cache';
import { domainNotFound } from '../domains/domain-admin';
import { retryDomainChange } from '../domains/retry-domain-change';
import { addCredential, loadActiveConnection, loadConnection } from './add-credential';
import { connectionEvent, credentialRevoked } from './connection-audit';
import type {
  ConnectionSettings,
  GeneratedClientSecret,
  NewClientSecret,
  NewTrust,
} from './connection-input';
import { roomForConnection } from './connection-limits';
import {
  connectionsOf,
  connectionView,
  credentialView,
  type Connection,
  type ConnectionCredential,
} from './connection-view';
import { secretExpiry } from './secret-lifetime';
import { validateTrust } from './trust-input';

export interface ConnectionAdminDependencies {
  readonly store: ConnectionStore;
  readonly credentials: Pick<CredentialStore, 'revoke'>;
  readonly usageKeys: Pick<UsageKeys, 'flushAuthorizerCache'>;
  readonly peppers: () => Promise<CurrentSecret>;
  /** Says what is wrong with the URL of an issuer's keys, if anything is. */
  readonly jwksUrlProblem: (jwksUrl: string) => string | undefined;
  /** Ends the portal administrators that depend on a connection. */
  readonly endAdministrators: (domainId: string, connectionId: string, actor: Actor) => Promise<void>;
  readonly auditRetentionDays: number;
  readonly now: () => Date;
}

/**
 * Administers the connections of domains, and their client secrets and trusts. Throws `AdminError`. A change
 * is one transaction with its audit events.
 */
export class ConnectionAdmin {
  constructor(private readonly dependencies: ConnectionAdminDependencies) {}

  /** Returns all connections, oldest first, revoked ones included. */
  async listConnections(domainId: string): Promise<Connection[]> {
    const all = await this.dependencies.store.readAll(domainId);
    if (!all.domain) throw domainNotFound(domainId);
    return connectionsOf(all).map((connection) => connectionView(domainId, connection));
  }

  async getConnection(domainId: string, connectionId: string): Promise<Connection> {
    return connectionView(domainId, await loadConnection(this.dependencies.store, domainId, connectionId));
  }

  /** Creates a connection without credentials. */
  async createConnection(domainId: string, input: ConnectionSettings, actor: Actor): Promise<Connection> {
    const { store, now } = this.dependencies;
    const name = credentialName(input.name, 'The name of a connection');
    const { identityProvider } = input;
    return retryDomainChange(now, async () => {
      const all = await store.readAll(domainId);
      if (!all.domain) throw domainNotFound(domainId);
      const room = roomForConnection(all);
      const at = now();
      const createdAt = at.toISOString();
      const record = { connectionId: newId(), name, identityProvider, createdAt, trustIds: [], version: 1 };
      const audit = connectionEvent('connection.created', { id: record.connectionId, name }, actor, at, [
        { attribute: 'name', after: name },
        { attribute: 'identityProvider', after: identityProvider },
      ]);
      await store.create(domainId, record, room, audit);
      return connectionView(domainId, { record, credentials: [] });
    });
  }

  /** Changes the name or the identity provider of a connection. Returns the connection after the change. */
  async updateConnection(
    domainId: string,
    connectionId: string,
    input: Partial<ConnectionSettings>,
    actor: Actor,
  ): Promise<Connection> {
    const { store, now } = this.dependencies;
    const name =
      input.name === undefined ? undefined : credentialName(input.name, 'The name of a connection');
    return retryDomainChange(now, async () => {
      const { record, credentials } = await loadActiveConnection(store, domainId, connectionId);
      const after = {
        name: name ?? record.name,
        identityProvider: input.identityProvider ?? record.identityProvider,
      };
      const changes = (['name', 'identityProvider'] as const)
        .filter((attribute) => after[attribute] !== record[attribute])
        .map((attribute) => ({ attribute, before: record[attribute], after: after[attribute] }));
      if (changes.length > 0) {
        const audit = connectionEvent(
          'connection.updated',
          { id: connectionId, name: after.name },
          actor,
          now(),
          changes,
        );
        await store.change(domainId, record, after, audit);
      }
      return connectionView(domainId, { record: { ...record, ...after }, credentials });
    });
  }

  /**
   * Revokes a connection with all its credentials, effective immediately. A call may be repeated, and must be
   * repeated if it fails. The time of the first revocation is kept.
   */
  async revokeConnection(domainId: string, connectionId: string, actor: Actor): Promise<void> {
    const { store, now } = this.dependencies;
    const revokedAt = await retryDomainChange(now, async () => {
      const { record, credentials } = await loadConnection(store, domainId, connectionId);
      if (record.revokedAt !== undefined) return record.revokedAt;
      const at = now();
      const current = credentials.filter((credential) => credential.revokedAt === undefined);
      const audit = connectionEvent(
        'connection.revoked',
        { id: connectionId, name: record.name },
        actor,
        at,
        [
          { attribute: 'name', before: record.name },
          { attribute: 'revokedAt', after: at.toISOString() },
        ],
      );
      const audits = current.map((credential) => credentialRevoked(credential, actor, at));
      await store.revoke(domainId, record, current, at.toISOString(), [audit, ...audits]);
      return at.toISOString();
    });
    await flushAfterRevocation(this.dependencies.usageKeys, revokedAt, now());
    await this.dependencies.endAdministrators(domainId, connectionId, actor);
  }

  /** Adds a client secret to a connection. Its text cannot be read again. */
  async createSecret(
    domainId: string,
    connectionId: string,
    input: NewClientSecret,
    actor: Actor,
  ): Promise<GeneratedClientSecret> {
    const now = this.dependencies.now();
    const name =
      input.name === undefined ? undefined : credentialName(input.name, 'The name of a client secret');
    const expireTime = secretExpiry(input.expireTime, now);
    const client = { domainId, connectionId };
    const secret = { keyId: newId(), secret: newSecret() };
    const hashed = withPepper(await this.dependencies.peppers(), (pepper) =>
      hashClientSecret(client, secret, pepper),
    );
    const credential = await this.add(client, actor, (connectionName) => ({
      keyId: secret.keyId,
      type: 'client-secret',
      connectionId,
      name: name ?? connectionName,
      ...hashed,
      createdAt: now.toISOString(),
      expireTime,
    }));
    return { credential, clientId: formatClientId(client), clientSecret: formatClientSecret(secret) };
  }

  /** Adds a trust to a connection: the assertions by which its client gets access tokens. */
  async createTrust(
    domainId: string,
    connectionId: string,
    input: NewTrust,
    actor: Actor,
  ): Promise<ConnectionCredential> {
    const now = this.dependencies.now();
    const name = input.name === undefined ? undefined : credentialName(input.name, 'The name of a trust');
    const expireTime = input.expireTime === undefined ? undefined : parseFutureInstant(input.expireTime, now);
    const trust = validateTrust(input, this.dependencies.jwksUrlProblem);
    const keyId = newId();
    return this.add({ domainId, connectionId }, actor, (connectionName) => ({
      keyId,
      type: 'trust',
      connectionId,
      name: name ?? connectionName,
      hash: NO_SECRET,
      createdAt: now.toISOString(),
      ...(expireTime !== undefined && { expireTime }),
      trust,
    }));
  }

  private async add(
    { domainId, connectionId }: { readonly domainId: string; readonly connectionId: string },
    actor: Actor,
    newCredential: (connectionName: string) => Credential,
  ): Promise<ConnectionCredential> {
    const added = await addCredential(
      this.dependencies,
      domainId,
      connectionId,
      ({ record }) => newCredential(record.name),
      actor,
    );
    return credentialView(added);
  }

  /**
   * Revokes a credential of a connection, effective immediately. A call may be repeated, and must be repeated
   * if it fails. The time of the first revocation is kept.
   */
  async revokeCredential(
    domainId: string,
    connectionId: string,
    credentialId: string,
    actor: Actor,
  ): Promise<void> {
    const { store, credentials, usageKeys, auditRetentionDays, now } = this.dependencies;
    const connection = await loadConnection(store, domainId, connectionId);
    const credential = connection.credentials.find(({ keyId }) => keyId === credentialId);
    if (!credential)
      throw new AdminError(`The connection ${connectionId} has no credential ${credentialId}.`, 'notFound');
    const at = now();
    if (credential.revokedAt === undefined)
      await credentials.revoke(
        domainId,
        credentialId,
        credentialRevoked(credential, actor, at),
        auditRetentionDays,
      );
    await flushAfterRevocation(usageKeys, credential.revokedAt ?? at.toISOString(), at);
  }
}
