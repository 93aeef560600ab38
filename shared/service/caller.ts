import type { Actor } from '../store/audit';

/** On whose behalf a service acts: one domain, and who asks. */
export interface Caller {
  readonly domainId: string;
  readonly actor: Actor;
  readonly requestId: string;
  /** Ends in `/v2`; locations begin with it. */
  readonly baseUrl: string;
}
