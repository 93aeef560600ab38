import type { Actor } from '../../store/audit/audit';
import type { Diagnostics } from '../diagnostics/diagnostics';

/** On whose behalf a service acts: one domain, and who asks. */
export interface Caller {
  readonly domainId: string;
  readonly actor: Actor;
  readonly requestId: string;
  /** Ends in `/v2`; locations begin with it. */
  readonly baseUrl: string;
  /** Milliseconds since the epoch: what is not done by then is left to the same request sent again. */
  readonly deadline: number;
  /** Whether the client wants to see an attribute, by its name in the core schema: if not, it need not be read. */
  readonly shows: (attribute: string) => boolean;
  /** Absent where it is no client that asks. */
  readonly diagnostics?: Diagnostics;
}

/** Whether the time is over by which what is under way has to be given up. */
export const isLate = ({ deadline }: Caller, now: () => Date): boolean => now().getTime() > deadline;
