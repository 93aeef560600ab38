import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { countsKey } from './keys';
import type { Table } from './table';
import type { Write } from './transaction';

/** How many of each a domain has; changed in the transaction that changes what is counted. */
export interface Counts {
  readonly users: number;
  readonly groups: number;
  readonly activeLicenses: number;
}

/** The write that adds `change` to the counts. Additions commute, so no condition is needed. */
export function countsWrite(domainId: string, change: Partial<Counts>): Write {
  const changed = Object.entries(change).filter(([, by]) => by !== 0);
  return {
    Update: {
      Key: countsKey(domainId),
      UpdateExpression: `ADD ${changed.map(([name]) => `#${name} :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(changed.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(changed.map(([name, by]) => [`:${name}`, by])),
    },
  };
}

export async function readCounts(table: Table, domainId: string): Promise<Counts> {
  const { Item = {} } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: countsKey(domainId), ConsistentRead: true }),
  );
  return { users: 0, groups: 0, activeLicenses: 0, ...(Item as Partial<Counts>) };
}
