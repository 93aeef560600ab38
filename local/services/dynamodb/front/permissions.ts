import type { EncryptionKeys } from '../../kms/encryption-keys';
import type { Context } from '../../../cloud/iam/condition-keys';
import type { Permission } from '../../../cloud/iam/permission';
import { attributesOf } from './expression-names';
import { leadingKey } from './leading-key';
import type { TableKeys } from './table-keys';
import { keyText, type WireItem, type WireRequest } from './wire';

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
  const key = leadingKeyText(request, tables.partitionKeyOf(TableName, IndexName));
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
  const keys = parts.map((part) => leadingKeyText(part, name)).filter((key) => key !== undefined);
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

function leadingKeyText(request: WireRequest, name: string | undefined): string | undefined {
  return name === undefined ? undefined : keyText(leadingKey(request, name));
}

/**
 * Adds the permissions for the keys of encrypted tables. DynamoDB decrypts the key of a table for each
 * caller.
 */
export function withKeyPermissions(permissions: readonly Permission[], keys: EncryptionKeys): Permission[] {
  const tables = new Set(permissions.map(({ resource }) => resource.replace(/\/index\/.*$/, '')));
  return [...permissions, ...[...tables].flatMap((table) => tableKeyPermissions(table, keys))];
}

/** Returns the permissions for the key of a table, which its stream needs too. */
export const tableKeyPermissions = (table: string, keys: EncryptionKeys): Permission[] =>
  keys.permissionsFor({
    resource: table,
    actions: ['kms:Decrypt'],
    via: 'dynamodb',
    context: { 'kms:EncryptionContext:aws:dynamodb:tableName': table.split('/').pop() ?? '' },
  });
