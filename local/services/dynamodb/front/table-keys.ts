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

const CreateTable = z.object({ TableName: z.string(), KeySchema });

interface TableKey {
  readonly arn: string;
  /** The partition key of the table, under '', and of its indexes, by name. */
  readonly partitionKeys: ReadonlyMap<string, string>;
  /** The names of the attributes of the table's key. */
  readonly keyNames: readonly string[];
}

/** The ARNs and partition keys of the template's tables and indexes. */
export class TableKeys {
  private readonly tables: ReadonlyMap<string, TableKey>;
  /** The names of the key attributes of tables that the template does not have. */
  private readonly created = new Map<string, readonly string[]>();

  constructor(resources: readonly Resource[]) {
    this.tables = new Map(
      ofType(resources, 'AWS::DynamoDB::Table').map((resource) => {
        const own = readProperties(TableProperties, resource);
        const indexes = [...own.GlobalSecondaryIndexes, ...own.LocalSecondaryIndexes];
        const keys = [{ IndexName: '', KeySchema: own.KeySchema }, ...indexes].map(
          (each) => [each.IndexName, partitionKeyOf(each.KeySchema)] as const,
        );
        const keyNames = keyNamesIn(own.KeySchema);
        return [resource.ref, { arn: resource.attributes.Arn ?? '', partitionKeys: new Map(keys), keyNames }];
      }),
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
    const name = table.split('/').pop() ?? '';
    return this.tables.get(name)?.keyNames ?? this.created.get(name) ?? [];
  }

  /** Learns the key of a table that a program creates, such as a test. */
  learn(request: object): void {
    const { success, data } = CreateTable.safeParse(request);
    if (success) this.created.set(data.TableName, keyNamesIn(data.KeySchema));
  }

  /** Returns the name of the partition key; undefined if the template does not have the table or index. */
  partitionKeyOf(table: string, index = ''): string | undefined {
    return this.tables.get(table.split('/').pop() ?? '')?.partitionKeys.get(index);
  }
}

const keyNamesIn = (schema: z.infer<typeof KeySchema>): string[] =>
  schema.map(({ AttributeName }) => AttributeName);

const partitionKeyOf = (schema: z.infer<typeof KeySchema>): string =>
  schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
