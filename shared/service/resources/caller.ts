import { ScimError } from '../../scim/error';
import type { Actor } from '../../store/audit/audit';
import type { Diagnostics } from '../diagnostics/diagnostics';

/** The client that a service acts for, with its domain and the limits of its request. */
export interface Caller {
  readonly domainId: string;
  readonly actor: Actor;
  readonly requestId: string;
  /** Ends in `/v2`. Locations begin with it. */
  readonly baseUrl: string;
  /**
   * Milliseconds since the epoch. A request stops at this time, and the client continues by sending it again.
   */
  readonly deadline: number;
  /**
   * Returns whether the response shows an attribute, given its name in the core schema. If not, it is not
   * read.
   */
  readonly shows: (attribute: string) => boolean;
  /** Absent if the request does not come from a client. */
  readonly diagnostics?: Diagnostics;
}

/** Returns whether the deadline of the request has passed. */
export const isLate = ({ deadline }: Caller, now: () => Date): boolean => now().getTime() > deadline;

/** The error of a request that timed out between two transactions. `hint` says how the client continues. */
export const timeLimitError = (
  remaining: number,
  kind: 'member' | 'group',
  hint = 'Completed changes are kept. Send the same request again to continue.',
): ScimError =>
  ScimError.unavailable(
    `The request timed out with ${remaining} ${kind}${remaining === 1 ? '' : 's'} left to process. ${hint}`,
    1,
  );
