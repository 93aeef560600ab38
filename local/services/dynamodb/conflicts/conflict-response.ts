import {
  transactionCanceled,
  transactionConflict,
  transactionInProgress,
  type WireResponse,
} from '../wire-response';
import type { Conflict } from './item-locks';
import type { ItemUse } from './item-use';

/** Returns the response of DynamoDB to a request that meets a conflict; batches have none of their own. */
export function conflictResponse({ kind, items }: ItemUse, conflict: Conflict): WireResponse {
  if (conflict === 'inProgress') return transactionInProgress();
  if (kind === 'write') return transactionConflict();
  return transactionCanceled(
    [...items.keys()].map((at) =>
      conflict.includes(at)
        ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
        : { Code: 'None' },
    ),
  );
}
