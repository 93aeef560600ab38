/** The deployment to check. */
export interface Target {
  /** Ends in `/scim/v2`. */
  readonly baseUrl: string;
  readonly scimKey?: string;
  /** Aborts the checks. The test user is still deleted. */
  readonly signal: AbortSignal;
}

/** The result of a check that did not fail. `action` says what to do if something needs attention. */
export interface Observation {
  readonly found: string;
  readonly action?: string;
}

export interface Diagnosis extends Observation {
  readonly check: string;
  /** `warning`: the check passed but will soon fail; `skipped`: an earlier check failed. */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
}

/** Returns an observation, or throws `CheckFailed`. */
export type Check = (target: Target) => Promise<Observation>;

/** A failed check: what was found and what to do. */
export class CheckFailed extends Error {
  constructor(
    readonly found: string,
    readonly action: string,
  ) {
    super(found);
  }
}
