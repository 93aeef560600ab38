import * as z from 'zod';
import { arn } from '../../../cloud/template/account';
import { readProperties } from '../../../cloud/template/properties';
import { ofType, type Resource } from '../../../cloud/template/resources';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const Index = z.object({ IndexName: z.string(), KeySchema });
const TableProperties = z.object({
  KeySchema,
  GlobalSecondaryIndexes: z.array(Index).default([]),
  LocalSecondaryIndexes: z.array(Index).default([]),
});

const CreateTable = TableProperties.extend({ TableName: z.string() });

interface TableKey {
  readonly arn: string;
  /** The partition key of the table, under '', and of its indexes, by name. */
  readonly partitionKeys: ReadonlyMap<string, string>;
  /** The names of the attributes of the table's key. */
  readonly keyNames: readonly string[];
}

const NO_KEYS: ReadonlyMap<string, string> = new Map();

/** The ARNs and partition keys of tables and indexes. */
export class TableKeys {
  /** The tables of the template. */
  private readonly tables: ReadonlyMap<string, TableKey>;
  /** The tables that the template does not have. */
  private readonly created = new Map<string, TableKey>();

  constructor(resources: readonly Resource[]) {
    this.tables = new Map(
      ofType(resources, 'AWS::DynamoDB::Table').map((resource) => [
        resource.ref,
        tableKey(resource.attributes.Arn ?? '', readProperties(TableProperties, resource)),
      ]),
    );
  }

  /** Returns the ARN of a table or of its index. `table` is a name or an ARN, as in requests. */
  arnOf(table: string, index = ''): string {
    const tableArn = table.startsWith('arn:')
      ? table
      : (this.tables.get(table)?.arn ?? arn('dynamodb', `table/${table}`));
    return index === '' ? tableArn : `${tableArn}/index/${index}`;
  }

  /** Returns the names of the attributes of a table's key; none if the table is unknown. */
  keyNamesOf(table: string): readonly string[] {
    return this.find(table)?.keyNames ?? [];
  }

  /** Learns the keys of a table that a program creates, such as a test. */
  learn(request: object): void {
    const { success, data } = CreateTable.safeParse(request);
    if (success) this.created.set(data.TableName, tableKey(this.arnOf(data.TableName), data));
  }

  /** Returns the name of the partition key; undefined if the template does not have the table or index. */
  partitionKeyOf(table: string, index = ''): string | undefined {
    return this.tables.get(nameOf(table))?.partitionKeys.get(index);
  }

  /** Returns the partition key of a table, under '', and those of its indexes, by name. */
  partitionKeysOf(table: string): ReadonlyMap<string, string> {
    return this.find(table)?.partitionKeys ?? NO_KEYS;
  }

  private find(table: string): TableKey | undefined {
    const name = nameOf(table);
    return this.tables.get(name) ?? this.created.get(name);
  }
}

const nameOf = (table: string): string => table.split('/').pop() ?? '';

function tableKey(tableArn: string, own: z.infer<typeof TableProperties>): TableKey {
  const indexes = [...own.GlobalSecondaryIndexes, ...own.LocalSecondaryIndexes];
  const keys = [{ IndexName: '', KeySchema: own.KeySchema }, ...indexes].map(
    (each) => [each.IndexName, partitionKeyOf(each.KeySchema)] as const,
  );
  return { arn: tableArn, partitionKeys: new Map(keys), keyNames: keyNamesIn(own.KeySchema) };
}

const keyNamesIn = (schema: z.infer<typeof KeySchema>): string[] =>
  schema.map(({ AttributeName }) => AttributeName);

const partitionKeyOf = (schema: z.infer<typeof KeySchema>): string =>
  schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
