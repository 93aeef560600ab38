import type { MetricStore } from '../../cloud/metrics/metric-store';
import { capacityRecord, READS } from './meter/capacity';
import type { CancellationReason, WireResponse } from './wire-response';

type Wire = Record<string, unknown>;

/** Reports the metrics of tables (namespace `AWS/DynamoDB`). */
export class TableMetrics {
  constructor(private readonly metrics: Pick<MetricStore, 'put'>) {}

  /** Reports the capacity that a request consumed, if its response says so. */
  consumed(operation: string, request: Wire, response: WireResponse): void {
    const table = tableOf(request);
    const record = capacityRecord('', operation, request, response.body);
    if (table === undefined || !record) return;
    const put = (dimensions: Record<string, string>, units: { read: number; write: number }) => {
      this.put('ConsumedReadCapacityUnits', dimensions, units.read);
      this.put('ConsumedWriteCapacityUnits', dimensions, units.write);
    };
    put({ TableName: table }, record.table);
    for (const [index, units] of Object.entries(record.indexes))
      put({ TableName: table, GlobalSecondaryIndexName: index }, units);
  }

  /** Reports the outcome of a request. */
  answered(operation: string, request: Wire, { status, body }: WireResponse, latencyMs: number): void {
    const table = tableOf(request);
    if (table === undefined) return;
    const ofOperation = { TableName: table, Operation: operation };
    const reasons = (body.CancellationReasons ?? []) as CancellationReason[];
    const type = (typeof body.__type === 'string' ? body.__type : '').replace(/^.*#/, '');
    const canceled = (code: string) => reasons.filter(({ Code }) => Code === code).length;
    if (status < 300) this.put('SuccessfulRequestLatency', ofOperation, latencyMs, 'Milliseconds');
    if (status >= 500) this.put('SystemErrors', ofOperation, 1);
    const throttled = canceled('ThrottlingError') + canceled('ProvisionedThroughputExceeded');
    const isThrottled = /^(ProvisionedThroughputExceeded|Throttling|RequestLimitExceeded)/.test(type);
    const unprocessed = countItems(body.UnprocessedItems) + countItems(body.UnprocessedKeys);
    const events = Number(isThrottled) + throttled + unprocessed;
    const side = READS.has(operation) ? 'Read' : 'Write';
    if (isThrottled || throttled > 0) this.put('ThrottledRequests', ofOperation, 1);
    if (events > 0) this.put(`${side}ThrottleEvents`, { TableName: table }, events);
    const conflicts = canceled('TransactionConflict') + Number(type === 'TransactionConflictException');
    if (conflicts > 0) this.put('TransactionConflict', { TableName: table }, conflicts);
    const failed = canceled('ConditionalCheckFailed') + Number(type === 'ConditionalCheckFailedException');
    if (failed > 0) this.put('ConditionalCheckFailedRequests', { TableName: table }, failed);
  }

  private put(name: string, dimensions: Record<string, string>, value: number, unit = 'Count'): void {
    this.metrics.put({ namespace: 'AWS/DynamoDB', name, dimensions, timestamp: Date.now(), value, unit });
  }
}

/** Returns the table of a request, whose parts all use the same one. */
function tableOf({ TableName, TransactItems, RequestItems }: Wire): string | undefined {
  if (typeof TableName === 'string') return TableName;
  if (RequestItems) return Object.keys(RequestItems)[0];
  const [first] = (TransactItems ?? []) as Record<string, { TableName?: string }>[];
  return Object.values(first ?? {})[0]?.TableName;
}

const countItems = (unprocessed: unknown): number =>
  Object.values((unprocessed ?? {}) as Record<string, unknown[] | { Keys?: unknown[] }>).reduce(
    (sum, items) => sum + (Array.isArray(items) ? items.length : (items.Keys?.length ?? 0)),
    0,
  );
