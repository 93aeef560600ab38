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

/** Lambda refused to invoke the function, because too many invocations run. */
export class InvocationThrottled extends Error {
  override readonly name = 'TooManyRequestsException';

  /** `reason` is the `Reason` of Lambda's response with status 429. */
  constructor(readonly reason: string) {
    super(`Rate Exceeded. (${reason})`);
  }
}
