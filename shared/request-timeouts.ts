/**
 * Returns the settings of an SDK client that end a request without a response after `requestTimeout`
 * milliseconds. By default, the SDK waits forever.
 */
export const requestTimeouts = (requestTimeout: number) => ({
  connectionTimeout: 1_000,
  requestTimeout,
  // Without this, a timeout only logs a warning.
  throwOnRequestTimeout: true,
});
