import type { Deployment } from '../../deployment';
import { UsageKeys } from '../../gateway/usage-keys';
import { newId } from '../../id';
import { formatToken, hashKey, newSecret } from '../../scim-key';
import { readSecret } from '../../store/secrets/secret';
import type { Actor, AttributeChange, AuditEvent } from '../../store/audit/audit';
import { DomainStore } from '../../store/domains/domain-store';
import { ScimKeyStore, type ScimKey } from '../../store/credentials/scim-key-store';
import { openTable } from '../../store/table/table';
import { AdminError } from '../admin/admin-error';
import { validateName, parseFutureInstant } from '../admin/admin-input';
import { isReservedName } from './caller-identity';
import { domainNotFound } from '../domains/domain-admin';

/** A SCIM key without its hash, as administrators see it. */
export type ScimKeySummary = Omit<ScimKey, 'hash'>;

export interface NewScimKey {
  readonly name: string;
  /** RFC 3339, in the future. If absent, the key never expires. */
  readonly expireTime?: string;
}

export interface ScimKeyAdminDependencies {
  readonly domains: Pick<DomainStore, 'get'>;
  readonly keys: ScimKeyStore;
  readonly usageKeys: Pick<UsageKeys, 'flushAuthorizerCache'>;
  readonly pepper: () => Promise<string>;
  readonly auditRetentionDays: number;
  readonly now: () => Date;
}

/** The limit of keys per domain, expired ones included. All keys are read and shown at once. */
export const MAX_KEYS = 100;

/**
 * Twice the time for which API Gateway caches the authorizer's response (lib/constructs/api/scim-authorizer.ts). No
 * cached response is older than a revocation before this time.
 */
export const LONGEST_CACHE_MS = 10 * 60_000;

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
    const now = this.dependencies.now();
    const name = validateName(input.name, 'The name of a SCIM key');
    if (isReservedName(name))
      throw new AdminError(
        `The name "${name}" is reserved for the service. Choose another name for the key.`,
      );
    const expireTime = input.expireTime === undefined ? undefined : parseFutureInstant(input.expireTime, now);
    await this.assertKeyLimit(domainId);
    const keyId = newId();
    const token = { domainId, keyId, secret: newSecret() };
    const summary = { keyId, name, createdAt: now.toISOString(), ...(expireTime && { expireTime }) };
    const key = { ...summary, hash: hashKey(token, await this.dependencies.pepper()) };
    const audit = event('key.created', keyId, actor, now, [
      { attribute: 'name', after: name },
      ...(expireTime ? [{ attribute: 'expireTime', after: expireTime }] : []),
    ]);
    const { keys, auditRetentionDays } = this.dependencies;
    if (!(await keys.create(domainId, key, audit, auditRetentionDays))) throw domainNotFound(domainId);
    return { ...summary, token: formatToken(token) };
  }

  private async assertKeyLimit(domainId: string): Promise<void> {
    const keys = await this.dependencies.keys.list(domainId);
    if (keys.filter(({ revokedAt }) => revokedAt === undefined).length < MAX_KEYS) return;
    throw new AdminError(
      `The domain already has ${MAX_KEYS} SCIM keys. Revoke those that have expired or are no longer used.`,
      'conflict',
    );
  }

  /** Returns all keys, oldest first. */
  async listScimKeys(domainId: string): Promise<ScimKeySummary[]> {
    if (!(await this.dependencies.domains.get(domainId))) throw domainNotFound(domainId);
    return (await this.dependencies.keys.list(domainId)).map(({ hash: _hash, ...key }) => key);
  }

  /**
   * Revokes a key, effective immediately: the authorizer's cache is flushed. A call may be repeated, and must
   * be repeated if it fails. The time of the first revocation is kept. The cache is that of all domains, so a revocation
   * that was long ago does not flush it again.
   */
  async revokeScimKey(domainId: string, keyId: string, actor: Actor): Promise<void> {
    const { domains, keys, usageKeys, auditRetentionDays } = this.dependencies;
    const [domain, key] = await Promise.all([domains.get(domainId), keys.get(domainId, keyId)]);
    if (!domain) throw domainNotFound(domainId);
    if (!key) throw new AdminError(`The domain ${domainId} has no SCIM key ${keyId}.`, 'notFound');
    const now = this.dependencies.now();
    if (key.revokedAt === undefined) {
      const changes = [
        { attribute: 'name', before: key.name },
        { attribute: 'revokedAt', after: now.toISOString() },
      ];
      await keys.revoke(
        domainId,
        keyId,
        event('key.revoked', keyId, actor, now, changes),
        auditRetentionDays,
      );
    }
    const { revokedAt = now.toISOString() } = key;
    if (now.getTime() - Date.parse(revokedAt) <= LONGEST_CACHE_MS) await usageKeys.flushAuthorizerCache();
  }
}

export function openScimKeyAdmin(deployment: Deployment, now = () => new Date()): ScimKeyAdmin {
  const { tableName, keyPepperSecretArn, auditRetentionDays } = deployment;
  const table = openTable(tableName);
  return new ScimKeyAdmin({
    domains: new DomainStore(table, auditRetentionDays),
    keys: new ScimKeyStore(table),
    usageKeys: new UsageKeys(deployment),
    pepper: () => readSecret(keyPepperSecretArn),
    auditRetentionDays,
    now,
  });
}

const event = (
  action: 'key.created' | 'key.revoked',
  resourceId: string,
  actor: Actor,
  at: Date,
  changes: readonly AttributeChange[],
): AuditEvent => ({ id: newId(), at: at.toISOString(), action, resourceId, actor, changes });
