import type { WireResponse } from '../wire-response';
import type { Send } from '../conflicts/conflicts';
import { addUnprocessed, splitItems } from '../front/batch-items';
import type { TableKeys } from '../front/table-keys';
import { capacityRecord } from '../meter/capacity';
import { type KeyUse, type Part, type Parts, partsOf } from './parts';
import { canceledResponse, throttledResponse } from './throttled-response';
import { UnitBuckets } from './unit-buckets';

type WireObject = Record<string, unknown>;

/**
 * Throttles requests to a partition key that consumes more than a partition serves (DynamoDB Developer Guide,
 * "Best practices for designing and using partition keys effectively"). The engines have no such limit.
 */
export class Throughput {
  private readonly buckets: UnitBuckets;

  constructor(
    private readonly tables: () => Pick<TableKeys, 'partitionKeysOf' | 'arnOf'> | undefined,
    now: () => number = Date.now,
  ) {
    this.buckets = new UnitBuckets(now);
  }

  /** Sends a request and charges its cost, or returns DynamoDB's response to a request that is throttled. */
  async run(operation: string, request: WireObject, send: Send): Promise<WireResponse> {
    const tables = this.tables();
    const parts = tables && partsOf(operation, request, tables);
    if (!tables || !parts) return send(request);
    const empty = parts.list.map(({ uses }) => uses.filter((use) => this.isEmpty(parts, use)));
    const throttled = new Set([...empty.keys()].filter((at) => (empty[at]?.length ?? 0) > 0));
    if (throttled.size === 0) return this.send(operation, request, parts, send);
    if (parts.kind === 'transaction') return canceledResponse(parts.list.length, throttled);
    if (parts.kind === 'batch' && throttled.size < parts.list.length)
      return this.sendPart(operation, request, throttled, send);
    return throttledResponse(parts.side, empty.flat(), (table, index) => tables.arnOf(table, index));
  }

  private async send(
    operation: string,
    request: WireObject,
    parts: Parts,
    send: Send,
  ): Promise<WireResponse> {
    const response = await send(request);
    const record = capacityRecord('', operation, request, response.body);
    if (record) {
      this.charge(parts.list, '', record.table);
      for (const [index, units] of Object.entries(record.indexes)) this.charge(parts.list, index, units);
    } else if (isRefused(response)) this.chargeEstimate(parts);
    return response;
  }

  /** Sends the parts of a batch that are not throttled. The response names the others as unprocessed. */
  private async sendPart(
    operation: string,
    request: WireObject,
    throttled: ReadonlySet<number>,
    send: Send,
  ): Promise<WireResponse> {
    const items = request.RequestItems as Parameters<typeof splitItems>[0];
    const { allowed, unprocessed } = splitItems(items, throttled);
    const response = await this.run(operation, { ...request, RequestItems: allowed }, send);
    if (response.status >= 300) return response;
    const name = operation === 'BatchGetItem' ? 'UnprocessedKeys' : 'UnprocessedItems';
    return {
      ...response,
      body: { ...response.body, [name]: addUnprocessed(response.body[name], unprocessed) },
    };
  }

  /**
   * Divides the units of a table or index among the partition keys of the parts, by the size of the parts.
   */
  private charge(list: readonly Part[], index: string, units: { read: number; write: number }): void {
    const uses = list.flatMap(({ uses: own, kilobytes }) =>
      own.filter((use) => use.index === index).map((use) => ({ use, kilobytes })),
    );
    const total = uses.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
    for (const { use, kilobytes } of uses) {
      this.buckets.take('read', bucketOf(use), (units.read * kilobytes) / total);
      this.buckets.take('write', bucketOf(use), (units.write * kilobytes) / total);
    }
  }

  private chargeEstimate({ list, side, kind }: Parts): void {
    if (side === 'read') return;
    for (const { uses, kilobytes } of list) {
      const use = uses.find(({ index }) => index === '');
      if (use) this.buckets.take(side, bucketOf(use), kind === 'transaction' ? 2 * kilobytes : kilobytes);
    }
  }

  private isEmpty({ side }: Parts, use: KeyUse): boolean {
    return this.buckets.isEmpty(side, bucketOf(use));
  }
}

const bucketOf = ({ table, index, key }: KeyUse): string => JSON.stringify([table, index, key]);

/**
 * DynamoDB charges a write whose condition fails, and a transaction that is canceled, as if they had written.
 */
const isRefused = ({ status, body }: WireResponse): boolean =>
  status === 400 && /#(ConditionalCheckFailed|TransactionCanceled)Exception$/.test(String(body.__type));
