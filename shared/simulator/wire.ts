import { inEnglish, type Said } from './texts/say';

/** A request to a SCIM service. */
export interface SimulatedRequest {
  readonly method: string;
  /** The path below the base URL, encoded as the identity provider encodes it. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A response of a SCIM service. */
export interface SimulatedResponse {
  readonly status: number;
  /** The media type without parameters, in lower case; empty if there is none. */
  readonly type: string;
  /** The parsed JSON; undefined if the body is empty or not JSON. */
  readonly body: unknown;
  readonly isEmpty: boolean;
  /** The target of a redirect. */
  readonly location?: string;
  /** The value of `Retry-After`. */
  readonly retryAfter?: string;
}

/** Sends a request. Throws `Unreachable` if no complete response arrives. */
export type Send = (request: SimulatedRequest) => Promise<SimulatedResponse>;

/** Thrown if no complete response arrives. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(
    /** The reason why no complete response arrived. */
    readonly reason: Said,
  ) {
    super(inEnglish(reason));
  }
}
