/** What DynamoDB answers when it is busy, and what the SDK throws when no answer came in time. */
const PASSING = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TimeoutError',
]);

/** Whether the same request may well succeed in a moment: the SDK's own tries are over, the client's are not. */
export const isPassingError = (error: unknown): boolean => error instanceof Error && PASSING.has(error.name);
