import type { InvocationUsage } from './instance';

/** The CPU time and memory that all invocations of a function have used. */
export class FunctionUsage {
  private cpuMicros = 0;
  private peakBytes = 0;

  add({ cpuMicros, memoryBytes }: InvocationUsage): void {
    this.cpuMicros += cpuMicros;
    this.peakBytes = Math.max(this.peakBytes, memoryBytes);
  }

  /** Returns the CPU time of the handlers, and the largest memory of a process, with Node itself. */
  report(): { readonly cpuMs: number; readonly peakMemoryMb: number } {
    return { cpuMs: this.cpuMicros / 1_000, peakMemoryMb: this.peakBytes / 2 ** 20 };
  }
}
