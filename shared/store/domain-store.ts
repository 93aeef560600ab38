import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { RatePlanName } from '../rate-plan';
import { DOMAIN_LIST_PARTITION, domainKey, domainListKey } from './keys';
import type { Table } from './table';
import { transact } from './transaction';

/** An authentication domain: one customer organisation. */
export interface Domain {
  readonly domainId: string;
  readonly name: string;
  readonly scimEnabled: boolean;
  readonly ratePlan: RatePlanName;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** API Gateway's API key that puts the domain on its usage plan. */
  readonly usageKeyId: string;
  readonly usageIdentifierKey: string;
}

export class DomainStore {
  constructor(private readonly table: Table) {}

  async create(domain: Domain): Promise<void> {
    const { domainId, name } = domain;
    await transact(this.table, [
      {
        Put: { Item: { ...domainKey(domainId), ...domain }, ConditionExpression: 'attribute_not_exists(pk)' },
      },
      { Put: { Item: { ...domainListKey(domainId), name } } },
    ]);
  }

  async get(domainId: string): Promise<Domain | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({ TableName: this.table.name, Key: domainKey(domainId), ConsistentRead: true }),
    );
    return Item && fromDomainItem(Item);
  }

  /** Ids and names of all domains, oldest first. */
  async list(): Promise<{ domainId: string; name: string }[]> {
    const domains: { domainId: string; name: string }[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.table.client.send(
        new QueryCommand({
          TableName: this.table.name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': DOMAIN_LIST_PARTITION },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      domains.push(...Items.map((item) => ({ domainId: item.sk as string, name: item.name as string })));
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return domains;
  }

  /** Undefined where there is no such domain. */
  async setScimEnabled(domainId: string, scimEnabled: boolean): Promise<Domain | undefined> {
    try {
      const { Attributes } = await this.table.client.send(
        new UpdateCommand({
          TableName: this.table.name,
          Key: domainKey(domainId),
          UpdateExpression: 'SET scimEnabled = :enabled',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':enabled': scimEnabled },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes && fromDomainItem(Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }
}

export function fromDomainItem(item: Record<string, unknown>): Domain {
  const { pk: _pk, sk: _sk, ...domain } = item;
  return domain as unknown as Domain;
}
