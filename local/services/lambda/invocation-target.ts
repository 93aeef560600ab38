/** The code of a function that has not been published, and its qualifier. */
export const LATEST = '$LATEST';

/** Something that others invoke: a function, one of its published versions, or an alias of a version. */
export interface InvocationTarget {
  /** The name of the function. */
  readonly name: string;
  /** The ARN that others name. That of a version or an alias ends in its qualifier. */
  readonly arn: string;
  /** `$LATEST`, the number of a version, or the name of an alias. */
  readonly qualifier: string;
  /** `$LATEST`, or the number of the version that runs. */
  readonly version: string;
  readonly timeoutMs: number;
  /** Invokes synchronously; throws `FunctionError`, `RequestTooLarge`, or `InvocationThrottled`. */
  invoke(event: unknown, requestId?: string): Promise<unknown>;
}
