import { ScimError } from '../../scim/error';
import type { PatchLimits } from '../../scim/patch/patch-run';
import type { WorkBudget } from '../../scim/work';
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
  /**
   * Returns whether the client has named a shown attribute in `attributes`. The response to a PATCH then has
   * to contain it (RFC 7644 §3.5.2).
   */
  readonly requires?: (attribute: string) => boolean;
  /** Whether the client is a connection test. It can change only its own users and groups. */
  readonly isSimulation?: boolean;
  /** Whether the domain has mappings, as far as the authorizer knew. */
  readonly hasMappings?: boolean;
  /** The comparisons that the request may still make. The operations of a bulk share them. */
  readonly work: WorkBudget;
  /** Absent if the request does not come from a client. */
  readonly diagnostics?: Diagnostics;
}

/** Returns whether the deadline of the request has passed. */
export const isLate = ({ deadline }: Caller, now: () => Date): boolean => now().getTime() > deadline;

/** Throws 503 if the deadline of the request has passed. */
export function assertInTime(caller: Caller, now: () => Date): void {
  if (isLate(caller, now))
    throw ScimError.unavailable(
      'The license of the user changes at the same time. Nothing was changed. Send the request again.',
      1,
    );
}

/**
 * Returns the limits of a PATCH by the caller, as a function that each attempt calls: attempts after a
 * conflict do the same work again, and count once.
 */
export function patchLimits(caller: Caller, now: () => Date): () => PatchLimits {
  const { work } = caller;
  const repeat = work.checkpoint();
  const checkTime = (): void => {
    if (isLate(caller, now))
      throw ScimError.unavailable(
        'The request timed out before all operations of the PATCH were applied. Nothing was changed. ' +
          'Send the operations in several requests.',
        1,
      );
  };
  return () => {
    repeat();
    return { work, checkTime };
  };
}

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
