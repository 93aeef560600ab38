import { GetCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../table/batch-get';
import {
  BY_EXTERNAL_ID,
  BY_NAME,
  claimKey,
  isKeyText,
  resourceKey,
  resourcePartition,
  type ItemKey,
  type ResourceKind,
} from '../table/keys';
import { fromItem, type ResourceRecord } from './resource-record';
import type { Table } from '../table/table';

/** A place in a listing that goes on where it stopped: a resource that need not exist any more. */
export interface Position {
  readonly id: string;
  /** In lower case, as the index has it; only where the listing is in the order of names. */
  readonly nameKey?: string;
}

/** A part of an index over names: those that begin with `prefix`, or those between the bounds. Names are lower case. */
export interface NameRange {
  readonly prefix?: string;
  readonly lower?: { readonly value: string; readonly inclusive: boolean };
  readonly upper?: { readonly value: string; readonly inclusive: boolean };
}

/** Records in the order of their ids, and where to go on; no `next` at the end. */
export interface RecordPage {
  readonly records: readonly ResourceRecord[];
  /** The id of the last record that was read. */
  readonly next?: string;
}

/** A part of the index over names, in their order, and whether there is more. */
export interface NamePage {
  readonly positions: readonly Required<Position>[];
  readonly more: boolean;
}

/** Reads the users or the groups of one domain. Everything but the two indexes is strongly consistent. */
export class ResourceStore {
  constructor(
    protected readonly table: Table,
    readonly domainId: string,
    readonly kind: ResourceKind,
  ) {}

  async get(id: string): Promise<ResourceRecord | undefined> {
    if (!isKeyText(id)) return undefined;
    const item = await this.item(resourceKey(this.domainId, this.kind, id));
    return item && fromItem(item);
  }

  /** The records of `ids` that exist, in the order of `ids`. */
  async getMany(ids: readonly string[]): Promise<ResourceRecord[]> {
    const keys = [...new Set(ids)].filter(isKeyText).map((id) => resourceKey(this.domainId, this.kind, id));
    const records = (await batchGet(this.table, keys)).map(fromItem);
    const found = new Map(records.map((record) => [record.id, record]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** The id that owns the name, compared without case. */
  async idOfName(name: string): Promise<string | undefined> {
    if (!isKeyText(name)) return undefined;
    const claim = await this.item(claimKey(this.domainId, this.kind, name));
    return claim?.ownerId as string | undefined;
  }

  /** At most `limit` ids with this `externalId`, which nothing makes unique. Eventually consistent, as an index is. */
  async idsOfExternalId(externalId: string, limit: number): Promise<string[]> {
    if (!isKeyText(externalId)) return [];
    const condition = { names: { '#k': 'externalId' }, values: { ':v': externalId }, expression: '#k = :v' };
    return this.ids(BY_EXTERNAL_ID, condition, limit);
  }

  /** At most `limit` ids of names in the range, in the order of their names. Eventually consistent, as an index is. */
  async idsOfNames(range: NameRange, limit: number): Promise<string[]> {
    const condition = rangeCondition(range);
    return condition ? this.ids(BY_NAME, condition, limit) : [];
  }

  /** At most `limit` places in the order of names, of the whole index or of a range. Eventually consistent, as an index is. */
  async namePage(
    limit: number,
    { after, descending = false, range }: { after?: Position; descending?: boolean; range?: NameRange } = {},
  ): Promise<NamePage> {
    const condition = range && rangeCondition(range);
    if (range && !condition) return { positions: [], more: false };
    const { Items = [], LastEvaluatedKey } = await this.query(
      {
        IndexName: BY_NAME,
        Limit: limit,
        ScanIndexForward: !descending,
        ...(after && {
          ExclusiveStartKey: {
            ...resourceKey(this.domainId, this.kind, after.id),
            nameKey: after.nameKey,
          },
        }),
      },
      condition,
    );
    const positions = Items.map(({ sk, nameKey }) => ({ id: sk as string, nameKey: nameKey as string }));
    return { positions, more: LastEvaluatedKey !== undefined };
  }

  /** At most `limit` records after the one with id `after`. */
  async page(limit: number, after?: string): Promise<RecordPage> {
    const { Items = [], LastEvaluatedKey } = await this.query({
      ConsistentRead: true,
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: resourceKey(this.domainId, this.kind, after) }),
    });
    return { records: Items.map(fromItem), next: LastEvaluatedKey?.sk as string | undefined };
  }

  private async item(Key: ItemKey): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.table.client.send(
      new GetCommand({ TableName: this.table.name, Key, ConsistentRead: true }),
    );
    return Item;
  }

  private async ids(IndexName: string, condition: KeyCondition, limit: number): Promise<string[]> {
    const ids: string[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.query({ IndexName, ExclusiveStartKey }, condition);
      ids.push(...Items.map((item) => item.sk as string));
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey && ids.length < limit);
    return ids.slice(0, limit);
  }

  private query(input: Partial<QueryCommandInput>, condition?: KeyCondition) {
    return this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: ['pk = :pk', ...(condition ? [condition.expression] : [])].join(' AND '),
        ExpressionAttributeNames: condition?.names,
        ExpressionAttributeValues: {
          ':pk': resourcePartition(this.domainId, this.kind),
          ...condition?.values,
        },
        ...input,
      }),
    );
  }
}

interface KeyCondition {
  readonly expression: string;
  readonly names: Record<string, string>;
  readonly values: Record<string, string>;
}

/**
 * DynamoDB takes one condition on the range key, so two bounds become BETWEEN, which includes both: the caller
 * matches what it reads against the filter anyway. Undefined where the bounds are the wrong way round, which is an error there.
 */
function rangeCondition({ prefix, lower, upper }: NameRange): KeyCondition | undefined {
  const texts = [prefix, lower?.value, upper?.value].filter((text) => text !== undefined);
  if (!texts.every(isKeyText)) throw new RangeError('A bound of a range of names must be a possible key.');
  if (lower && upper && Buffer.compare(Buffer.from(lower.value), Buffer.from(upper.value)) > 0)
    return undefined;
  const names = { '#k': 'nameKey' };
  if (prefix !== undefined) return { expression: 'begins_with(#k, :v)', names, values: { ':v': prefix } };
  if (lower && upper) {
    return { expression: '#k BETWEEN :l AND :u', names, values: { ':l': lower.value, ':u': upper.value } };
  }
  if (lower)
    return { expression: `#k ${lower.inclusive ? '>=' : '>'} :v`, names, values: { ':v': lower.value } };
  if (upper)
    return { expression: `#k ${upper.inclusive ? '<=' : '<'} :v`, names, values: { ':v': upper.value } };
  throw new TypeError('A range of names has a prefix or a bound.');
}
