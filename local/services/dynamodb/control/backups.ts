import { randomUUID } from 'node:crypto';
import { arn } from '../../../cloud/template/account';
import type { JsonFile } from '../../../host/json-file';
import { HANG_LIMIT_MS, until } from '../../../host/processes/until';
import type { EngineCall } from '../engine/call';

/** The parts of a table that a restored one keeps: its keys and indexes. */
export interface TableShape {
  readonly AttributeDefinitions: unknown;
  readonly KeySchema: unknown;
  readonly GlobalSecondaryIndexes?: readonly { IndexName: string; KeySchema: unknown; Projection: unknown }[];
}

export interface Backup {
  readonly arn: string;
  readonly name: string;
  /** `SYSTEM` is that of a table that was deleted. */
  readonly type: 'USER' | 'SYSTEM';
  readonly tableName: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  /** The table of the engine that holds the items. */
  readonly copyName: string;
  readonly shape: TableShape;
}

type Page = Readonly<{ Items?: object[]; LastEvaluatedKey?: object }>;

/** The largest number of items that DynamoDB writes in a batch. */
const BATCH_SIZE = 25;

/** Backups of tables, which are tables of the engine. They survive a restart. */
export class Backups {
  private all: readonly Backup[];

  constructor(
    private readonly call: EngineCall,
    private readonly file: JsonFile<readonly Backup[]>,
  ) {
    this.all = file.read() ?? [];
  }

  /** Returns the backups of a table, or of all tables. */
  list(tableName?: string): readonly Backup[] {
    return this.all.filter((each) => tableName === undefined || each.tableName === tableName);
  }

  find(backupArn: string): Backup | undefined {
    return this.all.find((each) => each.arn === backupArn);
  }

  async create(tableName: string, name: string, type: Backup['type']): Promise<Backup> {
    const id = randomUUID();
    const shape = await this.shapeOf(tableName);
    const copyName = `backup-${id}`;
    await this.copy(tableName, copyName, shape);
    const backup: Backup = {
      arn: arn('dynamodb', `table/${tableName}/backup/${id}`),
      ...{ name, type, tableName, copyName, shape },
      createdAt: Date.now() / 1000,
    };
    this.all = [...this.all, backup];
    this.file.write(this.all);
    return backup;
  }

  /** Restores a backup, as a table without a stream, a TTL, and other features. */
  restore({ copyName, shape }: Backup, target: string): Promise<void> {
    return this.copy(copyName, target, shape);
  }

  /** Restores a table as it is now. */
  async restoreNow(source: string, target: string): Promise<void> {
    await this.copy(source, target, await this.shapeOf(source));
  }

  async shapeOf(tableName: string): Promise<TableShape> {
    const { Table } = await this.call<{ Table: TableShape }>('DynamoDB_20120810.DescribeTable', {
      TableName: tableName,
    });
    const indexes = Table.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
    return {
      AttributeDefinitions: Table.AttributeDefinitions,
      KeySchema: Table.KeySchema,
      ...(indexes && { GlobalSecondaryIndexes: indexes }),
    };
  }

  private async copy(from: string, to: string, shape: TableShape): Promise<void> {
    const { call } = this;
    await call('DynamoDB_20120810.CreateTable', { TableName: to, BillingMode: 'PAY_PER_REQUEST', ...shape });
    await until(`the table ${to} to become active`, HANG_LIMIT_MS, async () => {
      const { Table } = await call<{ Table: { TableStatus: string } }>('DynamoDB_20120810.DescribeTable', {
        TableName: to,
      });
      return Table.TableStatus === 'ACTIVE';
    });
    let after: object | undefined;
    do {
      const page: Page = await call('DynamoDB_20120810.Scan', {
        TableName: from,
        ConsistentRead: true,
        ...(after && { ExclusiveStartKey: after }),
      });
      await this.writeAll(to, page.Items ?? []);
      after = page.LastEvaluatedKey;
    } while (after);
  }

  private async writeAll(table: string, items: readonly object[]): Promise<void> {
    for (let at = 0; at < items.length; at += BATCH_SIZE) {
      const batch = items.slice(at, at + BATCH_SIZE).map((Item) => ({ PutRequest: { Item } }));
      await this.call('DynamoDB_20120810.BatchWriteItem', { RequestItems: { [table]: batch } });
    }
  }
}
