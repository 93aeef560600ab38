import { errorResponse, transactionCanceled, type WireResponse } from '../wire-response';
import type { KeyUse } from './parts';
import type { Side } from './unit-buckets';

const MESSAGE =
  'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or ' +
  'index so please try again shortly. If exceptions persist, check if you have a hot key: ' +
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html';

/** Returns the response of DynamoDB to a request of which no part may run. */
export function throttledResponse(
  side: Side,
  uses: readonly KeyUse[],
  arnOf: (table: string, index: string) => string,
): WireResponse {
  const reasons = new Map(
    uses.map(({ table, index }) => {
      const resource = arnOf(table, index);
      const kind = `${index === '' ? 'Table' : 'Index'}${side === 'read' ? 'Read' : 'Write'}`;
      return [resource, { reason: `${kind}KeyRangeThroughputExceeded`, resource }];
    }),
  );
  return errorResponse('ProvisionedThroughputExceededException', {
    message: MESSAGE,
    ThrottlingReasons: [...reasons.values()],
  });
}

/** Returns the response of DynamoDB to a transaction with `count` parts, of which some are throttled. */
export function canceledResponse(count: number, throttled: ReadonlySet<number>): WireResponse {
  return transactionCanceled(
    Array.from({ length: count }, (_, at) =>
      throttled.has(at) ? { Code: 'ThrottlingError', Message: MESSAGE } : { Code: 'None' },
    ),
  );
}
