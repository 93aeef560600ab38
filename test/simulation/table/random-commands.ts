import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Random } from '../../support/random';
import { compareValues } from './values';

type Value = AttributeValue;
type Values = Record<string, Value>;

const PARTITIONS = ['one', 'two'];
const SORT_KEYS = ['a', 'b', 'b#1', 'b$', 'é', '😀', '\uffee'];
const NAMES = ['a', 'b', 'n', 'set'];

/** Draws random commands in the forms that the stores send. */
export class RandomCommands {
  private readonly sentTransactions: TransactWriteItemsCommand[] = [];

  constructor(
    private readonly table: string,
    private readonly random: Random,
  ) {}

  next() {
    switch (this.random(9)) {
      case 0:
        return new GetItemCommand({
          TableName: this.table,
          Key: this.key(),
          ConsistentRead: true,
          ...this.projection(),
        });
      case 1:
        return this.query();
      case 2:
        return new PutItemCommand({ ...this.put(), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
      case 3:
      case 4:
        return new UpdateItemCommand({
          ...{ ...this.update(), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
          ...(this.random(2) === 0 && { ReturnValues: 'ALL_NEW' }),
        });
      case 5:
        return new DeleteItemCommand({ ...this.delete(), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
      case 6:
        return this.random(2) === 0
          ? new BatchGetItemCommand({
              RequestItems: { [this.table]: { Keys: this.keys(), ConsistentRead: true } },
            })
          : new BatchWriteItemCommand({
              RequestItems: { [this.table]: this.keys().map((Key) => ({ DeleteRequest: { Key } })) },
            });
      default:
        return this.transaction();
    }
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.random(values.length)] as T;
  }

  private key = (): Values => ({ pk: { S: this.pick(PARTITIONS) }, sk: { S: this.pick(SORT_KEYS) } });

  private keys(): Values[] {
    const keys = Array.from({ length: 1 + this.random(4) }, this.key);
    return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
  }

  private value(name: string): AttributeValue {
    if (name === 'n') return { N: String(this.random(5) - 2) };
    if (name === 'set') return { SS: this.pick([['x'], ['x', 'y'], ['y', 'z', 'x']]) };
    if (name === 'b') return this.pick([{ BOOL: true }, { M: { c: { S: 'x' } } }, { L: [{ S: 'x' }] }]);
    return { S: this.pick(['x', 'xy', 'y', '2026-03-01T12:00']) };
  }

  private put() {
    const names = NAMES.filter(() => this.random(2) === 0);
    const attributes = Object.fromEntries(names.map((name) => [name, this.value(name)]));
    return { TableName: this.table, Item: { ...this.key(), ...attributes }, ...this.maybeCondition() };
  }

  private delete() {
    return { TableName: this.table, Key: this.key(), ...this.maybeCondition() };
  }

  private update() {
    const target = this.pick(NAMES);
    const clause = this.pick([
      `SET #${target} = :u`,
      `SET #${target} = if_not_exists(#${target}, :u), #other = :other`,
      `SET #other = if_not_exists(#${target}, :u)`,
      `SET #other = :other REMOVE #${target}`,
      ...(target === 'n' ? ['SET #other = :other ADD #n :u', 'ADD #n :u'] : []),
      ...(target === 'set' ? ['ADD #set :u', 'SET #other = :other DELETE #set :u', 'DELETE #set :u'] : []),
    ]);
    const condition = this.maybeCondition();
    const used = (name: string, text: string) => clause.includes(text) && { [name]: true };
    return {
      TableName: this.table,
      Key: this.key(),
      UpdateExpression: clause,
      ...condition,
      ExpressionAttributeNames: {
        ...condition?.ExpressionAttributeNames,
        [`#${target}`]: target,
        ...(used('other', '#other') && { '#other': 'other' }),
      },
      ExpressionAttributeValues: {
        ...condition?.ExpressionAttributeValues,
        ...(used('u', ':u') && { ':u': this.value(target) }),
        ...(used('other', ':other') && { ':other': { S: 'o' } }),
      },
    };
  }

  private maybeCondition() {
    return this.random(3) === 0 ? undefined : this.condition('ConditionExpression');
  }

  /** Returns one or two comparisons with their names and values. */
  private condition<Name extends string>(property: Name) {
    const names: Record<string, string> = {};
    const values: Values = {};
    const one = (suffix: string): string => {
      const name = this.pick([...NAMES, 'b.c']);
      const [first = '', inner] = name.split('.');
      names[`#${first}`] = first;
      const attribute = inner ? `#${first}.${inner}` : `#${first}`;
      const form = this.pick([
        ...['attribute_exists(A)', 'attribute_not_exists(A)', 'A = V', 'A <> V', 'A IN (V, W)', 'NOT A = V'],
        ...(first === 'b' || first === 'set'
          ? []
          : ['A < V', 'A <= V', 'A > V', 'A >= V', 'A BETWEEN V AND W']),
        ...(first === 'a' ? ['begins_with(A, V)', 'contains(A, V)'] : []),
      ]);
      const [v, w] = [`:v${suffix}`, `:w${suffix}`];
      const drawn = [this.value(first), this.value(first)].map((value) => (inner ? { S: 'x' } : value));
      // DynamoDB refuses a BETWEEN whose lower bound is above the upper one.
      const [low, high] = drawn.sort((left, right) => compareValues(left, right) ?? 0) as [Value, Value];
      if (/\bV\b/.test(form)) values[v] = low;
      if (/\bW\b/.test(form)) values[w] = high;
      return form.replace(/\bA\b/, attribute).replace(/\bV\b/, v).replace(/\bW\b/, w);
    };
    const expression = this.pick([one('1'), `(${one('2')}) AND ${one('3')}`, `${one('4')} OR (${one('5')})`]);
    const isUsed = ([name]: [string, unknown]) => new RegExp(`${name}\\b`).test(expression);
    const usedValues = Object.fromEntries(Object.entries(values).filter(isUsed));
    return {
      [property]: expression,
      ExpressionAttributeNames: Object.fromEntries(Object.entries(names).filter(isUsed)),
      ...(Object.keys(usedValues).length > 0 && { ExpressionAttributeValues: usedValues }),
    } as { [Key in Name]: string } & {
      ExpressionAttributeNames: Record<string, string>;
      ExpressionAttributeValues?: Values;
    };
  }

  private projection() {
    if (this.random(2) === 0) return {};
    return { ProjectionExpression: '#a, #n', ExpressionAttributeNames: { '#a': 'a', '#n': 'n' } };
  }

  private query(): QueryCommand {
    const filter = this.random(3) === 0 ? this.condition('FilterExpression') : undefined;
    const sort = this.pick([
      undefined,
      'begins_with(sk, :sk)',
      'sk < :sk',
      'sk >= :sk',
      'sk BETWEEN :sk AND :end',
    ]);
    const after = this.random(3) === 0 ? { pk: { S: 'one' }, sk: { S: this.pick(SORT_KEYS) } } : undefined;
    return new QueryCommand({
      TableName: this.table,
      KeyConditionExpression: sort ? `pk = :pk AND ${sort}` : 'pk = :pk',
      ...filter,
      ExpressionAttributeValues: {
        ...filter?.ExpressionAttributeValues,
        ':pk': { S: 'one' },
        ...(sort && { ':sk': { S: 'b' } }),
        ...(sort?.includes(':end') && { ':end': { S: 'é' } }),
      },
      ConsistentRead: true,
      ScanIndexForward: this.random(2) === 0,
      Limit: this.pick([undefined, 1, 2, 3]),
      // A position outside of the range is refused.
      ...(after && !sort && { ExclusiveStartKey: after }),
    });
  }

  /** Some transactions are sent again with their token. */
  private transaction(): TransactWriteItemsCommand {
    if (this.sentTransactions.length > 0 && this.random(4) === 0) return this.pick(this.sentTransactions);
    const TransactItems = Array.from({ length: 1 + this.random(3) }, () => {
      const onFailure =
        this.random(2) === 0 ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } : {};
      switch (this.random(4)) {
        case 0:
          return { Put: { ...this.put(), ...onFailure } };
        case 1:
          return { Update: { ...this.update(), ...onFailure } };
        case 2:
          return { Delete: { ...this.delete(), ...onFailure } };
        default:
          return {
            ConditionCheck: {
              ...{ TableName: this.table, Key: this.key(), ...onFailure },
              ...this.condition('ConditionExpression'),
            },
          };
      }
    });
    const command = new TransactWriteItemsCommand({
      TransactItems,
      ClientRequestToken: `token-${this.table.slice(-8)}-${this.sentTransactions.length}`,
    });
    this.sentTransactions.push(command);
    return command;
  }
}
