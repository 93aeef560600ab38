import { QueryCommand, type QueryCommandInput, ScanCommand } from '@aws-sdk/client-dynamodb';
import { fromAttributeValues, toAttributeValues } from '../attribute-value';
import type { TableClient } from './client';
import { placeholders, type Condition } from '../expressions';
import { readable, VERSION_ATTRIBUTE } from '../item-version';
import { INDEX_SORT_KEYS, type ItemKey } from '../keys';
import { keyOf, type Item } from '../read-item';

/** A condition on the sort key: DynamoDB takes one. Texts compare by their UTF-8 bytes. */
export type SortKeyCondition =
  | { readonly operator: '=' | '<' | '<=' | '>' | '>='; readonly value: string }
  | { readonly beginsWith: string }
  /** Both bounds are included. */
  | { readonly between: readonly [lower: string, upper: string] };

/**
 * The place in a query after which the next page begins. The page of an index also names the index's sort
 * key.
 */
export type PageKey = ItemKey & { readonly nameKey?: string; readonly externalId?: string };

/** A query of one partition. It is strongly consistent, unless it reads an index or says otherwise. */
export interface Query {
  readonly pk: string;
  readonly sortKey?: SortKeyCondition;
  /** Reads an index of the table. Indexes hold keys only, and are eventually consistent. */
  readonly index?: keyof typeof INDEX_SORT_KEYS;
  /** Leaves out items after they are read, so they still cost read units and count toward `limit`. */
  readonly filter?: Condition;
  /** Returns these attributes only. The cost is that of whole items. */
  readonly attributes?: readonly string[];
  /** The largest number of items that a page reads; without it, a page reads up to 1 MB. */
  readonly limit?: number;
  /** Starts after this key, which does not have to exist. */
  readonly after?: PageKey;
  readonly descending?: boolean;
  /** Halves the cost; the result may lack the latest writes. */
  readonly eventuallyConsistent?: boolean;
}

/**
 * A page of a query. `next` is absent after the last page. If it is present, the next page may still be
 * empty.
 */
export interface Page {
  readonly items: readonly Item[];
  readonly next?: PageKey;
}

/** A scan of the whole table. It is eventually consistent. */
export interface Scan {
  /** Leaves out items after they are read, so they still cost read units. It may mention the keys. */
  readonly filter?: Condition;
  /** The largest number of items that a page reads; without it, a page reads up to 1 MB. */
  readonly limit?: number;
  /** Starts after this key, which does not have to exist. */
  readonly after?: ItemKey;
}

/** Reads one page of a scan. */
export async function scanPage({ name, client }: TableClient, scan: Scan): Promise<Page> {
  const { filter, limit, after } = scan;
  const { Items = [], LastEvaluatedKey } = await client.send(
    new ScanCommand({
      TableName: name,
      FilterExpression: filter?.expression,
      ...placeholders([filter?.expression], filter?.values ?? {}),
      Limit: limit,
      ExclusiveStartKey: after && toAttributeValues({ ...after }),
    }),
  );
  return {
    items: Items.map((item) => readable(fromAttributeValues(item))),
    ...(LastEvaluatedKey && { next: keyOf(fromAttributeValues(LastEvaluatedKey)) }),
  };
}

/** Reads one page of a query. */
export async function queryPage({ name, client }: TableClient, query: Query): Promise<Page> {
  const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(queryInput(name, query)));
  const next = LastEvaluatedKey && fromAttributeValues(LastEvaluatedKey);
  return {
    items: Items.map((item) => readable(fromAttributeValues(item))),
    next: next && { ...next, ...keyOf(next) },
  };
}

function queryInput(TableName: string, query: Query): QueryCommandInput {
  const { pk, sortKey, index, filter, attributes, limit, after, descending, eventuallyConsistent } = query;
  const condition = sortKey && sortKeyCondition(index ? INDEX_SORT_KEYS[index] : 'sk', sortKey);
  const KeyConditionExpression = condition ? `pk = :pk AND ${condition.expression}` : 'pk = :pk';
  const ProjectionExpression = attributes && projection([...attributes, VERSION_ATTRIBUTE]);
  return {
    TableName,
    IndexName: index,
    KeyConditionExpression,
    FilterExpression: filter?.expression,
    ProjectionExpression,
    ...placeholders([KeyConditionExpression, filter?.expression, ProjectionExpression], {
      pk,
      ...condition?.values,
      ...filter?.values,
    }),
    ConsistentRead: index === undefined && !eventuallyConsistent,
    ScanIndexForward: !descending,
    Limit: limit,
    ExclusiveStartKey: after && toAttributeValues({ ...after }),
  };
}

/** The expression that limits a read to these attributes. */
export const projection = (attributes: readonly string[]): string =>
  attributes.map((name) => `#${name}`).join(', ');

function sortKeyCondition(attribute: string, condition: SortKeyCondition): Required<Condition> {
  if ('beginsWith' in condition)
    return { expression: `begins_with(#${attribute}, :start)`, values: { start: condition.beginsWith } };
  if ('between' in condition) {
    const [lower, upper] = condition.between;
    return { expression: `#${attribute} BETWEEN :lower AND :upper`, values: { lower, upper } };
  }
  return { expression: `#${attribute} ${condition.operator} :bound`, values: { bound: condition.value } };
}
