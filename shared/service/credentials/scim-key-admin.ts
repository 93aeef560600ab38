import { withPepper } from '../../credentials/pepper';
import type { CurrentSecret } from '../../credentials/secret-versions';
import type { Deployment } from '../../deployment';
import { UsageKeys } from '../../gateway/usage-keys';
import { newId } from '../../id';
import { formatToken, hashKey, newSecret } from '../../credentials/scim-key';
import { readCurrentOf } from '../../store/secrets/secrets';
import type { Actor } from '../../store/audit/audit';
import { ConnectionStore } from '../../store/credentials/connection-store';
import { DomainStore } from '../../store/domains/domain-store';
import type { Credential } from '../../store/credentials/credential';
import { CredentialStore } from '../../store/credentials/credential-store';
import { openTable } from '../../store/table/table';
import { AdminError } from '../admin/admin-error';
import { parseFutureInstant } from '../admin/admin-input';
import { addCredential, addSingleKey } from '../connections/add-credential';
import { credentialRevoked } from '../connections/connection-audit';
import { domainNotFound } from '../domains/domain-admin';
import { credentialName } from './credential-name';
import { flushAfterRevocation } from './flush-cache';

/** A SCIM key without its hash, as administrators see it. */
export type ScimKeySummary = Omit<
  Credential,
  'hash' | 'pepperId' | 'type' | 'trust' | 'creatorId' | 'createdBy'
>;

export interface NewScimKey {
  readonly name: string;
  /** RFC 3339, in the future. If absent, the key never expires. */
  readonly expireTime?: string;
  /** @default - the key is a connection of its own */
  readonly connectionId?: string;
}

export interface ScimKeyAdminDependencies {
  readonly domains: Pick<DomainStore, 'get'>;
  readonly keys: CredentialStore;
  readonly connections: ConnectionStore;
  readonly usageKeys: Pick<UsageKeys, 'flushAuthorizerCache'>;
  readonly peppers: () => Promise<CurrentSecret>;
  readonly auditRetentionDays: number;
  readonly now: () => Date;
}

/**
 * Administers the SCIM keys of domains. Throws `AdminError`. A change is one transaction with its audit
 * event.
 */
export class ScimKeyAdmin {
  constructor(private readonly dependencies: ScimKeyAdminDependencies) {}

  /** Returns the token, which cannot be read again. */
  async createScimKey(
    domainId: string,
    input: NewScimKey,
    actor: Actor,
  ): Promise<ScimKeySummary & { token: string }> {
    const { connections, peppers } = this.dependencies;
    const now = this.dependencies.now();
    const name = credentialName(input.name, 'The name of a SCIM key');
    const expireTime = input.expireTime === undefined ? undefined : parseFutureInstant(input.expireTime, now);
    const keyId = newId();
    const token = { domainId, keyId, secret: newSecret() };
    const { connectionId = keyId } = input;
    const key: Credential = {
      keyId,
      type: 'scim-key',
      connectionId,
      name,
      ...withPepper(await peppers(), (pepper) => hashKey(token, pepper)),
      createdAt: now.toISOString(),
      ...(expireTime !== undefined && { expireTime }),
    };
    const parts = { store: connections, now: this.dependencies.now };
    if (connectionId === keyId) await addSingleKey(parts, domainId, key, actor);
    else await addCredential(parts, domainId, connectionId, () => key, actor);
    return { ...summaryOf(key), token: formatToken(token) };
  }

  /** Returns all keys, oldest first. */
  async listScimKeys(domainId: string): Promise<ScimKeySummary[]> {
    if (!(await this.dependencies.domains.get(domainId))) throw domainNotFound(domainId);
    const credentials = await this.dependencies.keys.list(domainId);
    return credentials.filter(({ type }) => type === 'scim-key').map(summaryOf);
  }

  /**
   * Revokes a key, effective immediately: the authorizer's cache is flushed. A call may be repeated, and must
   * be repeated if it fails. The time of the first revocation is kept.
   */
  async revokeScimKey(domainId: string, keyId: string, actor: Actor): Promise<void> {
    const { domains, keys, usageKeys, auditRetentionDays } = this.dependencies;
    const [domain, key] = await Promise.all([domains.get(domainId), keys.get(domainId, keyId)]);
    if (!domain) throw domainNotFound(domainId);
    if (key?.type !== 'scim-key')
      throw new AdminError(`The domain ${domainId} has no SCIM key ${keyId}.`, 'notFound');
    const now = this.dependencies.now();
    if (key.revokedAt === undefined)
      await keys.revoke(domainId, keyId, credentialRevoked(key, actor, now), auditRetentionDays);
    await flushAfterRevocation(usageKeys, key.revokedAt ?? now.toISOString(), now);
  }
}

const summaryOf = ({
  hash: _hash,
  pepperId: _pepperId,
  type: _type,
  trust: _trust,
  creatorId: _creatorId,
  createdBy: _createdBy,
  ...key
}: Credential): ScimKeySummary => key;

export function openScimKeyAdmin(deployment: Deployment, now = () => new Date()): ScimKeyAdmin {
  const { tableName, keyPepperSecretArn, auditRetentionDays } = deployment;
  const table = openTable(tableName);
  return new ScimKeyAdmin({
    domains: new DomainStore(table, auditRetentionDays),
    keys: new CredentialStore(table),
    connections: new ConnectionStore(table, auditRetentionDays),
    usageKeys: new UsageKeys(deployment),
    peppers: () => readCurrentOf(keyPepperSecretArn),
    auditRetentionDays,
    now,
  });
}
