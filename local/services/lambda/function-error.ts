/** A failure in the function or its sandbox, as Lambda reports it to the invoker. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';

  constructor(
    /** The thrown error's name, or for example `Sandbox.Timedout` or `Runtime.ExitError`. */
    readonly errorType: string,
    /** The thrown error's message. */
    readonly errorMessage: string,
  ) {
    super(`${errorType}: ${errorMessage}`);
  }
}

/** Lambda refused the event because it is larger than 6 MB. The function was not invoked. */
export class RequestTooLarge extends Error {
  override readonly name = 'RequestTooLarge';
}
