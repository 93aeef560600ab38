/** Exit codes. */
export const EXIT = {
  ok: 0,
  /** The request was refused or failed, or a check failed. */
  failed: 1,
  /** The command line is invalid; no request was sent. */
  misused: 2,
  /** Nothing is known to be wrong, but not everything could be checked. */
  incomplete: 3,
  /** The shell convention for a process ended by Ctrl-C. */
  interrupted: 130,
} as const;

/** An error whose message is shown to the user without a stack trace. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.failed,
  ) {
    super(message);
  }

  static misused(message: string): Failure {
    return new Failure(message, EXIT.misused);
  }
}

/** A failure because something that the request names does not exist. */
export class NotFound extends Failure {}

/** A failure of the network or of the service. The same request may succeed later. */
export class Unavailable extends Failure {}
