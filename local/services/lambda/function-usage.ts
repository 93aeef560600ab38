import type { InvocationUsage } from './instance';

export interface UsageReport {
  readonly cpuMs: number;
  /** The CPU time of one invocation, at most. */
  readonly largestCpuMs: number;
  readonly peakMemoryMb: number;
}

/** The CPU time and memory that all invocations of a function have used. */
export class FunctionUsage {
  private cpuMicros = 0;
  private largestCpuMicros = 0;
  private peakBytes = 0;

  add({ cpuMicros, memoryBytes }: InvocationUsage): void {
    this.cpuMicros += cpuMicros;
    this.largestCpuMicros = Math.max(this.largestCpuMicros, cpuMicros);
    this.peakBytes = Math.max(this.peakBytes, memoryBytes);
  }

  /**
   * Returns the CPU time of all invocations, that of the invocation that took the most, and the largest
   * memory of a process, with Node itself.
   */
  report(): UsageReport {
    return {
      cpuMs: this.cpuMicros / 1_000,
      largestCpuMs: this.largestCpuMicros / 1_000,
      peakMemoryMb: this.peakBytes / 2 ** 20,
    };
  }
}
