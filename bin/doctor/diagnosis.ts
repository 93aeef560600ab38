/** What is looked at. */
export interface Patient {
  /** Ends in `/scim/v2`. */
  readonly baseUrl: string;
  readonly scimKey?: string;
  /** Aborted when the one who asked wants no more; what was made is still cleaned up. */
  readonly signal: AbortSignal;
}

/** What a check saw; where there is an `action`, something should be done. */
export interface Finding {
  readonly found: string;
  readonly action?: string;
}

export interface Diagnosis extends Finding {
  readonly check: string;
  /** `warning`: works, but not for long; `skipped`: an earlier check failed that it needs. */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
}

/** Gives what was seen; throws `Ill`. */
export type Check = (patient: Patient) => Promise<Finding>;

/** A check failed. */
export class Ill extends Error {
  constructor(
    readonly found: string,
    readonly action: string,
  ) {
    super(found);
  }
}
