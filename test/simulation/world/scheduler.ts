import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';

/** A process of the product: an instance of a function. All of its steps end when it is killed. */
export class Process {
  isAlive = true;

  constructor(readonly name: string) {}
}

/**
 * The fate of a call. `lost`: it is carried out, but the caller gets an error. `late`: the same, but
 * afterward.
 */
export type Fate = 'done' | 'failed' | 'lost' | 'late' | 'killedBefore' | 'killedAfter';

/** A call of a service that a process waits for. */
export interface Step {
  readonly process: Process;
  readonly label: () => string;
  /** The time by which it must be carried out, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Carries out the call. */
  readonly perform: () => unknown;
  /** Returns the error of a call that failed. `isLost` tells whether it was carried out. */
  readonly failure: (isLost: boolean) => Error;
  /** The input of a call that writes a transaction. */
  readonly transaction?: TransactWriteItemsCommandInput;
  /** The call was sent a longer time ago, and nobody waits for its response. */
  readonly isLate?: boolean;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Timer {
  readonly at: number;
  readonly process: Process;
  readonly run: () => void;
}

/** The time that each step takes. */
const STEP_MS = 3;
/** The time by which a late call is carried out. It is far below the limits of the product's requests. */
const LATE_MS = 250;

const ignore = (): void => undefined;

/**
 * Carries out the calls of all processes one after the other, in any order, and owns the clock. Between two
 * steps, the product runs until each process waits for a call or a timer. So the code that runs belongs to
 * the process whose step was the last one.
 */
export class Scheduler {
  current = new Process('world');
  readonly trace: string[] = [];
  /** The number of calls that were carried out. */
  steps = 0;
  private waiting: Step[] = [];
  private timers: Timer[] = [];
  private readonly deaths = new Map<Process, () => void>();

  /** Milliseconds since the epoch. */
  now: number;

  constructor(
    private readonly startedAt: number,
    private readonly isTraced: boolean,
  ) {
    this.now = startedAt;
  }

  /** Adds a line to the trace. */
  note(line: () => string): void {
    if (!this.isTraced) return;
    const seconds = (this.now - this.startedAt) / 1_000;
    this.trace.push(`${seconds.toFixed(3).padStart(9)} ${line()}`);
  }

  /** Runs a part of a process, and calls `onDeath` if the process is killed. */
  enter(process: Process, run: () => void, onDeath?: () => void): void {
    this.current = process;
    if (onDeath) this.deaths.set(process, onDeath);
    run();
  }

  /** Ends an invocation, so that a later kill of its process is no failure of it. */
  leave(process: Process): void {
    this.deaths.delete(process);
  }

  submit(step: Omit<Step, 'process' | 'resolve' | 'reject'>): Promise<unknown> {
    const process = this.current;
    return new Promise((resolve, reject) => {
      if (process.isAlive) this.waiting.push({ ...step, process, resolve, reject });
    });
  }

  /** The calls that wait, those of the process that ran last first. */
  get pending(): readonly Step[] {
    const own = this.waiting.filter(({ process }) => process === this.current);
    return own.length === 0 ? this.waiting : [...own, ...this.waiting.filter((step) => !own.includes(step))];
  }

  carryOut(step: Step, fate: Fate): void {
    this.waiting = this.waiting.filter((other) => other !== step);
    this.current = step.process;
    this.now += STEP_MS;
    this.steps++;
    this.note(() => `${step.process.name}: ${step.label()}${fate === 'done' ? '' : ` [${fate}]`}`);
    if (fate === 'killedBefore') return this.kill(step.process);
    if (fate === 'late') {
      this.waiting.push({
        ...step,
        deadline: this.now + LATE_MS,
        isLate: true,
        resolve: ignore,
        reject: ignore,
      });
      return step.reject(step.failure(true));
    }
    let result: unknown;
    let error: unknown;
    let isRefused = false;
    if (fate !== 'failed') {
      try {
        result = step.perform();
      } catch (thrown) {
        isRefused = true;
        error = thrown;
      }
    }
    if (fate === 'killedAfter') return this.kill(step.process);
    if (fate !== 'done') return step.reject(step.failure(fate === 'lost'));
    if (!isRefused) return step.resolve(result);
    this.note(() => `  ${String(error)}`);
    step.reject(error);
  }

  kill(process: Process): void {
    process.isAlive = false;
    this.waiting = this.waiting.filter((step) => step.isLate || step.process !== process);
    this.timers = this.timers.filter((timer) => timer.process !== process);
    const onDeath = this.deaths.get(process);
    this.deaths.delete(process);
    onDeath?.();
  }

  setTimer(run: () => void, ms: number, process = this.current): object {
    const timer = { at: this.now + Math.max(0, Math.ceil(ms)), process, run };
    if (process.isAlive) this.timers.push(timer);
    return timer;
  }

  clearTimer(timer: object | undefined): void {
    this.timers = this.timers.filter((other) => other !== timer);
  }

  /** The time of the next timer; infinite if there is none. */
  get nextTimer(): number {
    return this.timers.reduce((first, { at }) => Math.min(first, at), Infinity);
  }

  /** The time up to which the clock may be advanced, because no call takes longer. */
  get latest(): number {
    return this.waiting.reduce((first, { deadline }) => Math.min(first, deadline), Infinity);
  }

  /** Advances the clock, and fires the first timer that is due. */
  advance(to: number): void {
    this.now = Math.max(this.now, to);
    const timer = this.timers.find(({ at }) => at <= this.now && at === this.nextTimer);
    if (!timer) return;
    this.timers = this.timers.filter((other) => other !== timer);
    this.enter(timer.process, timer.run);
  }
}

/** Waits until each process waits for a call or a timer. */
export const idle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
