import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { conditionExpression, updateExpressions, type Changes, type Condition } from './expressions';
import type { ItemKey } from './keys';
import type { Item } from './read-item';

/** One write of a transaction. */
export type Write = (
  | { readonly put: ItemKey & Item; readonly condition?: Condition }
  | ({
      readonly update: ItemKey;
      readonly condition?: Condition;
      /** The keys of items that serve as well. Retries after a conflict take them in turn. */
      readonly alternatives?: readonly ItemKey[];
    } & Changes)
  | { readonly delete: ItemKey; readonly condition?: Condition }
  /** Writes nothing; fails the transaction if the condition does not hold. */
  | { readonly check: ItemKey; readonly condition: Condition }
) & {
  /** The error for the caller if the condition fails. */
  readonly conditionError?: () => Error;
};

/** DynamoDB's limit for one transaction. */
export const MAX_TRANSACTION_WRITES = 100;

/**
 * Yields the writes in groups that each fit in one transaction. `unitOf` returns the writes of one element, which
 * stay together.
 */
export function* inTransactions<T>(
  elements: readonly T[],
  unitOf: (element: T) => readonly Write[],
): Generator<{ elements: T[]; writes: Write[] }> {
  let group: { elements: T[]; writes: Write[] } = { elements: [], writes: [] };
  for (const element of elements) {
    const unit = unitOf(element);
    if (group.writes.length + unit.length > MAX_TRANSACTION_WRITES) {
      yield group;
      group = { elements: [], writes: [] };
    }
    group.elements.push(element);
    group.writes.push(...unit);
  }
  if (group.writes.length > 0) yield group;
}

export const ITEM_EXISTS: Condition = { expression: 'attribute_exists(pk)' };
export const ITEM_IS_ABSENT: Condition = { expression: 'attribute_not_exists(pk)' };

export const putInput = (TableName: string, item: ItemKey & Item, condition?: Condition) => ({
  TableName,
  Item: { ...item },
  ...conditionExpression(condition),
});

export const updateInput = (
  TableName: string,
  { pk, sk }: ItemKey,
  changes: Changes,
  condition?: Condition,
) => ({
  TableName,
  Key: { pk, sk },
  ...updateExpressions(changes, condition),
});

export const deleteInput = (TableName: string, { pk, sk }: ItemKey, condition?: Condition) => ({
  TableName,
  Key: { pk, sk },
  ...conditionExpression(condition),
});

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** The write as a transaction of the SDK takes it. `attempt` begins at 0, and chooses among the alternatives. */
export function transactItem(table: string, write: Write, attempt = 0): TransactItem {
  if ('put' in write) return { Put: putInput(table, write.put, write.condition) };
  if ('update' in write) {
    const { update, alternatives = [], condition } = write;
    const keys = [update, ...alternatives];
    return { Update: updateInput(table, keys[attempt % keys.length] ?? update, write, condition) };
  }
  if ('delete' in write) return { Delete: deleteInput(table, write.delete, write.condition) };
  const { pk, sk } = write.check;
  const { expression: ConditionExpression } = write.condition;
  return {
    ConditionCheck: {
      TableName: table,
      Key: { pk, sk },
      ...conditionExpression(write.condition),
      ConditionExpression,
    },
  };
}
