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

  constructor(resources: readonly Resource[]) {
    this.tables = new Map(
      ofType(resources, 'AWS::DynamoDB::Table').map((resource) => {
        const own = readProperties(TableProperties, resource);
        const indexes = [...own.GlobalSecondaryIndexes, ...own.LocalSecondaryIndexes];
        const keys = [{ IndexName: '', KeySchema: own.KeySchema }, ...indexes].map(
          (each) => [each.IndexName, partitionKeyOf(each.KeySchema)] as const,
        );
        const keyNames = own.KeySchema.map(({ AttributeName }) => AttributeName);
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

  /** Returns the names of the attributes of a table's key; none if the template does not have the table. */
  keyNamesOf(table: string): readonly string[] {
    return this.tables.get(table.split('/').pop() ?? '')?.keyNames ?? [];
  }

  /** Returns the name of the partition key; undefined if the template does not have the table or index. */
  partitionKeyOf(table: string, index = ''): string | undefined {
    return this.tables.get(table.split('/').pop() ?? '')?.partitionKeys.get(index);
  }
}

const partitionKeyOf = (schema: z.infer<typeof KeySchema>): string =>
  schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
