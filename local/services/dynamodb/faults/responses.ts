import { errorResponse, transactionCanceled, type WireResponse } from '../wire-response';

const SERVICE = 'com.amazon.coral.service#';
const AVAILABILITY = 'com.amazon.coral.availability#';

const TOO_FAST =
  'Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or ' +
  'index so please try again shortly.';
const PROVISIONED =
  'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning ' +
  'level with the UpdateTable API.';

/** The errors by which DynamoDB throttles a request. */
const THROTTLING: readonly WireResponse[] = [
  errorResponse('ProvisionedThroughputExceededException', { message: PROVISIONED }),
  { status: 400, body: { __type: `${AVAILABILITY}ThrottlingException`, message: TOO_FAST } },
  errorResponse('RequestLimitExceeded', {
    message: 'Throughput exceeds the current throughput limit for your account.',
  }),
];

/** Returns the error response of DynamoDB. */
export function failure(kind: 'throttling' | 'internal' | 'unavailable', roll: number): WireResponse {
  switch (kind) {
    case 'throttling':
      return THROTTLING[Math.floor(roll * THROTTLING.length)] as WireResponse;
    case 'internal':
      return errorResponse('InternalServerError', { message: 'Internal server error' }, 500);
    case 'unavailable':
      return {
        status: 503,
        body: { __type: `${SERVICE}ServiceUnavailableException`, message: 'The service is unavailable.' },
      };
  }
}

/** The reasons for which DynamoDB cancels a transaction that could succeed. */
const REASONS = [
  { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' },
  { Code: 'ThrottlingError', Message: TOO_FAST },
  { Code: 'ProvisionedThroughputExceeded', Message: PROVISIONED },
] as const;

/** Returns the response to a transaction of which one part, which `roll` decides, is refused. */
export function canceledResponse(request: Record<string, unknown>, roll: number): WireResponse {
  const { length } = request.TransactItems as readonly unknown[];
  const refused = Math.floor(roll * length);
  const reason = REASONS[Math.floor(roll * 1_000) % REASONS.length];
  return transactionCanceled(
    Array.from({ length }, (_, at) => (at === refused && reason ? reason : { Code: 'None' })),
  );
}
