import { isTransientError, isUncertain } from '../../shared/retry/transient-error';

const error = (name: string, fields: object = {}) => Object.assign(new Error(name), { name }, fields);
const canceled = (...codes: string[]) =>
  error('TransactionCanceledException', {
    $metadata: { httpStatusCode: 400 },
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

const REFUSED = [
  error('ThrottlingException', { $metadata: { httpStatusCode: 400 } }),
  error('ProvisionedThroughputExceededException'),
  error('RequestLimitExceeded'),
  error('TransactionConflictException'),
  error('TooManyRequestsException', { $metadata: { httpStatusCode: 429 } }),
  error('SomeThrottle', { $retryable: { throttling: true } }),
  canceled('None', 'TransactionConflict'),
  canceled('ThrottlingError', 'None', 'ProvisionedThroughputExceeded'),
];

const UNCERTAIN = [
  error('InternalServerError', { $metadata: { httpStatusCode: 500 } }),
  error('Unknown', { $metadata: { httpStatusCode: 502 } }),
  error('ServiceUnavailable', { $metadata: { httpStatusCode: 503 } }),
  error('TimeoutError'),
  error('TransactionInProgressException'),
  error('Some', { $retryable: {} }),
  ...['ECONNRESET', 'ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN'].map((code) =>
    error('Error', { code }),
  ),
  Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }),
];

const FINAL = [
  error('ValidationException', { $metadata: { httpStatusCode: 400 } }),
  error('AccessDeniedException', { $metadata: { httpStatusCode: 400 } }),
  error('ConditionalCheckFailedException', { $metadata: { httpStatusCode: 400 } }),
  canceled('None', 'ConditionalCheckFailed'),
  canceled('TransactionConflict', 'ConditionalCheckFailed'),
  canceled('TransactionConflict', 'ItemCollectionSizeLimitExceeded'),
  canceled('None', 'None'),
  new TypeError('x is not a function'),
  error('Error', { code: 'ERR_INVALID_URL' }),
  'ECONNRESET',
  undefined,
  null,
];

const nameOf = (value: unknown) =>
  value instanceof Error ? `${value.name} ${JSON.stringify(value)}` : String(value);

it.each(REFUSED.map((value) => [nameOf(value), value]))('repeats a refused request: %s', (_, value) => {
  expect(isTransientError(value)).toBe(true);
  expect(isUncertain(value)).toBe(false);
});

it.each(UNCERTAIN.map((value) => [nameOf(value), value]))('does not know what happened: %s', (_, value) => {
  expect(isTransientError(value)).toBe(true);
  expect(isUncertain(value)).toBe(true);
});

it.each(FINAL.map((value) => [nameOf(value), value]))('does not repeat: %s', (_, value) => {
  expect(isTransientError(value)).toBe(false);
  expect(isUncertain(value)).toBe(false);
});
