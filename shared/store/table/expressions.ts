import { type AttributeValues, toAttributeValues } from './attribute-value';

/**
 * A condition or filter in DynamoDB's syntax. `#name` stands for the attribute `name`, and needs no
 * declaration. `values` holds the values of placeholders, without the colon: `{ before: 3 }` for `version =
 * :before`.
 */
export interface Condition {
  readonly expression: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The changes that an update makes to an item. */
export interface Changes {
  /** Attributes to set. Those whose value is undefined stay as they are. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Attributes to set if the item does not have them. */
  readonly setIfAbsent?: Readonly<Record<string, unknown>>;
  /**
   * Attributes to set to the value of the attribute `from`, or to `otherwise` if the item does not have it.
   */
  readonly copy?: Readonly<Record<string, { readonly from: string; readonly otherwise: unknown }>>;
  readonly remove?: readonly string[];
  /** Numbers to add to attributes, and elements to add to sets. These changes commute. */
  readonly add?: Readonly<Record<string, number | ReadonlySet<string>>>;
  /** Elements to delete from sets. */
  readonly deleteElements?: Readonly<Record<string, ReadonlySet<string>>>;
}

/** The names and values that the expressions of one request use. */
export interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: AttributeValues;
}

/** The expressions of an update and its condition, with their names and values. */
export function updateExpressions(changes: Changes, condition?: Condition) {
  const { set = {}, setIfAbsent = {}, copy = {}, remove = [], add = {}, deleteElements = {} } = changes;
  const setNames = Object.keys(set).filter((name) => set[name] !== undefined);
  const clauses = [
    clause('SET', [
      ...setNames.map((name) => `#${name} = :${name}`),
      ...Object.keys(setIfAbsent).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
      ...Object.entries(copy).map(([name, { from }]) => `#${name} = if_not_exists(#${from}, :${name})`),
    ]),
    clause(
      'REMOVE',
      remove.map((name) => `#${name}`),
    ),
    clause(
      'ADD',
      Object.keys(add).map((name) => `#${name} :${name}`),
    ),
    clause(
      'DELETE',
      Object.keys(deleteElements).map((name) => `#${name} :${name}`),
    ),
  ];
  const UpdateExpression = clauses.filter((text) => text !== '').join(' ');
  const defaults = Object.fromEntries(Object.entries(copy).map(([name, { otherwise }]) => [name, otherwise]));
  const values = { ...set, ...setIfAbsent, ...defaults, ...add, ...deleteElements };
  for (const name of Object.keys(condition?.values ?? {}))
    if (name in values) throw new Error(`":${name}" has a value in the update and another in its condition.`);
  return {
    UpdateExpression,
    ...(condition && { ConditionExpression: condition.expression }),
    ...placeholders([UpdateExpression, condition?.expression], { ...values, ...condition?.values }),
  };
}

/** The expression of a condition on a put, a delete, or a check, with its names and values. */
export const conditionExpression = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ...placeholders([condition.expression], condition.values),
  };

/** Declares each `#name` of the expressions, and the values. DynamoDB rejects empty declarations. */
export function placeholders(
  expressions: readonly (string | undefined)[],
  values: Readonly<Record<string, unknown>> = {},
): Placeholders {
  const names = expressions.flatMap((text) => text?.match(/#\w+/g) ?? []);
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return {
    ...(names.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [name, name.slice(1)])),
    }),
    ...(given.length > 0 && {
      ExpressionAttributeValues: toAttributeValues(
        Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
      ),
    }),
  };
}

const clause = (keyword: string, parts: readonly string[]): string =>
  parts.length > 0 ? `${keyword} ${parts.join(', ')}` : '';
