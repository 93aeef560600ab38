import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { conditionExpression, updateExpressions, type Changes, type Condition } from './expressions';
import type { ItemKey } from './keys';
import type { Item } from './read-item';

/** One write of a transaction. */
export type Write = (
  | { readonly put: ItemKey & Item; readonly condition?: Condition }
  | ({ readonly update: ItemKey; readonly condition?: Condition } & Changes)
  | { readonly delete: ItemKey; readonly condition?: Condition }
  /** Writes nothing; fails the transaction if the condition does not hold. */
  | { readonly check: ItemKey; readonly condition: Condition }
) & {
  /** The error for the caller if the condition fails. */
  readonly conditionError?: () => Error;
};

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

/** The write as a transaction of the SDK takes it. */
export function transactItem(table: string, write: Write): TransactItem {
  if ('put' in write) return { Put: putInput(table, write.put, write.condition) };
  if ('update' in write) return { Update: updateInput(table, write.update, write, write.condition) };
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
