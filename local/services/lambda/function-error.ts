/** The invocation failed in the function or its sandbox, as Lambda reports it to the invoker. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';

  constructor(
    /** E.g. the thrown error's name, `Sandbox.Timedout` or `Runtime.ExitError`. */
    readonly errorType: string,
    /** The thrown error's message. */
    readonly errorMessage: string,
  ) {
    super(`${errorType}: ${errorMessage}`);
  }
}

/** Lambda refuses the event: it is larger than 6 MB. The function was not invoked. */
export class RequestTooLarge extends Error {
  override readonly name = 'RequestTooLarge';
}
