import type { Caller } from '../../../cloud/callers';

/** The delay of DynamoDB's responses. Programs prepare and observe tests, so they do not wait. */
export class Latency {
  private slow: { readonly functions: string; readonly ms: number } | undefined;

  /** `ms` is the delay of all functions. */
  constructor(private readonly ms: number) {}

  /** Delays the responses to functions whose name contains a text, in any case. */
  slowDown(functions: string, ms: number): void {
    this.slow = { functions: functions.toLowerCase(), ms };
  }

  reset(): void {
    this.slow = undefined;
  }

  /** Returns the delay of the responses to a caller, in milliseconds. */
  of({ name, role }: Caller): number {
    if (!role) return 0;
    return this.slow && name.toLowerCase().includes(this.slow.functions) ? this.slow.ms : this.ms;
  }
}
