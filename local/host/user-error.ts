/** A failure whose message tells the person at the terminal what to do; printed without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
