/** An error whose message tells the user what to do. The terminal shows it without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
