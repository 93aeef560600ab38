import { legacyNameKeyOf, nameKeyOf, nameKeysOf } from '../../scim/text/name-key';
import type { Position } from '../listing/position';
import {
  BY_EXTERNAL_ID,
  BY_NAME,
  claimKey,
  isKeyText,
  resourceKey,
  resourcePartition,
  type ResourceKind,
} from '../table/keys';
import type { Query, SortKeyCondition } from '../table/operations/query';
import { text } from '../table/read-item';
import type { Table } from '../table/table';
import { nameOf, readResourceItem, type ResourceRecord } from './resource-record';

/** A range of folded names: those that begin with `prefix`, or those between the bounds. */
export interface NameKeyRange {
  readonly prefix?: string;
  readonly lower?: { readonly value: string; readonly inclusive: boolean };
  readonly upper?: { readonly value: string; readonly inclusive: boolean };
}

/** Records in the order of their ids. */
export interface RecordPage {
  readonly records: readonly ResourceRecord[];
  /** The id of the last record that was read; absent at the end. */
  readonly next?: string;
}

/** Positions in the order of names, and whether more follow. */
export interface NamePage {
  readonly positions: readonly Required<Position>[];
  readonly more: boolean;
}

/**
 * Reads the users or the groups of one domain. The two indexes are eventually consistent; other reads are
 * strongly consistent.
 */
export class ResourceStore {
  constructor(
    protected readonly table: Table,
    readonly domainId: string,
    readonly kind: ResourceKind,
  ) {}

  async get(id: string): Promise<ResourceRecord | undefined> {
    if (!isKeyText(id)) return undefined;
    const item = await this.table.get(resourceKey(this.domainId, this.kind, id));
    return item && readResourceItem(item);
  }

  /**
   * Removes the mark of a creation that has nothing left to write. Does nothing if another request removed
   * it.
   */
  async endCreation({ id, creation }: ResourceRecord): Promise<void> {
    if (!creation) return;
    const isSameCreation = { expression: '#creation.#hash = :hash', values: { hash: creation.hash } };
    await this.table.update(
      resourceKey(this.domainId, this.kind, id),
      { remove: ['creation'] },
      { condition: isSameCreation },
    );
  }

  /** Returns the records of `ids` that exist, in the order of `ids`. */
  async getMany(ids: readonly string[]): Promise<ResourceRecord[]> {
    const keys = [...new Set(ids)].filter(isKeyText).map((id) => resourceKey(this.domainId, this.kind, id));
    const records = await this.complete((await this.table.getAll(keys)).map(readResourceItem));
    const byId = new Map(records.map((record) => [record.id, record]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /**
   * Returns the id of the resource that has the name, in any spelling with the same key. A resource whose
   * claim has the key of a previous version is found by the spellings that had this key.
   */
  async idOfName(name: string): Promise<string | undefined> {
    const owners = new Set<string>();
    // A claim moves to the current key, which is read last, so that a move between the two reads hides
    // nothing.
    for (const key of nameKeysOf(name).filter(isKeyText).reverse()) {
      const claim = await this.table.get(claimKey(this.domainId, this.kind, key));
      if (claim) owners.add(text(claim, 'ownerId'));
    }
    return owners.size > 1 ? this.closestByName(name, [...owners]) : [...owners][0];
  }

  /**
   * Chooses between two resources whose names differed in a previous version: it also found only one of them.
   */
  private async closestByName(name: string, ids: readonly string[]): Promise<string | undefined> {
    const names = (await this.getMany(ids))
      .map(({ id, attributes }) => ({ id, name: nameOf(this.kind, attributes) }))
      .filter((each) => nameKeyOf(each.name) === nameKeyOf(name));
    const closest = names.find((each) => legacyNameKeyOf(each.name) === legacyNameKeyOf(name));
    return (closest ?? names[0])?.id;
  }

  /** Returns at most `limit` ids with this `externalId`, which need not be unique. Eventually consistent. */
  async idsOfExternalId(externalId: string, limit: number): Promise<string[]> {
    if (!isKeyText(externalId)) return [];
    const sortKey = { operator: '=', value: externalId } as const;
    return this.ids({ index: BY_EXTERNAL_ID, sortKey }, limit);
  }

  /**
   * Returns at most `limit` ids of names in the range, in the order of their names. Eventually consistent.
   */
  async idsOfNames(range: NameKeyRange, limit: number): Promise<string[]> {
    const sortKey = rangeCondition(range);
    return sortKey ? this.ids({ index: BY_NAME, sortKey }, limit) : [];
  }

  /**
   * Returns at most `limit` positions in the order of names, within the range if there is one. Eventually
   * consistent.
   */
  async namePage(
    limit: number,
    {
      after,
      descending = false,
      range,
    }: { after?: Position; descending?: boolean; range?: NameKeyRange } = {},
  ): Promise<NamePage> {
    const sortKey = range && rangeCondition(range);
    if (range && !sortKey) return { positions: [], more: false };
    const { items, next } = await this.table.query({
      pk: resourcePartition(this.domainId, this.kind),
      index: BY_NAME,
      sortKey,
      limit,
      descending,
      ...(after && {
        after: { ...resourceKey(this.domainId, this.kind, after.id), nameKey: after.nameKey },
      }),
    });
    const positions = items.map((item) => ({ id: text(item, 'sk'), nameKey: text(item, 'nameKey') }));
    return { positions, more: next !== undefined };
  }

  /** Returns at most `limit` records after the id `after`. Call `complete` for those that are shown. */
  async page(limit: number, after?: string): Promise<RecordPage> {
    const { items, next } = await this.table.query({
      pk: resourcePartition(this.domainId, this.kind),
      limit,
      ...(after !== undefined && { after: resourceKey(this.domainId, this.kind, after) }),
    });
    return { records: items.map(readResourceItem), next: next?.sk };
  }

  /** Returns the records of a page with what other items hold of them. */
  complete(records: readonly ResourceRecord[]): Promise<readonly ResourceRecord[]> {
    return Promise.resolve(records);
  }

  private async ids(query: Pick<Query, 'index' | 'sortKey'>, limit: number): Promise<string[]> {
    const ids: string[] = [];
    const pk = resourcePartition(this.domainId, this.kind);
    for await (const items of this.table.pages({ pk, ...query })) {
      ids.push(...items.map((item) => text(item, 'sk')));
      if (ids.length >= limit) break;
    }
    return ids.slice(0, limit);
  }
}

/**
 * Returns the condition for a range. Two bounds become BETWEEN, which includes both, because DynamoDB takes
 * one condition on the sort key; callers match the results against their filter anyway. Returns undefined if
 * the bounds are in the wrong order, which DynamoDB rejects.
 */
function rangeCondition({ prefix, lower, upper }: NameKeyRange): SortKeyCondition | undefined {
  const texts = [prefix, lower?.value, upper?.value].filter((bound) => bound !== undefined);
  if (!texts.every(isKeyText)) throw new RangeError('A bound of a range of names must be a possible key.');
  if (prefix !== undefined) return { beginsWith: prefix };
  if (lower && upper) {
    const isEmpty = Buffer.compare(Buffer.from(lower.value), Buffer.from(upper.value)) > 0;
    return isEmpty ? undefined : { between: [lower.value, upper.value] };
  }
  if (lower) return { operator: lower.inclusive ? '>=' : '>', value: lower.value };
  if (upper) return { operator: upper.inclusive ? '<=' : '<', value: upper.value };
  throw new TypeError('A range of names has a prefix or a bound.');
}
