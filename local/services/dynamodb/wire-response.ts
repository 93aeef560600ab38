/** A response in DynamoDB's wire format. */
export interface WireResponse {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The reason for which one part of a transaction was refused; `Code` is `None` for the other parts. */
export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
}

const PREFIX = 'com.amazonaws.dynamodb.v20120810#';

/** Returns an error of DynamoDB. `type` is the name of the exception. */
export const errorResponse = (type: string, fields: Record<string, unknown>, status = 400): WireResponse => ({
  status,
  body: { __type: PREFIX + type, ...fields },
});

/** Returns the response to a canceled transaction, with one reason for each of its parts. */
export const transactionCanceled = (reasons: readonly CancellationReason[]): WireResponse =>
  errorResponse('TransactionCanceledException', {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons
      .map(({ Code }) => Code)
      .join(', ')}]`,
    CancellationReasons: reasons,
  });

/** Returns the response to a plain write of an item that a transaction uses. */
export const transactionConflict = (): WireResponse =>
  errorResponse('TransactionConflictException', { message: 'Transaction is ongoing for the item' });

/** Returns the response to a transaction that is already in progress with the same token. */
export const transactionInProgress = (): WireResponse =>
  errorResponse('TransactionInProgressException', {
    Message: 'Transaction is already in progress for the given ClientRequestToken.',
  });
