import type { Context } from './condition-keys';

/** What a caller must be allowed to do for a request to succeed. */
export interface Permission {
  /** An example is `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN of the resource; `*` if the action has none. */
  readonly resource: string;
  readonly context?: Context;
}
