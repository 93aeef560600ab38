import type { Context } from './condition-keys';

/** An action on a resource that a caller must be allowed for a request to succeed. */
export interface Permission {
  /** An example is `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN of the resource; `*` if the action has none. */
  readonly resource: string;
  readonly context?: Context;
}
