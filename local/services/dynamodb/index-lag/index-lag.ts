import type { WireResponse } from '../wire-response';
import type { Send } from '../conflicts/conflicts';
import type { EngineCall } from '../engine/call';
import type { WireItem, WireRequest } from '../front/wire';
import { IndexCopy } from './index-copy';
import { type WrittenItem, writtenItems } from './written-keys';

type WireObject = Record<string, unknown>;

/** A table whose indexes lag. */
export interface LaggingTable {
  readonly name: string;
  /** The empty table with the same keys and indexes, which the copy uses. */
  readonly copyName: string;
  readonly keyNames: readonly string[];
  /** The names of the attributes of the key of each index. */
  readonly indexKeys: readonly (readonly string[])[];
}

export interface IndexLagParts {
  /** Calls the engine. */
  readonly call: EngineCall;
  readonly lagMs: number;
  readonly onError: (error: unknown) => void;
}

/** DynamoDB's limit for one batch of reads. */
const BATCH_SIZE = 100;

/**
 * Lets a query of an index see the table as it was some milliseconds ago, because a global secondary index is
 * updated after the table. The engines update both at once. Therefore, queries of an index go to a copy of
 * the table, which receives each write late.
 */
export class IndexLag {
  private readonly tables = new Map<string, LaggingTable & { readonly copy: IndexCopy }>();
  /** States of items are read one after another, so that the copy receives them in their order. */
  private lastRead: Promise<void> = Promise.resolve();

  constructor(private readonly parts: IndexLagParts) {}

  /** Starts to copy a table. */
  async add(table: LaggingTable): Promise<void> {
    const { call, lagMs, onError } = this.parts;
    const copy = new IndexCopy(table.copyName, call, lagMs, onError);
    let ExclusiveStartKey: unknown;
    do {
      const page = await call<{ Items: WireItem[]; LastEvaluatedKey?: unknown }>('DynamoDB_20120810.Scan', {
        TableName: table.name,
        ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
      });
      await copy.fill(
        page.Items.filter((item) => isIndexed(table, item)),
        (item) => keyIn(table, item),
      );
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    this.tables.set(table.name, { ...table, copy });
  }

  /**
   * Sends a request: a read of an index to the copy. The copy receives the items of a write after the lag.
   */
  async run(operation: string, request: WireObject, send: Send): Promise<WireResponse> {
    const { TableName = '', IndexName } = request as WireRequest;
    const read = IndexName === undefined ? undefined : this.tables.get(TableName);
    if (read) return send({ ...request, TableName: read.copy.name });
    const response = await send(request);
    if (response.status < 300) await this.copyWrites(operation, request);
    return response;
  }

  stop(): void {
    for (const { copy } of this.tables.values()) copy.stop();
  }

  private copyWrites(operation: string, request: WireObject): Promise<void> {
    const keyNames = (table: string) => this.tables.get(table)?.keyNames ?? [];
    const written = writtenItems(operation, request, keyNames).filter((each) => this.mayChangeIndex(each));
    if (written.length === 0) return this.lastRead;
    this.lastRead = this.lastRead.then(() => this.readStates(written)).catch(this.parts.onError);
    return this.lastRead;
  }

  /** Most writes concern items that are in no index. */
  private mayChangeIndex({ table: name, kind, key, item }: WrittenItem): boolean {
    const table = this.tables.get(name);
    if (!table) return false;
    if (table.copy.has(key) || kind === 'update') return true;
    return item !== undefined && isIndexed(table, item);
  }

  private async readStates(written: readonly WrittenItem[]): Promise<void> {
    for (const [name, table] of this.tables) {
      const ids = written.flatMap((each) => (each.table === name ? [JSON.stringify(each.key)] : []));
      const keys = [...new Set(ids)].map((id) => JSON.parse(id) as WireItem);
      for (let at = 0; at < keys.length; at += BATCH_SIZE) {
        const batch = keys.slice(at, at + BATCH_SIZE);
        const items = await this.read(name, batch);
        for (const key of batch) {
          const item = items.find((each) => isSame(keyIn(table, each), keyIn(table, key)));
          table.copy.schedule(key, item && isIndexed(table, item) ? item : undefined);
        }
      }
    }
  }

  private async read(name: string, keys: readonly WireItem[]): Promise<WireItem[]> {
    const items: WireItem[] = [];
    for (let Keys = keys; Keys.length > 0;) {
      const { Responses, UnprocessedKeys } = await this.parts.call<{
        Responses: Record<string, WireItem[]>;
        UnprocessedKeys?: Record<string, { Keys: WireItem[] }>;
      }>('DynamoDB_20120810.BatchGetItem', { RequestItems: { [name]: { Keys, ConsistentRead: true } } });
      items.push(...(Responses[name] ?? []));
      Keys = UnprocessedKeys?.[name]?.Keys ?? [];
    }
    return items;
  }
}

/** An item is in an index if it has all attributes of the key of the index. */
const isIndexed = ({ indexKeys }: LaggingTable, item: WireItem): boolean =>
  indexKeys.some((names) => names.every((name) => item[name] !== undefined));

const keyIn = ({ keyNames }: LaggingTable, item: WireItem): WireItem =>
  Object.fromEntries(keyNames.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));

const isSame = (a: WireItem, b: WireItem): boolean => JSON.stringify(a) === JSON.stringify(b);
