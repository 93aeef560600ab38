import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type AttributeValues, toAttributeValues } from './attribute-value';
import { conditionExpression, updateExpressions, type Changes, type Condition } from './expressions';
import { unlessNewer, VERSION_ATTRIBUTE, versioned, WRITTEN_VERSION } from './item-version';
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
  /**
   * True if only this change writes the item, under the condition that the item is absent. If the item
   * exists, an earlier attempt made all writes of the transaction.
   */
  readonly marksChange?: true;
  /**
   * Returns the same change on another item. A transaction that met a conflict on this item is sent again
   * with it.
   */
  readonly otherwise?: () => Write;
  /**
   * The error for the caller if another transaction uses the item. By default, the transaction is sent again.
   */
  readonly conflictError?: () => Error;
};

/** DynamoDB's limit for one transaction. */
export const MAX_TRANSACTION_WRITES = 100;

/**
 * Yields the writes in groups that each fit in one transaction. `unitOf` returns the writes of one element,
 * which stay together.
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

/** Returns only the key, whatever else the object has. */
export const toKey = ({ pk, sk }: ItemKey): AttributeValues => ({ pk: { S: pk }, sk: { S: sk } });

export const putInput = (TableName: string, item: ItemKey & Item, condition?: Condition) => ({
  TableName,
  Item: toAttributeValues(versioned(item)),
  ...conditionExpression(unlessNewer(condition)),
});

/** Returns the changes that also set the version of the item. */
export const versionedChanges = (changes: Changes): Changes => ({
  ...changes,
  set: { ...changes.set, [VERSION_ATTRIBUTE]: WRITTEN_VERSION },
});

export const updateInput = (TableName: string, key: ItemKey, changes: Changes, condition?: Condition) => ({
  TableName,
  Key: toKey(key),
  ...updateExpressions(versionedChanges(changes), unlessNewer(condition)),
});

export const deleteInput = (TableName: string, key: ItemKey, condition?: Condition) => ({
  TableName,
  Key: toKey(key),
  ...conditionExpression(unlessNewer(condition)),
});

/**
 * The item tells a repeated write whether it was carried out before, and whether it is of a newer version.
 */
export const RETURN_ITEM_WHEN_REFUSED = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/** The write as a transaction of the SDK takes it. */
export function transactItem(table: string, write: Write): TransactWriteItem {
  if ('put' in write)
    return { Put: { ...putInput(table, write.put, write.condition), ...RETURN_ITEM_WHEN_REFUSED } };
  if ('update' in write)
    return {
      Update: { ...updateInput(table, write.update, write, write.condition), ...RETURN_ITEM_WHEN_REFUSED },
    };
  if ('delete' in write)
    return { Delete: { ...deleteInput(table, write.delete, write.condition), ...RETURN_ITEM_WHEN_REFUSED } };
  const condition = unlessNewer(write.condition);
  return {
    ConditionCheck: {
      TableName: table,
      Key: toKey(write.check),
      ...conditionExpression(condition),
      ConditionExpression: condition.expression,
      ...RETURN_ITEM_WHEN_REFUSED,
    },
  };
}
