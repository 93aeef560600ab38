import type { Context } from '../../../cloud/iam/condition-keys';
import type { Permission } from '../../../cloud/iam/permission';
import { attributesOf } from './expression-names';
import type { TableKeys } from './table-keys';
import { keyText, type WireItem, type WireRequest, type WireValue } from './wire';

type TransactItem = Readonly<Record<string, WireRequest>>;

interface BatchTable extends WireRequest {
  readonly Keys?: readonly WireItem[];
}

type BatchWrite = Readonly<Partial<Record<'PutRequest' | 'DeleteRequest', WireRequest>>>;

/** The actions of the parts of a transaction. */
const TRANSACTED: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/**
 * Returns the permissions that a request needs. A transaction needs the permissions of its parts (DynamoDB
 * Developer Guide, "Using IAM with DynamoDB transactions"), a batch its own permission on each table.
 */
export function permissionsOf(operation: string, input: object, tables: TableKeys): Permission[] {
  const request = input as WireRequest & {
    readonly RequestItems?: Readonly<Record<string, BatchTable | readonly BatchWrite[]>>;
    readonly TransactItems?: readonly TransactItem[];
  };
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return (request.TransactItems ?? []).flatMap((item) =>
        Object.entries(item).map(([kind, part]) =>
          permission(TRANSACTED[kind] ?? kind, part, tables, { 'dynamodb:EnclosingOperation': operation }),
        ),
      );
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.entries(request.RequestItems ?? {}).map(([table, part]) =>
        batchPermission(
          operation,
          table,
          Array.isArray(part) ? writes(part) : gets(part as BatchTable),
          tables,
        ),
      );
    default:
      return [permission(operation, request, tables)];
  }
}

function permission(
  operation: string,
  request: WireRequest,
  tables: TableKeys,
  context: Context = {},
): Permission {
  const { TableName = '', IndexName, ReturnValues, Select } = request;
  const key = leadingKey(request, tables.partitionKeyOf(TableName, IndexName));
  return {
    action: `dynamodb:${operation}`,
    resource: TableName === '' ? '*' : tables.arnOf(TableName, IndexName),
    context: {
      ...context,
      ...(key !== undefined && { 'dynamodb:LeadingKeys': [key] }),
      ...(ReturnValues !== undefined && { 'dynamodb:ReturnValues': ReturnValues }),
      ...(Select !== undefined && { 'dynamodb:Select': Select }),
      'dynamodb:Attributes': () => attributesOf(request),
    },
  };
}

function batchPermission(
  operation: string,
  table: string,
  parts: readonly WireRequest[],
  tables: TableKeys,
): Permission {
  const name = tables.partitionKeyOf(table);
  const keys = parts.map((part) => leadingKey(part, name)).filter((key) => key !== undefined);
  return {
    action: `dynamodb:${operation}`,
    resource: tables.arnOf(table),
    context: {
      ...(keys.length > 0 && { 'dynamodb:LeadingKeys': [...new Set(keys)] }),
      'dynamodb:Attributes': () => [...new Set(parts.flatMap(attributesOf))],
    },
  };
}

const gets = ({ Keys = [], ...common }: BatchTable): WireRequest[] => Keys.map((Key) => ({ ...common, Key }));

const writes = (parts: readonly BatchWrite[]): WireRequest[] => parts.flatMap((part) => Object.values(part));

/** Returns the partition key of an item or of a query. A scan has none. */
function leadingKey(request: WireRequest, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const { Key, Item, KeyConditions, KeyConditionExpression } = request;
  const value: WireValue | undefined =
    Key?.[name] ??
    Item?.[name] ??
    KeyConditions?.[name]?.AttributeValueList?.[0] ??
    (KeyConditionExpression === undefined ? undefined : queried(request, name));
  return keyText(value);
}

/** Returns the value of `<name> = :value` in the key condition of a query. */
function queried(request: WireRequest, name: string): WireValue | undefined {
  const { KeyConditionExpression = '', ExpressionAttributeNames = {} } = request;
  for (const [, left = '', right = ''] of KeyConditionExpression.matchAll(/(#?\w+)\s*=\s*(:\w+)/g)) {
    if ((ExpressionAttributeNames[left] ?? left) === name) return request.ExpressionAttributeValues?.[right];
  }
  return undefined;
}
