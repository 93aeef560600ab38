import type { ImportProgress } from '../../../../portal/src/api/user-file/import-rows';
import type { Terminal } from '../../terminal';

/** A log gets a line in this interval, in milliseconds. */
const LOG_INTERVAL_MS = 10_000;

/** Shows how far an import has come: in one line that changes, or in lines of a log. */
export class ImportProgressLine {
  private readonly began: number;
  private shownAt: number;

  constructor(
    private readonly terminal: Terminal,
    private readonly verb: 'Checking' | 'Importing',
  ) {
    this.began = this.shownAt = terminal.now().getTime();
  }

  show({ done, total, errors }: ImportProgress): void {
    const now = this.terminal.now().getTime();
    const percent = Math.floor((100 * done) / total);
    const seconds = Math.round((now - this.began) / 1_000);
    const left =
      done > 0 && seconds > 1 ? `, about ${Math.ceil((seconds * (total - done)) / done)} s left` : '';
    const line = `${this.verb} rows: ${done} of ${total} (${percent} %), ${errors} refused, ${seconds} s${left}`;
    if (this.terminal.status) return this.terminal.status(line);
    if (now - this.shownAt < LOG_INTERVAL_MS) return;
    this.shownAt = now;
    this.terminal.err(`${line}\n`);
  }

  /** Clears the line. */
  end(): void {
    this.terminal.status?.('');
  }
}
