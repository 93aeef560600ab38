/** `invalid`: to be corrected; `notFound`: there is no such thing; `conflict`: another change came first. */
export type AdminProblem = 'invalid' | 'notFound' | 'conflict';

/** What an administrator asked for cannot be done; the message is for the administrator and says what to change. */
export class AdminError extends Error {
  override readonly name = 'AdminError';

  constructor(
    message: string,
    readonly problem: AdminProblem = 'invalid',
  ) {
    super(message);
  }
}
