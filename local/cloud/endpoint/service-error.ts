/** An error response of a service. The SDK turns its type into the class that it throws. */
export class ServiceError extends Error {
  constructor(
    readonly status: number,
    /** An example is `NotFoundException`. */
    readonly type: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
