/** The deployment to check. */
export interface Target {
  /** Ends in `/scim/v2`. */
  readonly baseUrl: string;
  readonly scimKey?: string;
  /** Aborts the checks. The test user is still deleted. */
  readonly signal: AbortSignal;
}

/** The result of a check. `action` says what to do if something needs attention. */
export interface Finding {
  readonly found: string;
  readonly action?: string;
}

export interface Diagnosis extends Finding {
  readonly check: string;
  /** `warning`: the check passed but will soon fail; `skipped`: an earlier check failed. */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
}

/** Returns a finding, or throws `CheckFailed`. */
export type Check = (target: Target) => Promise<Finding>;

/** A failed check: what was found and what to do. */
export class CheckFailed extends Error {
  constructor(
    readonly found: string,
    readonly action: string,
  ) {
    super(found);
  }
}
