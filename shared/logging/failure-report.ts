/*
 * Code that also runs without telemetry, as in the CLI, reports failures here. It does not import the logger,
 * whose settings are read when it is imported.
 */

let listener: (error: unknown) => void = () => undefined;

/** Sets the function that gets the failures of this process. */
export const listenToFailures = (onFailure: (error: unknown) => void): void => void (listener = onFailure);

/** Passes on an error that the client did not cause. */
export const passFailure = (error: unknown): void => listener(error);
