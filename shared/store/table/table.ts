import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ENV, requireEnv } from '../../env';
import { deleteBatches, getBatches } from './batch';
import { documentClient, type TableClient } from './client';
import { placeholders, type Changes, type Condition } from './expressions';
import type { ItemKey } from './keys';
import { projection, queryPage, type Page, type Query } from './query';
import type { Item } from './read-item';
import { conditionErrorOf, sendTransaction } from './transaction';
import { deleteInput, putInput, updateInput, type Write } from './write';

/** Errors of DynamoDB under load, and the error that the SDK throws after a timeout. */
const TRANSIENT_ERRORS = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TimeoutError',
]);

/**
 * Returns whether the same request may soon succeed. The SDK has used up its retries; the client can still
 * retry.
 */
export const isTransientError = (error: unknown): boolean =>
  error instanceof Error && TRANSIENT_ERRORS.has(error.name);

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
   * Returns the item: after the update, or, if the condition failed, as it is. `whenRefused` does only the
   * latter.
   */
  readonly returnItem?: 'always' | 'whenRefused';
}

/** The result of a write of one item. */
export interface WriteOutcome {
  /** False if the condition failed. */
  readonly written: boolean;
  /** The item, if `returnItem` asked for it and it exists. */
  readonly item?: Item;
}

/**
 * The table that all stores share. Reads are strongly consistent unless they say otherwise.
 *
 * Stores take the time from their callers, as a `Date` or as RFC 3339 text; only the deadline of retries is
 * measured here, with the real clock.
 */
export class Table implements TableClient {
  /**
   * `deadline`, in milliseconds since the epoch: a transaction that meets a conflict is not retried after it.
   */
  constructor(
    readonly name: string,
    readonly client: DynamoDBDocumentClient,
    private readonly deadline?: number,
  ) {}

  /** Returns the same table for a request that ends at `deadline`, in milliseconds since the epoch. */
  withDeadline(deadline: number | undefined): Table {
    return new Table(this.name, this.client, deadline);
  }

  async get({ pk, sk }: ItemKey, options: GetOptions = {}): Promise<Item | undefined> {
    const ProjectionExpression = options.attributes && projection(options.attributes);
    const { Item } = await this.client.send(
      new GetCommand({
        TableName: this.name,
        Key: { pk, sk },
        ConsistentRead: !options.eventuallyConsistent,
        ProjectionExpression,
        ExpressionAttributeNames: placeholders([ProjectionExpression]).ExpressionAttributeNames,
      }),
    );
    return Item;
  }

  /** Reads the items of `keys` that exist, in no order. */
  getAll(keys: readonly ItemKey[]): Promise<readonly Item[]> {
    return getBatches(this, keys);
  }

  /** Reads one page of a query. */
  query(query: Query): Promise<Page> {
    return queryPage(this, query);
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
    const command = new PutCommand(putInput(this.name, item, options.condition));
    return this.write(() => this.client.send(command, requestOptions(options)));
  }

  update(key: ItemKey, changes: Changes, options: UpdateOptions = {}): Promise<WriteOutcome> {
    const { condition, returnItem } = options;
    const command = new UpdateCommand({
      ...updateInput(this.name, key, changes, condition),
      ...(returnItem === 'always' && { ReturnValues: 'ALL_NEW' }),
      ...(returnItem && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    });
    return this.write(() => this.client.send(command, requestOptions(options)));
  }

  delete(key: ItemKey, options: WriteOptions = {}): Promise<WriteOutcome> {
    const command = new DeleteCommand(deleteInput(this.name, key, options.condition));
    return this.write(() => this.client.send(command, requestOptions(options)));
  }

  /**
   * Deletes the items of `keys`, which must differ, in no order. If this throws, some of them are deleted.
   */
  deleteAll(keys: readonly ItemKey[]): Promise<void> {
    return deleteBatches(this, keys);
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

  /**
   * Sends a write of one item. A retry after a conflict with a transaction belongs here; only idempotent
   * writes may have one.
   */
  private async write(send: () => Promise<{ Attributes?: Item }>): Promise<WriteOutcome> {
    try {
      return { written: true, item: (await send()).Attributes };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { written: false, item: error.Item && unmarshall(error.Item) };
    }
  }
}

const requestOptions = ({ timeoutMs }: WriteOptions) =>
  timeoutMs === undefined ? {} : { abortSignal: AbortSignal.timeout(timeoutMs) };

/** Opens the table of this deployment, which the environment names unless `name` is given. */
export const openTable = (name = requireEnv(ENV.tableName)): Table => new Table(name, documentClient());
