import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from './batch-get';
import { fromDomainItem, type Domain } from './domain-store';
import { domainKey, domainPartition, scimKeyKey, SCIM_KEY_PREFIX } from './keys';
import type { Table } from './table';

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

export class ScimKeyStore {
  constructor(private readonly table: Table) {}

  /** The id is new, so no condition is needed: a put whose answer was lost may be sent again. */
  async create(domainId: string, key: ScimKey): Promise<void> {
    const Item = { ...scimKeyKey(domainId, key.keyId), ...key };
    await this.table.client.send(new PutCommand({ TableName: this.table.name, Item }));
  }

  /** A key together with its domain, in one strongly consistent read. */
  async withDomain(domainId: string, keyId: string): Promise<{ domain?: Domain; key?: ScimKey }> {
    const items = await batchGet(this.table, [domainKey(domainId), scimKeyKey(domainId, keyId)]);
    const domain = items.find((item) => item.sk === 'DOMAIN');
    const key = items.find((item) => item.sk !== 'DOMAIN');
    return { domain: domain && fromDomainItem(domain), key: key && fromKeyItem(key) };
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

  /** Keeps the time of a first revocation. False where there is no such key. */
  async revoke(domainId: string, keyId: string, revokedAt: string): Promise<boolean> {
    return this.update(
      domainId,
      keyId,
      'SET revokedAt = if_not_exists(revokedAt, :at)',
      'attribute_exists(pk)',
      {
        ':at': revokedAt,
      },
    );
  }

  /** Notes a use, unless one was noted after `notedBefore`: at most one write a minute, whatever the traffic. */
  async noteUse(domainId: string, keyId: string, usedAt: string, notedBefore: string): Promise<void> {
    await this.update(
      domainId,
      keyId,
      'SET lastUsedAt = :at',
      'attribute_exists(pk) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt < :before)',
      { ':at': usedAt, ':before': notedBefore },
    );
  }

  private async update(
    domainId: string,
    keyId: string,
    UpdateExpression: string,
    ConditionExpression: string,
    ExpressionAttributeValues: Record<string, string>,
  ): Promise<boolean> {
    try {
      await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: scimKeyKey(domainId, keyId),
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeValues,
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function fromKeyItem(item: Record<string, unknown>): ScimKey {
  const { pk: _pk, sk: _sk, ...key } = item;
  return key as unknown as ScimKey;
}
