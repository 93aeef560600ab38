import type { PepperedHash } from '../../credentials/pepper';
import { isSimulationId } from '../../id';
import { FIRST_VERSION } from '../../credentials/secret-versions';
import { auditWrite, type AuditEvent } from '../audit/audit';
import { readDomainItem, type Domain } from '../domains/domain-store';
import {
  domainKey,
  domainPartition,
  credentialKey,
  CREDENTIAL_PREFIX,
  simulationKey,
  type ItemKey,
} from '../table/keys';
import type { Query } from '../table/operations/query';
import { text } from '../table/read-item';
import type { Table } from '../table/table';
import { readCredential, type Credential } from './credential';

/** A use of a key. Times are RFC 3339, UTC. */
export interface KeyUse {
  readonly usedAt: string;
  /** The use is not recorded if another one was recorded at or after this time. */
  readonly recordedBefore: string;
  /** Replaces the hash of the key. */
  readonly newHash?: PepperedHash;
}

/** The credentials of all domains. A revocation is one transaction with its audit event. */
export class CredentialStore {
  constructor(private readonly table: Table) {}

  /**
   * An eventually consistent read costs half a read unit, and may miss what was written in the last seconds.
   */
  async get(
    domainId: string,
    keyId: string,
    options: { readonly eventuallyConsistent?: boolean } = {},
  ): Promise<Credential | undefined> {
    const item = await this.table.get(keyOfCredential(domainId, keyId), options);
    const credential = item && readCredential(item);
    // The item of a connection test may hold the credential of a newer one.
    return credential?.keyId === keyId ? credential : undefined;
  }

  /** Returns those of the credentials that exist, in no order. */
  async getAll(domainId: string, keyIds: readonly string[]): Promise<Credential[]> {
    const items = await this.table.getAll(keyIds.map((keyId) => credentialKey(domainId, keyId)));
    return items.map(readCredential);
  }

  /** Reads the domain of a key. */
  async domain(domainId: string): Promise<Domain | undefined> {
    const item = await this.table.get(domainKey(domainId));
    return item && readDomainItem(item);
  }

  /** Returns false if the key does not exist or is revoked. */
  async isUsable(domainId: string, keyId: string): Promise<boolean> {
    const attributes = ['keyId', 'revokedAt'];
    const item = await this.table.get(keyOfCredential(domainId, keyId), { attributes });
    return item?.keyId === keyId && item.revokedAt === undefined;
  }

  /** Returns at most `limit` keys, newest first. */
  async newest(domainId: string, limit: number): Promise<Credential[]> {
    const { items } = await this.table.query({ ...keysOf(domainId), descending: true, limit });
    return items.map(readCredential);
  }

  /** Returns all keys of a domain, oldest first. */
  async list(domainId: string): Promise<Credential[]> {
    const keys: Credential[] = [];
    for await (const items of this.table.pages(keysOf(domainId))) keys.push(...items.map(readCredential));
    return keys;
  }

  /**
   * Reads a domain with all its keys, oldest first, in one query. `domain` is absent if it does not exist.
   */
  async listWithDomain(domainId: string): Promise<{ domain?: Domain; keys: Credential[] }> {
    let domain: Domain | undefined;
    const keys: Credential[] = [];
    for await (const items of this.table.pages({ pk: domainPartition(domainId) })) {
      for (const item of items) {
        if (item.sk === domainKey(domainId).sk) domain = readDomainItem(item);
        else if (text(item, 'sk').startsWith(CREDENTIAL_PREFIX)) keys.push(readCredential(item));
      }
    }
    return { ...(domain && { domain }), keys };
  }

  /** Returns false if the key does not exist or is already revoked. */
  async revoke(domainId: string, keyId: string, audit: AuditEvent, retentionDays: number): Promise<boolean> {
    const failed = await this.table.tryTransact([
      {
        update: credentialKey(domainId, keyId),
        set: { revokedAt: audit.at },
        condition: { expression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)' },
      },
      auditWrite(domainId, audit, retentionDays),
    ]);
    return failed.length === 0;
  }

  /** Records that a stage of the expiry of a key has come, once. The stream makes an event of it. */
  async noticeExpiry(domainId: string, keyId: string, expiryStage: string, at: string): Promise<void> {
    await this.table.update(
      credentialKey(domainId, keyId),
      { set: { expiryStage, expiryNoticedAt: at } },
      {
        condition: {
          expression:
            'attribute_exists(pk) AND attribute_not_exists(revokedAt) AND ' +
            '(attribute_not_exists(expiryStage) OR expiryStage <> :stage)',
          values: { stage: expiryStage },
        },
      },
    );
  }

  /** Replaces the hash of a credential that has a former pepper, unless the credential is revoked. */
  async rehash(domainId: string, keyId: string, newHash: PepperedHash): Promise<void> {
    await this.table.update(
      credentialKey(domainId, keyId),
      { set: { ...newHash } },
      {
        condition: {
          expression:
            'attribute_exists(pk) AND attribute_not_exists(revokedAt) AND ' +
            '(attribute_not_exists(pepperId) OR pepperId < :latest)',
          values: { latest: newHash.pepperId ?? FIRST_VERSION },
        },
      },
    );
  }

  /**
   * Records a use of a key, with at most one write a minute, whatever the traffic. Returns false if the key
   * does not exist or is revoked.
   */
  async recordUse(
    domainId: string,
    keyId: string,
    { usedAt, recordedBefore, newHash }: KeyUse,
  ): Promise<boolean> {
    const { written, item } = await this.table.update(
      credentialKey(domainId, keyId),
      { set: { lastUsedAt: usedAt, ...newHash } },
      {
        condition: {
          expression:
            'attribute_exists(pk) AND attribute_not_exists(revokedAt) AND ' +
            '(attribute_not_exists(lastUsedAt) OR lastUsedAt < :before)',
          values: { before: recordedBefore },
        },
        returnItem: 'whenRefused',
      },
    );
    return written || (item !== undefined && item.revokedAt === undefined);
  }
}

const keyOfCredential = (domainId: string, keyId: string): ItemKey =>
  isSimulationId(keyId) ? simulationKey(domainId) : credentialKey(domainId, keyId);

const keysOf = (domainId: string): Query => ({
  pk: domainPartition(domainId),
  sortKey: { beginsWith: CREDENTIAL_PREFIX },
});
