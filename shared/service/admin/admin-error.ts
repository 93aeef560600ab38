/**
 * `invalid`: the input must be corrected. `notFound`: the thing does not exist. `conflict`: the state forbids
 * it. `tooSoon`: it is possible later.
 */
export type AdminProblem = 'invalid' | 'notFound' | 'conflict' | 'tooSoon';

/**
 * A request of an administrator that cannot be carried out. The message is for the administrator, and says
 * what to change.
 */
export class AdminError extends Error {
  override readonly name = 'AdminError';

  constructor(
    message: string,
    readonly problem: AdminProblem = 'invalid',
    /** The seconds after which a request that came too soon may be sent again. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}
