import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { licensePartition, licenseRecordKey, nameKeyOf } from '../table/keys';
import type { Table } from '../table/table';

/** A query reads 1 MB: some thousands of licenses. */
const QUERIES = 5;

/** Holders whose mails go to an address, and where to go on looking. */
export interface FoundHolders {
  /** In the order of their ids. */
  readonly userIds: readonly string[];
  /** The id of the last license that was looked at, where there are others. */
  readonly next?: string;
}

/**
 * Finds the users of a domain whose license mails go to `address`, without regard to case: looks at the licenses after the one of
 * the user `after`, since no index has their addresses. Licenses are smaller than users. Eventually consistent, at half the price.
 */
export async function holdersOfAddress(
  table: Table,
  domainId: string,
  address: string,
  limit: number,
  after?: string,
): Promise<FoundHolders> {
  const wanted = nameKeyOf(address);
  const userIds: string[] = [];
  let position = after;
  for (let query = 0; query < QUERIES; query++) {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': licensePartition(domainId) },
        ProjectionExpression: 'sk, email',
        ...(position !== undefined && { ExclusiveStartKey: licenseRecordKey(domainId, position) }),
      }),
    );
    for (const { sk, email } of Items) {
      if (userIds.length === limit) return { userIds, next: position };
      position = sk as string;
      if (nameKeyOf(email as string) === wanted) userIds.push(position);
    }
    if (!LastEvaluatedKey) return { userIds };
  }
  return { userIds, next: position };
}
