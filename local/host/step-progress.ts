/** Receives the steps of something that takes long. */
export interface Progress {
  /** Begins the next step, which ends the one before. */
  step(name: string): void;
  /** Says how far the current step is. */
  detail(text: string): void;
}

/** The part of a stream that progress is written to. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const TERMINAL_MS = 1_000;
/** A log gets a line less often than a terminal, which shows the progress in one line. */
const LOG_MS = 10_000;

const CLEAR_LINE = '\r\u001b[2K';

/**
 * Shows the steps of something that takes long, with the time of each. In a terminal, the line of the current
 * step changes every second. In a log, a step that goes on adds a line every ten seconds.
 */
export class StepProgress implements Progress {
  private current: { readonly name: string; readonly startedAt: number; detail: string } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly stream: ProgressStream,
    private readonly now: () => number = Date.now,
  ) {}

  step(name: string): void {
    if (this.isStopped) return;
    this.end();
    this.current = { name, startedAt: this.now(), detail: '' };
    this.stream.write(this.stream.isTTY ? `${name} …` : `${name} …\n`);
    this.timer = setInterval(() => this.tick(), this.stream.isTTY ? TERMINAL_MS : LOG_MS).unref();
  }

  detail(text: string): void {
    if (this.current) this.current.detail = text;
  }

  /** Ends the last step. */
  end(): void {
    const step = this.current;
    if (!step) return;
    const seconds = this.seconds();
    if (this.stream.isTTY) this.stream.write(`${CLEAR_LINE}${step.name}: ${seconds} s`);
    else if (seconds > 0) this.stream.write(`  done in ${seconds} s\n`);
    this.leave();
  }

  /** Stops for good, without an end of the step, which has failed or was interrupted. */
  stop(): void {
    this.isStopped = true;
    this.leave();
  }

  private leave(): void {
    clearInterval(this.timer);
    if (this.current && this.stream.isTTY) this.stream.write('\n');
    this.current = undefined;
  }

  private tick(): void {
    if (!this.current) return;
    const { name, detail } = this.current;
    const state = [`${this.seconds()} s`, ...(detail ? [detail] : [])].join(', ');
    this.stream.write(this.stream.isTTY ? `${CLEAR_LINE}${name} … ${state}` : `  ${state}\n`);
  }

  private seconds(): number {
    return Math.round((this.now() - (this.current?.startedAt ?? 0)) / 1_000);
  }
}
