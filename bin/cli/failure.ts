/** How a command ends. */
export const EXIT = {
  ok: 0,
  /** It was refused, could not be done, or a check failed. */
  failed: 1,
  /** It was called in a wrong way; nothing was sent. */
  misused: 2,
  /** As shells say of a process that was ended by Ctrl-C. */
  interrupted: 130,
} as const;

/** What the one who typed the command is told. */
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
