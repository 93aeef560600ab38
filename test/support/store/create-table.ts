import { randomUUID } from 'node:crypto';
import { engineCall } from '../../../local/services/dynamodb/engine/call';
import { openTable, type Table } from '../../../shared/store/table/table';
import { systemTable } from '../consistency/domain-data';
import { session } from '../system/system';

interface Index {
  readonly IndexName: string;
  readonly KeySchema: object;
  readonly Projection: object;
}

interface TableDescription {
  readonly AttributeDefinitions: object;
  readonly KeySchema: object;
  readonly GlobalSecondaryIndexes: readonly Index[];
}

/**
 * Creates a table like the system's for one test file. It is small, and has no stream, so no emails follow.
 */
export async function createTableLikeSystem(): Promise<Table> {
  const TableName = `own-${randomUUID()}`;
  const system = await systemTable();
  const call = engineCall(session().endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? '');
  const { Table: description } = await call<{ Table: TableDescription }>('DynamoDB_20120810.DescribeTable', {
    TableName: system.name,
  });
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = description;
  await call('DynamoDB_20120810.CreateTable', {
    TableName,
    AttributeDefinitions,
    KeySchema,
    GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({
      IndexName: index.IndexName,
      KeySchema: index.KeySchema,
      Projection: index.Projection,
    })),
    BillingMode: 'PAY_PER_REQUEST',
  });
  return openTable(TableName);
}
