/** Errors of AWS that say that the request was not carried out, because of load or of another request. */
const REFUSALS: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionConflictException',
]);

/** Reasons for the cancellation of a transaction that do not come from the transaction itself. */
const CANCELLATION_REASONS: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'TransactionConflict',
]);

/** Errors of AWS after which the request may have been carried out, or may still be. */
const UNCERTAIN_ERRORS: ReadonlySet<string> = new Set([
  'InternalServerError',
  'TimeoutError',
  'TransactionInProgressException',
]);

/** Codes of Node for connections that cannot be made or that end early. */
const CONNECTION_ERRORS: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** An error with the properties that the AWS SDK adds. */
interface SdkError extends Error {
  readonly code?: string;
  /** `fetch` puts the error of the connection here. */
  readonly cause?: { readonly code?: string };
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

/**
 * Returns whether the same request may soon succeed: AWS was busy or failed, the connection failed, or
 * another request changed the same data at the same time. This is the only list of such errors.
 */
export const isTransientError = (error: unknown): boolean => wasRefused(error) || isUncertain(error);

/** Returns whether the request was certainly not carried out, and may succeed if it is sent again. */
function wasRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, $metadata, $retryable, CancellationReasons = [] } = error as SdkError;
  return (
    REFUSALS.has(name) ||
    $metadata?.httpStatusCode === 429 ||
    $retryable?.throttling === true ||
    isCanceledByOthers(CancellationReasons)
  );
}

/**
 * Returns whether the request may have been carried out although it failed. It must then only be repeated if
 * a second execution changes nothing.
 */
export function isUncertain(error: unknown): boolean {
  if (!(error instanceof Error) || wasRefused(error)) return false;
  const { name, code, cause, $metadata, $retryable } = error as SdkError;
  return (
    UNCERTAIN_ERRORS.has(name) ||
    CONNECTION_ERRORS.has(code ?? '') ||
    CONNECTION_ERRORS.has(cause?.code ?? '') ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    $retryable !== undefined
  );
}

/** If a condition of the transaction failed as well, a repetition would fail again. */
function isCanceledByOthers(reasons: NonNullable<SdkError['CancellationReasons']>): boolean {
  const codes = reasons.flatMap(({ Code }) => (Code === undefined || Code === 'None' ? [] : [Code]));
  return codes.length > 0 && codes.every((code) => CANCELLATION_REASONS.has(code));
}
