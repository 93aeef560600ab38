import type { Terminal } from './terminal';

/** A log gets a line in this interval, in milliseconds. */
const LOG_INTERVAL_MS = 10_000;

/** Shows how far an export or a long list is: in one line that changes, or in lines of a log. */
export class ExportProgress {
  private readonly began: number;
  private shownAt: number;
  private rows = 0;

  constructor(
    private readonly terminal: Terminal,
    /** The plural noun of the exported things, such as `events`. */
    private readonly noun: string,
    /** Whether the rows themselves appear on the screen meanwhile. */
    private readonly isOnScreen = terminal.width !== undefined,
  ) {
    this.began = this.shownAt = terminal.now().getTime();
  }

  /** Adds rows that were read. */
  add(rows: number): void {
    this.rows += rows;
    const { status, err } = this.terminal;
    if (this.isOnScreen) return;
    const now = this.terminal.now().getTime();
    const line = `${this.rows.toLocaleString('en')} ${this.noun}, ${Math.round((now - this.began) / 1_000)} s`;
    if (status) return status(line);
    if (now - this.shownAt < LOG_INTERVAL_MS) return;
    this.shownAt = now;
    err(`${line}\n`);
  }

  /** Clears the line. */
  end(): void {
    if (!this.isOnScreen) this.terminal.status?.('');
  }
}
