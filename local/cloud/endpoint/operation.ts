import * as z from 'zod';
import type { Caller } from '../callers';
import type { Permission } from '../iam/permission';
import { ServiceError } from './service-error';

/** A request to an operation of a service. */
export interface Call {
  readonly caller: Caller;
  /** The parsed JSON body; `{}` if there is none. */
  readonly input: unknown;
  readonly query: URLSearchParams;
  /** The decoded path segments that the wildcards of a route match, in order. */
  readonly parameters: readonly string[];
}

/** Returns the JSON of the response, or a `Reply` if its status is not 200. Throws a `ServiceError`. */
export type Operation = (call: Call) => unknown;

/**
 * An operation of AWS. Its caller needs one permission or several; without `permission`, not even
 * credentials.
 */
export interface AwsOperation {
  readonly permission?: (call: Call) => Permission | readonly Permission[];
  readonly run: Operation;
}

/**
 * Operations by name. The name is the `X-Amz-Target` of a JSON protocol (`AmazonSSM.GetParameter`), or the
 * method and the path of a REST protocol, in which `*` matches one segment (`DELETE apikeys/*`).
 */
export type Operations = Readonly<Record<string, Operation>>;
export type AwsOperations = Readonly<Record<string, AwsOperation>>;

/** A response with a status of its own. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body?: unknown,
  ) {}
}

/** Returns the input as the schema reads it. Throws a `ServiceError` of this type if it is invalid. */
export function readInput<T extends z.ZodType>(
  schema: T,
  input: unknown,
  errorType = 'ValidationException',
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ServiceError(400, errorType, z.prettifyError(result.error));
}
