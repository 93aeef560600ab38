import { setTimeout as sleep } from 'node:timers/promises';
import type { System } from '../local/product/system';

/** The figures of one function since the start of the local system. */
export interface FunctionReport {
  readonly name: string;
  readonly invocations: number;
  readonly busy: number;
  readonly cpuMs: number;
  readonly peakMemoryMb: number;
}

/** Returns the figures of the functions whose names contain a text. */
export async function functionsOf({ session }: System, name = ''): Promise<readonly FunctionReport[]> {
  const response = await fetch(`${session.controlUrl}/functions`);
  const functions = (await response.json()) as readonly FunctionReport[];
  return functions.filter((each) => each.name.includes(name));
}

/** Returns the number of invocations of functions. */
export const invocationsOf = (functions: readonly FunctionReport[]): number =>
  functions.reduce((sum, { invocations }) => sum + invocations, 0);

/** Waits until no function has run for `quietMs`, so that those behind the stream have read it to its end. */
export async function untilQuiet(system: System, quietMs: number): Promise<void> {
  for (let before = -1; ;) {
    const functions = await functionsOf(system);
    const now = invocationsOf(functions);
    if (now === before && functions.every(({ busy }) => busy === 0)) return;
    before = now;
    await sleep(quietMs);
  }
}
