import {
  type AttributeValue,
  ConditionalCheckFailedException,
  IdempotentParameterMismatchException,
  type QueryCommandInput,
  TransactionCanceledException,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { holds } from './expression';
import { SortedItems } from './sorted-items';
import { updated } from './update';
import { equalItems, type StoredItem, type StoredKey } from './values';

/** The change of one item by a write. */
export interface ItemChange {
  readonly key: StoredKey;
  readonly before?: StoredItem;
  readonly after?: StoredItem;
}

/** The parts of the inputs of all writes. */
interface WriteInput {
  readonly Key?: StoredItem;
  readonly Item?: StoredItem;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: StoredItem;
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

const MAX_WRITES = 100;
const $metadata = {};

/** An error for an input that DynamoDB refuses. */
class ValidationException extends Error {
  override readonly name = 'ValidationException';
}

export const keyOfInput = ({ Key, Item }: Pick<WriteInput, 'Key' | 'Item'>): StoredKey => {
  const { pk, sk } = Key ?? Item ?? {};
  if (!pk?.S || !sk?.S) throw new ValidationException('A key has an empty attribute.');
  return { pk: pk.S, sk: sk.S };
};

/** Returns the writes of a transaction with their kinds. */
export const writesOf = ({ TransactItems = [] }: TransactWriteItemsCommandInput) =>
  TransactItems.map((item): { kind: WriteKind; input: WriteInput } => {
    const [kind] = Object.keys(item) as [WriteKind];
    return { kind, input: item[kind] as WriteInput };
  });

/**
 * A table in memory with the semantics of DynamoDB, as far as the product's stores use it. Each command is
 * carried out at once. `memory-table.engine.test.ts` compares it with the engine of the local system.
 */
export class MemoryTable {
  readonly items = new SortedItems();
  /** The inputs of the transactions that succeeded, by their tokens. */
  private readonly tokens = new Map<string, string>();

  constructor(private readonly onCommit: (changes: readonly ItemChange[]) => void = () => undefined) {}

  /** Returns whether the transaction with this token was carried out. */
  hasDone(token: string | undefined): boolean {
    return token !== undefined && this.tokens.has(token);
  }

  /** Carries out a command of the SDK. Throws the errors of the SDK. */
  send(name: string, input: unknown): unknown {
    switch (name) {
      case 'GetItemCommand':
        return this.get(input as WriteInput & { ProjectionExpression?: string });
      case 'BatchGetItemCommand':
        return this.getBatch(input as { RequestItems: Record<string, { Keys: StoredItem[] }> });
      case 'QueryCommand':
        return this.query(input as QueryCommandInput);
      case 'PutItemCommand':
        return this.write('Put', input as WriteInput);
      case 'UpdateItemCommand':
        return this.write('Update', input as WriteInput);
      case 'DeleteItemCommand':
        return this.write('Delete', input as WriteInput);
      case 'BatchWriteItemCommand':
        return this.deleteBatch(
          input as { RequestItems: Record<string, { DeleteRequest: { Key: StoredItem } }[]> },
        );
      case 'TransactWriteItemsCommand':
        return this.transact(input as TransactWriteItemsCommandInput);
      default:
        throw new Error(`The simulated table does not know the command ${name}.`);
    }
  }

  private get(input: WriteInput & { ProjectionExpression?: string }): object {
    const item = this.items.get(keyOfInput(input));
    return item ? { Item: projected(item, input) } : {};
  }

  private getBatch({ RequestItems }: { RequestItems: Record<string, { Keys: StoredItem[] }> }): object {
    const found = Object.entries(RequestItems).map(([table, { Keys }]) => [
      table,
      Keys.map((Key) => this.items.get(keyOfInput({ Key }))).filter((item) => item !== undefined),
    ]);
    return { Responses: Object.fromEntries(found) as object, UnprocessedKeys: {} };
  }

  private query(input: QueryCommandInput): object {
    const { ExclusiveStartKey, ScanIndexForward = true, Limit = Infinity } = input;
    if (input.IndexName !== undefined) throw new Error('The simulated table has no indexes.');
    const values = input.ExpressionAttributeValues ?? {};
    const names = input.ExpressionAttributeNames ?? {};
    const pk = values[':pk']?.S ?? '';
    const after = ExclusiveStartKey?.sk?.S;
    const items: StoredItem[] = [];
    let read = 0;
    let last: StoredItem | undefined;
    for (const item of this.items.partition(pk, ScanIndexForward, after)) {
      if (!holds(input.KeyConditionExpression, { item, names, values })) continue;
      if (read++ >= Limit) return { Items: items, LastEvaluatedKey: last && { pk: last.pk, sk: last.sk } };
      last = item;
      if (holds(input.FilterExpression, { item, names, values })) items.push(projected(item, input));
    }
    // A page that is full ends with a key, whether or not another item follows.
    const isFull = read >= Limit && last !== undefined;
    return { Items: items, ...(isFull && { LastEvaluatedKey: { pk: last?.pk, sk: last?.sk } }) };
  }

  private write(kind: WriteKind, input: WriteInput): object {
    const change = this.prepare(kind, input);
    if (!change.holds)
      throw new ConditionalCheckFailedException({
        message: 'The conditional request failed',
        $metadata,
        ...(returnsItem(input) && change.before && { Item: { ...change.before } }),
      });
    this.commit([change]);
    if (input.ReturnValues === 'ALL_NEW') return { Attributes: change.after };
    if (input.ReturnValues === 'ALL_OLD') return { Attributes: change.before };
    return {};
  }

  private deleteBatch({
    RequestItems,
  }: {
    RequestItems: Record<string, { DeleteRequest: { Key: StoredItem } }[]>;
  }): object {
    for (const { DeleteRequest } of Object.values(RequestItems).flat()) this.write('Delete', DeleteRequest);
    return { UnprocessedItems: {} };
  }

  private transact(input: TransactWriteItemsCommandInput): object {
    const { ClientRequestToken } = input;
    const text = JSON.stringify(input.TransactItems);
    const known = ClientRequestToken && this.tokens.get(ClientRequestToken);
    if (known === text) return {};
    if (known)
      throw new IdempotentParameterMismatchException({
        message: 'The token has other parameters',
        $metadata,
      });
    const changes = writesOf(input).map(({ kind, input: write }) => ({
      ...this.prepare(kind, write),
      returnsItem: returnsItem(write),
    }));
    assertDistinct(changes.map(({ key }) => key));
    if (changes.some((change) => !change.holds))
      throw canceled(
        changes.map((change) =>
          change.holds
            ? { Code: 'None' }
            : {
                Code: 'ConditionalCheckFailed',
                Message: 'The conditional request failed',
                ...(change.returnsItem && change.before && { Item: { ...change.before } }),
              },
        ),
      );
    this.commit(changes);
    if (ClientRequestToken) this.tokens.set(ClientRequestToken, text);
    return {};
  }

  private prepare(kind: WriteKind, input: WriteInput): ItemChange & { readonly holds: boolean } {
    const key = keyOfInput(input);
    const before = this.items.get(key);
    const scope = {
      item: before ?? {},
      names: input.ExpressionAttributeNames ?? {},
      values: input.ExpressionAttributeValues ?? {},
    };
    const change = { key, before, holds: holds(input.ConditionExpression, scope) };
    if (!change.holds || kind === 'Delete') return change;
    if (kind === 'ConditionCheck') return { ...change, after: before };
    if (kind === 'Put') return { ...change, after: input.Item };
    const item = { pk: { S: key.pk }, sk: { S: key.sk }, ...before };
    return { ...change, after: updated(input.UpdateExpression, { ...scope, item }) };
  }

  private commit(changes: readonly ItemChange[]): void {
    const real = changes.filter(({ before, after }) => !equalItems(before, after));
    for (const { key, after } of real) this.items.set(key, after);
    if (real.length > 0) this.onCommit(real);
  }
}

const returnsItem = ({ ReturnValuesOnConditionCheckFailure }: WriteInput): boolean =>
  ReturnValuesOnConditionCheckFailure === 'ALL_OLD';

function projected(
  item: StoredItem,
  input: { ProjectionExpression?: string; ExpressionAttributeNames?: Record<string, string> },
): StoredItem {
  if (input.ProjectionExpression === undefined) return { ...item };
  const names = input.ProjectionExpression.split(',').map((name) => {
    const placeholder = name.trim();
    return input.ExpressionAttributeNames?.[placeholder] ?? placeholder;
  });
  const found = names.filter((name) => item[name] !== undefined);
  return Object.fromEntries(found.map((name) => [name, item[name] as AttributeValue]));
}

function assertDistinct(keys: readonly StoredKey[]): void {
  if (keys.length > MAX_WRITES) throw new ValidationException('A transaction has too many writes.');
  if (new Set(keys.map(({ pk, sk }) => `${pk}\n${sk}`)).size < keys.length)
    throw new ValidationException('Transaction request cannot include multiple operations on one item');
}

/** Returns the error of a transaction that was canceled for these reasons. */
export const canceled = (
  CancellationReasons: TransactionCanceledException['CancellationReasons'] = [],
): TransactionCanceledException =>
  new TransactionCanceledException({
    message: `Transaction cancelled [${CancellationReasons.map(({ Code }) => Code).join(', ')}]`,
    $metadata,
    CancellationReasons,
  });
