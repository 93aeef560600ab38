import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { auditWrite, type AuditEvent } from '../audit/audit';
import { batchGet } from '../table/batch-get';
import { fromDomainItem, type Domain } from '../domains/domain-store';
import { domainKey, domainPartition, scimKeyKey, SCIM_KEY_PREFIX } from '../table/keys';
import type { Table } from '../table/table';
import { tryTransact } from '../table/transaction';

/** A SCIM key as it is stored: its secret only as a hash. Times are RFC 3339, UTC. */
export interface ScimKey {
  readonly keyId: string;
  readonly name: string;
  readonly hash: string;
  readonly createdAt: string;
  /** Absent: never expires. */
  readonly expireTime?: string;
  readonly revokedAt?: string;
  readonly lastUsedAt?: string;
}

/** The SCIM keys of all domains. Making and revoking one is a transaction with its audit event. */
export class ScimKeyStore {
  constructor(private readonly table: Table) {}

  /** False where there is no such domain. */
  async create(domainId: string, key: ScimKey, audit: AuditEvent, retentionDays: number): Promise<boolean> {
    const Item = { ...scimKeyKey(domainId, key.keyId), ...key };
    const failed = await tryTransact(this.table, [
      { ConditionCheck: { Key: domainKey(domainId), ConditionExpression: 'attribute_exists(pk)' } },
      { Put: { Item } },
      auditWrite(domainId, audit, retentionDays),
    ]);
    return failed.length === 0;
  }

  async get(domainId: string, keyId: string): Promise<ScimKey | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({
        TableName: this.table.name,
        Key: scimKeyKey(domainId, keyId),
        ConsistentRead: true,
      }),
    );
    return Item && fromKeyItem(Item);
  }

  /** A key together with its domain, in one strongly consistent read. */
  async getWithDomain(domainId: string, keyId: string): Promise<{ domain?: Domain; key?: ScimKey }> {
    const items = await batchGet(this.table, [domainKey(domainId), scimKeyKey(domainId, keyId)]);
    const domain = items.find((item) => item.sk === 'DOMAIN');
    const key = items.find((item) => item.sk !== 'DOMAIN');
    return { domain: domain && fromDomainItem(domain), key: key && fromKeyItem(key) };
  }

  /** At most `limit`, newest first. */
  async newest(domainId: string, limit: number): Promise<ScimKey[]> {
    const { Items = [] } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': domainPartition(domainId), ':prefix': SCIM_KEY_PREFIX },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: limit,
      }),
    );
    return Items.map(fromKeyItem);
  }

  /** Oldest first. */
  async list(domainId: string): Promise<ScimKey[]> {
    const keys: ScimKey[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.table.client.send(
        new QueryCommand({
          TableName: this.table.name,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': domainPartition(domainId), ':prefix': SCIM_KEY_PREFIX },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      keys.push(...Items.map(fromKeyItem));
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return keys;
  }

  /** False where there is no such key, or it was revoked before. */
  async revoke(domainId: string, keyId: string, audit: AuditEvent, retentionDays: number): Promise<boolean> {
    const failed = await tryTransact(this.table, [
      {
        Update: {
          Key: scimKeyKey(domainId, keyId),
          UpdateExpression: 'SET revokedAt = :at',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
          ExpressionAttributeValues: { ':at': audit.at },
        },
      },
      auditWrite(domainId, audit, retentionDays),
    ]);
    return failed.length === 0;
  }

  /**
   * Notes a use, unless one was noted after `recordedBefore`: at most one write a minute, whatever the traffic. False where the
   * key is gone or was revoked.
   */
  async recordUse(domainId: string, keyId: string, usedAt: string, recordedBefore: string): Promise<boolean> {
    try {
      await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: scimKeyKey(domainId, keyId),
          UpdateExpression: 'SET lastUsedAt = :at',
          ConditionExpression:
            'attribute_exists(pk) AND attribute_not_exists(revokedAt) AND ' +
            '(attribute_not_exists(lastUsedAt) OR lastUsedAt < :before)',
          ExpressionAttributeValues: { ':at': usedAt, ':before': recordedBefore },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item !== undefined && error.Item.revokedAt === undefined;
    }
  }
}

function fromKeyItem(item: Record<string, unknown>): ScimKey {
  const { pk: _pk, sk: _sk, ...key } = item;
  return key as unknown as ScimKey;
}
