import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { ENV, requireEnv } from '../../env';
import { retry } from '../../retry/retry';
import { fromAttributeValues } from './attribute-value';
import { deleteBatches, getBatches, getTogether } from './operations/batch';
import { tableClient, type TableClient } from './operations/client';
import { placeholders, type Changes, type Condition } from './expressions';
import { readable, VERSION_ATTRIBUTE, versioned } from './item-version';
import type { ItemKey } from './keys';
import { projection, queryPage, scanPage, type Page, type Query, type Scan } from './operations/query';
import type { Item } from './read-item';
import { hasChanges, isRepeatable, isSame, sendWrite, type WriteOutcome } from './operations/single-write';
import { conditionErrorOf, sendTransaction } from './operations/transaction';
import {
  deleteInput,
  putInput,
  toKey,
  RETURN_ITEM_WHEN_REFUSED,
  updateInput,
  versionedChanges,
  type Write,
} from './write';

export interface GetOptions {
  /** Returns these attributes only. The cost is that of the whole item. */
  readonly attributes?: readonly string[];
  /** Halves the cost; the result may lack the latest writes. */
  readonly eventuallyConsistent?: boolean;
}

export interface WriteOptions {
  /** Nothing is written if it does not hold. */
  readonly condition?: Condition;
  /** Milliseconds after which the request is aborted. */
  readonly timeoutMs?: number;
}

export interface UpdateOptions extends WriteOptions {
  /**
   * True if an update that adds to numbers fails its condition after it succeeded once, because `set` differs
   * for each caller. Such an update is sent again if its response is lost. Without numbers, it always is.
   */
  readonly isRepeatable?: boolean;
  /**
   * Returns the item: after the update, or, if the condition failed, as it is. `whenRefused` does only the
   * latter.
   */
  readonly returnItem?: 'always' | 'whenRefused';
}

/**
 * The table that all stores share. Reads are strongly consistent unless they say otherwise.
 *
 * Stores take the time from their callers, as a `Date` or as RFC 3339 text; only the deadline of retries is
 * measured here, with the real clock.
 */
export class Table implements TableClient {
  /**
   * `deadline`, in milliseconds since the epoch: nothing is sent again after it.
   */
  constructor(
    readonly name: string,
    readonly client: DynamoDBClient,
    private readonly deadline?: number,
  ) {}

  /** Returns the same table for a request that ends at `deadline`, in milliseconds since the epoch. */
  withDeadline(deadline: number | undefined): Table {
    return new Table(this.name, this.client, deadline);
  }

  /** Returns whether the deadline has passed. */
  isLate(): boolean {
    return this.deadline !== undefined && Date.now() > this.deadline;
  }

  async get(key: ItemKey, options: GetOptions = {}): Promise<Item | undefined> {
    const ProjectionExpression = options.attributes && projection([...options.attributes, VERSION_ATTRIBUTE]);
    const command = new GetItemCommand({
      TableName: this.name,
      Key: toKey(key),
      ConsistentRead: !options.eventuallyConsistent,
      ProjectionExpression,
      ExpressionAttributeNames: placeholders([ProjectionExpression]).ExpressionAttributeNames,
    });
    const { Item: item } = await this.retry(() => this.client.send(command));
    return item && readable(fromAttributeValues(item));
  }

  /** Reads the items of `keys` that exist, in no order. */
  getAll(keys: readonly ItemKey[], { eventuallyConsistent = false } = {}): Promise<readonly Item[]> {
    return getBatches(this, keys, this.deadline, !eventuallyConsistent);
  }

  /** Reads at most 100 items as they are at one moment, in the order of `keys`. */
  getTogether(keys: readonly ItemKey[]): Promise<(Item | undefined)[]> {
    return getTogether(this, keys, this.deadline);
  }

  /** Reads one page of a scan of the whole table. */
  scan(scan: Scan): Promise<Page> {
    return this.retry(() => scanPage(this, scan));
  }

  /** Reads one page of a query. */
  query(query: Query): Promise<Page> {
    return this.retry(() => queryPage(this, query));
  }

  /** Reads a query page by page. A page is read when it is taken. */
  async *pages(query: Query): AsyncGenerator<readonly Item[]> {
    let after = query.after;
    do {
      const { items, next } = await this.query({ ...query, after });
      yield items;
      after = next;
    } while (after);
  }

  put(item: ItemKey & Item, options: WriteOptions = {}): Promise<WriteOutcome> {
    const command = new PutItemCommand({
      ...putInput(this.name, item, options.condition),
      ...RETURN_ITEM_WHEN_REFUSED,
    });
    const request = requestOptions(options);
    const isDone = (stored: Item | undefined) => isSame(stored, versioned(item));
    return sendWrite(() => this.client.send(command, request), { isRepeatable: true, isDone }, this.deadline);
  }

  async update(key: ItemKey, changes: Changes, options: UpdateOptions = {}): Promise<WriteOutcome> {
    const { condition, returnItem } = options;
    const command = new UpdateItemCommand({
      ...updateInput(this.name, key, changes, condition),
      ...(returnItem === 'always' && { ReturnValues: 'ALL_NEW' }),
      ...RETURN_ITEM_WHEN_REFUSED,
    });
    const request = requestOptions(options);
    const { written, item } = await sendWrite(
      () => this.client.send(command, request),
      {
        isRepeatable: options.isRepeatable ?? isRepeatable(changes),
        isDone: (stored) => hasChanges(stored, versionedChanges(changes)),
      },
      this.deadline,
    );
    return { written, ...(returnItem && { item }) };
  }

  delete(key: ItemKey, options: WriteOptions = {}): Promise<WriteOutcome> {
    const command = new DeleteItemCommand({
      ...deleteInput(this.name, key, options.condition),
      ...RETURN_ITEM_WHEN_REFUSED,
    });
    const request = requestOptions(options);
    const isDone = (stored: Item | undefined) => stored === undefined;
    return sendWrite(() => this.client.send(command, request), { isRepeatable: true, isDone }, this.deadline);
  }

  /**
   * Deletes the items of `keys`, which must differ, in no order. If this throws, some of them are deleted.
   */
  deleteAll(keys: readonly ItemKey[]): Promise<void> {
    return deleteBatches(this, keys, this.deadline);
  }

  /**
   * Makes all of `writes` or none. If conditions fail, throws the `conditionError` of the first of these
   * writes.
   */
  async transact(writes: readonly Write[]): Promise<void> {
    const [failed] = await this.tryTransact(writes);
    if (failed !== undefined) throw conditionErrorOf(writes[failed]);
  }

  /** Makes all of `writes`, or returns the indexes of those whose conditions failed. */
  tryTransact(writes: readonly Write[]): Promise<number[]> {
    return sendTransaction(this, writes, this.deadline);
  }

  /** Sends a read again after transient errors. */
  private retry<T>(send: () => Promise<T>): Promise<T> {
    return retry(send, { deadline: this.deadline });
  }
}

/** The time limit includes all attempts. */
const requestOptions = ({ timeoutMs }: WriteOptions) =>
  timeoutMs === undefined ? {} : { abortSignal: AbortSignal.timeout(timeoutMs) };

/** Opens the table of this deployment, which the environment names unless `name` is given. */
export const openTable = (name = requireEnv(ENV.tableName)): Table => new Table(name, tableClient());
