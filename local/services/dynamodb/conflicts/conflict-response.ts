import type { Conflict } from './item-locks';
import type { ItemUse } from './item-use';

/** A response in DynamoDB's wire format. */
export interface WireResponse {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const PREFIX = 'com.amazonaws.dynamodb.v20120810#';

/** Returns the response of DynamoDB to a request that meets a conflict; batches have none of their own. */
export function conflictResponse({ kind, items }: ItemUse, conflict: Conflict): WireResponse {
  if (conflict === 'inProgress') {
    return error('TransactionInProgressException', {
      Message: 'Transaction is already in progress for the given ClientRequestToken.',
    });
  }
  if (kind === 'write')
    return error('TransactionConflictException', { message: 'Transaction is ongoing for the item' });
  const reasons = [...items.keys()].map((at) =>
    conflict.includes(at)
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return error('TransactionCanceledException', {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  });
}

const error = (type: string, fields: Record<string, unknown>): WireResponse => ({
  status: 400,
  body: { __type: PREFIX + type, ...fields },
});
