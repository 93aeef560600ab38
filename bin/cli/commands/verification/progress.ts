import type { Terminal } from '../../terminal';

/** The numbers that a progress shows. */
export interface ProgressNumbers {
  readonly step: string;
  readonly checked: number;
  readonly problems: number;
  readonly readUnits: number;
}

/** A log gets a line in this interval, in milliseconds. */
const LOG_INTERVAL_MS = 10_000;

/**
 * Shows how far a verification has come: in one line that changes, or in lines of a log with the way to
 * continue.
 */
export class Progress {
  private readonly began: number;
  private shownAt: number;

  constructor(
    private readonly terminal: Terminal,
    private readonly commandOf: (position: string) => string,
  ) {
    this.began = this.shownAt = terminal.now().getTime();
  }

  show(numbers: ProgressNumbers, position: string): void {
    const { status, err } = this.terminal;
    const now = this.terminal.now().getTime();
    const line = textOf(numbers, now - this.began);
    if (status) return status(line);
    if (now - this.shownAt < LOG_INTERVAL_MS) return;
    this.shownAt = now;
    err(`${line}. Continue here with: ${this.commandOf(position)}\n`);
  }

  /** Clears the line. */
  end(): void {
    this.terminal.status?.('');
  }
}

function textOf({ step, checked, problems, readUnits }: ProgressNumbers, ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  const pace = Math.round(readUnits / seconds);
  return (
    `Verifying ${step}: ${checked.toLocaleString('en')} checked, ${problems} problems, ` +
    `${Math.round(readUnits).toLocaleString('en')} read units (${pace} a second), ${seconds} s`
  );
}
