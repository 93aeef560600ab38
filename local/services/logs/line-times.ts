import { existsSync, readFileSync } from 'node:fs';

/**
 * The times at which the lines of a log arrived that do not contain a time. CloudWatch stores one for each
 * line.
 */
export class LineTimes {
  /** The number of a line, from 0 → milliseconds since the epoch. */
  private readonly times = new Map<number, number>();

  private constructor(private next: number) {}

  /** Continues after the lines that are already in a file. Their times are not known anymore. */
  static after(file: string): LineTimes {
    return new LineTimes(existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0);
  }

  add(line: string, at: number): void {
    if (!line.startsWith('{')) this.times.set(this.next, at);
    this.next++;
  }

  /** Returns undefined if the line contains its time, or arrived in an earlier run. */
  of(line: number): number | undefined {
    return this.times.get(line);
  }
}
