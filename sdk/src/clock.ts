/** The clocks of the machine, in milliseconds. Tests replace them. */
export interface Clock {
  /** The time of day since the epoch, which a person can change. */
  readonly wall: () => number;
  /** A time that only moves forward while the process runs. */
  readonly steady: () => number;
}

export const SYSTEM_CLOCK: Clock = { wall: () => Date.now(), steady: () => performance.now() };

/**
 * The time since an answer of the service, as it is stored with the answer. In milliseconds since the epoch.
 */
export interface TimeRecord {
  /** The time of the service: that of the answer, plus what has passed since. It never moves backward. */
  readonly now: number;
  /** The wall clock of this machine at that time. */
  readonly wall: number;
  /** The sum of the small steps by which the wall clock was turned back since the answer, in milliseconds. */
  readonly turnedBack: number;
}

/** The time of the service now, and whether the clock of this machine contradicts it. */
export interface TimeReading extends TimeRecord {
  readonly isTurnedBack: boolean;
}

/** Clocks of machines are corrected by some seconds now and then, and run a little slow or fast. */
const TOLERANCE_MS = 5 * 60_000;
const STEP_MS = 2_000;
const DRIFT = 0.01;

/**
 * Measures the time since an answer of the service. It needs no correct clock: it adds what has passed on
 * this machine to the time that the service named. If the wall clock is turned back, the time stands still,
 * and `isTurnedBack` is true until the clock is correct again, or until the next answer.
 */
export class ServiceTime {
  private reference?: { readonly now: number; readonly steady: number };

  constructor(private readonly clock: Clock) {}

  /** Begins to measure at an answer of the service. */
  start(serviceTime: number): TimeRecord {
    this.reference = { now: serviceTime, steady: this.clock.steady() };
    return { now: serviceTime, wall: this.clock.wall(), turnedBack: 0 };
  }

  /** Returns the time now. Store the result, so that a restart of the process loses no time. */
  read(record: TimeRecord): TimeReading {
    const { reference } = this;
    const [wall, steady] = [this.clock.wall(), this.clock.steady()];
    const onWall = wall - record.wall;
    // Another process may have stored a later record, so each clock adds to the time at which it was read.
    const bySteady = reference ? reference.now + (steady - reference.steady) : record.now;
    const now = Math.max(record.now, record.now + onWall, bySteady);
    const passed = now - record.now;
    const lag = passed - onWall;
    const step = lag > STEP_MS + passed * DRIFT ? lag : 0;
    const turnedBack = record.turnedBack + step;
    this.reference = { now, steady };
    // The record keeps its wall clock, so that a corrected clock is accepted again.
    if (turnedBack > TOLERANCE_MS)
      return { now, wall: record.wall + passed, turnedBack: record.turnedBack, isTurnedBack: true };
    return { now, wall, turnedBack, isTurnedBack: false };
  }
}
