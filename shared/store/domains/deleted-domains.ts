import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DELETED_DOMAINS_PARTITION, deletedDomainKey } from '../table/keys';
import type { Table } from '../table/table';

/** A domain that is gone. Times are RFC 3339, UTC. */
export interface DeletedDomain {
  readonly domainId: string;
  readonly name: string;
  readonly deletedAt: string;
  /** When nothing was left of it; absent while its data is being swept up. */
  readonly sweptAt?: string;
}

/** Who was deleted is told for a month after the last of it is gone; the audit event tells it longer. */
const RETENTION_SECONDS = 30 * 86_400;

/** Domains that are being deleted, or were lately. */
export class DeletedDomains {
  constructor(private readonly table: Table) {}

  async get(domainId: string): Promise<DeletedDomain | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({ TableName: this.table.name, Key: deletedDomainKey(domainId), ConsistentRead: true }),
    );
    return Item && fromItem(Item);
  }

  /** At most `limit`, oldest first, after the one with the id `after`; `next` is absent at the end. */
  async page(limit: number, after?: string): Promise<{ domains: DeletedDomain[]; next?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': DELETED_DOMAINS_PARTITION },
        ConsistentRead: true,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: deletedDomainKey(after) }),
      }),
    );
    return {
      domains: Items.map(fromItem),
      ...(LastEvaluatedKey && { next: LastEvaluatedKey.sk as string }),
    };
  }

  /** Nothing where the domain was not deleted by `DomainStore`. */
  async markSwept(domainId: string, now: Date): Promise<void> {
    try {
      await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: deletedDomainKey(domainId),
          UpdateExpression: 'SET sweptAt = :at, #ttl = :ttl',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: {
            ':at': now.toISOString(),
            ':ttl': Math.floor(now.getTime() / 1000) + RETENTION_SECONDS,
          },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

function fromItem(item: Record<string, unknown>): DeletedDomain {
  const { pk: _pk, sk, ttl: _ttl, ...rest } = item;
  return { ...(rest as unknown as DeletedDomain), domainId: sk as string };
}
