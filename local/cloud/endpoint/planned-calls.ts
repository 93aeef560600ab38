import type { Caller } from '../callers';

interface PlannedCall {
  readonly isCaller: (caller: Caller) => boolean;
  /** The name of the operation, for example `POST apikeys`. */
  readonly operation: string;
  readonly action: () => Promise<void>;
}

/** Actions that tests plan for calls to AWS operations. */
export class PlannedCalls {
  private planned: PlannedCall[] = [];

  /**
   * Runs the action once: after the next such call was carried out, before its response reaches the caller.
   */
  beforeResponse(call: PlannedCall): void {
    this.planned.push(call);
  }

  /** Runs the actions that are planned for a call. */
  async carriedOut(caller: Caller, operation: string): Promise<void> {
    const isDue = (call: PlannedCall) => call.operation === operation && call.isCaller(caller);
    const due = this.planned.filter(isDue);
    this.planned = this.planned.filter((call) => !isDue(call));
    for (const { action } of due) await action();
  }
}
