import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../../../shared/store/table/table';

const clients = new WeakMap<Table['client'], DynamoDBDocumentClient>();

/** Returns a client of the table that takes and returns plain values, for what `Table` does not do. */
export function documentClient({ client }: Pick<Table, 'client'>): DynamoDBDocumentClient {
  const known = clients.get(client);
  if (known) return known;
  const { region, credentials, endpoint } = client.config;
  const own = new DynamoDBClient({ region, credentials, ...(endpoint && { endpoint }) });
  const created = DynamoDBDocumentClient.from(own, { marshallOptions: { removeUndefinedValues: true } });
  clients.set(client, created);
  return created;
}
