/** An error that a service answers with, by the name that the SDK turns into a class. */
export class ServiceError extends Error {
  constructor(
    readonly status: number,
    /** E.g. `NotFoundException`. */
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}
