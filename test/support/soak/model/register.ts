/** A value as text; undefined if there is none. */
export type Value = string | undefined;

interface RecordedWrite {
  readonly value: Value;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Whether the service acknowledged the write. */
  readonly isCertain: boolean;
}

/**
 * A value of the service that clients write, possibly at the same time. A write that the service did not
 * acknowledge may or may not have happened.
 */
export class Register {
  private writes: RecordedWrite[];

  /** `initial` is the value before all writes. */
  constructor(initial?: Value) {
    this.writes = [{ value: initial, startedAt: 0, endedAt: 0, isCertain: true }];
  }

  /** Records a write. Times are those of a clock that never stands still. */
  record(write: RecordedWrite): void {
    this.writes.push(write);
    const lastCertainStart = this.lastCertainStart();
    this.writes = this.writes.filter(({ endedAt }) => endedAt >= lastCertainStart);
  }

  /**
   * Returns the values that the service may have stored: those of writes after which no acknowledged write
   * began.
   */
  allowed(): ReadonlySet<Value> {
    return new Set(this.writes.map(({ value }) => value));
  }

  private lastCertainStart(): number {
    return Math.max(...this.writes.filter(({ isCertain }) => isCertain).map(({ startedAt }) => startedAt));
  }
}
