import type { Trust } from '../../store/credentials/credential';

/** A credential of the type `trust`, for which an assertion is verified. */
export interface TrustCredential {
  readonly domainId: string;
  readonly connectionId: string;
  readonly keyId: string;
  readonly trust: Trust;
}

/** The result of one check. */
type CheckResult = 'passed' | 'failed' | 'not-checked';

/** One check of an assertion. `detail` says what to change; it contains no part of the signature. */
export interface AssertionCheck {
  readonly name: string;
  readonly result: CheckResult;
  readonly detail: string;
}

/** The checks of an assertion in their order. It is accepted if all of them have passed. */
export interface AssertionResult {
  readonly accepted: boolean;
  readonly checks: readonly AssertionCheck[];
  /** The trust whose checks these are; absent if the connection has none. */
  readonly keyId?: string;
}

/** Verifies client assertions (RFC 7523). */
export interface AssertionVerifier {
  /**
   * Verifies an assertion against the trusts of a connection. If there are several, the checks are those of
   * the trust that the assertion's issuer, subject, audience, and tenant fit best. With `use`, an accepted
   * assertion is used up: its `jti` is stored, the next verification with `use` fails, and no check is made
   * after a failed one. Throws only if the table cannot be used.
   */
  verify(
    assertion: string,
    trusts: readonly TrustCredential[],
    options: { readonly use: boolean; readonly now: Date },
  ): Promise<AssertionResult>;
}

/** Returns the check that failed, if any. */
export const failedCheck = ({ checks }: AssertionResult): AssertionCheck | undefined =>
  checks.find(({ result }) => result === 'failed');
