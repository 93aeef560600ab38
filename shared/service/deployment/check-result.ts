/** The result of a check. `unknown`: AWS did not respond, or only the operator knows. */
export interface CheckResult {
  readonly status: 'ok' | 'missing' | 'unknown';
  /** The observation, in a sentence. */
  readonly found: string;
  /** The action that the operator must take; absent if the status is `ok`. */
  readonly action?: string;
}

export const asExpected = (found: string): CheckResult => ({ status: 'ok', found });
export const missing = (found: string, action: string): CheckResult => ({ status: 'missing', found, action });
export const unknown = (found: string, action: string): CheckResult => ({ status: 'unknown', found, action });
