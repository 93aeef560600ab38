/** The first rule that the service has broken in a run, or the first error of the simulation itself. */
export class Verdict {
  failure: Error | undefined;

  report(error: unknown): void {
    this.failure ??= error instanceof Error ? error : new Error(String(error));
  }

  /** Runs a check. What it throws ends the run, and not the code that is checked. */
  guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.report(error);
    }
  }
}
