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
    /** The member of the body whose value must change. */
    readonly field?: string,
  ) {
    super(message);
  }
}

/** Calls `check`. If it refuses a value, the error names the member of the body that has the value. */
export async function inField<T>(field: string, check: () => T | Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof AdminError) || error.field !== undefined) throw error;
    throw new AdminError(error.message, error.problem, error.retryAfterSeconds, field);
  }
}
