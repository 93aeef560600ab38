import { session } from '../system/system';

/**
 * Much more than any request needs on a slow machine, and much less than work that grows with the square of a
 * body.
 */
const MAX_CPU_MS = 5_000;

interface MeasuredFunction {
  readonly name: string;
  readonly largestCpuMs?: number;
}

/** The largest CPU time of an invocation of each function. The system must run with `--measure-usage`. */
export class CpuTimes {
  /** Milliseconds by the name of the function. */
  readonly largest: Record<string, number> = {};

  static async open(): Promise<CpuTimes> {
    const times = new CpuTimes();
    await times.problems();
    return times;
  }

  /**
   * Reads the CPU times. Returns a sentence for each function that has used more in one invocation than
   * before, and too much.
   */
  async problems(): Promise<string[]> {
    const response = await fetch(`${session().controlUrl}/functions`);
    const functions = (await response.json()) as readonly MeasuredFunction[];
    return functions.flatMap(({ name, largestCpuMs }) => {
      if (largestCpuMs === undefined) throw new Error('The system does not measure CPU times.');
      const known = this.largest[name] ?? 0;
      if (largestCpuMs <= known) return [];
      this.largest[name] = largestCpuMs;
      return largestCpuMs > MAX_CPU_MS
        ? [`an invocation of ${name} used ${Math.round(largestCpuMs)} ms of CPU time`]
        : [];
    });
  }
}
