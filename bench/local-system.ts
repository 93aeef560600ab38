import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SystemOptions } from '../local/product/options';
import { startSystem, type System } from '../local/product/system';

/** Runs `act` on a temporary local system, whose cloud assembly is in the directory `assembly`. */
export async function withLocalSystem<T>(
  options: Pick<SystemOptions, 'ratePlan' | 'engine' | 'meter' | 'transactionHold'> &
    Pick<SystemOptions, 'tableLatency' | 'sesLatency' | 'sesRate' | 'jwksOrigins' | 'webhookOrigins'> &
    Pick<SystemOptions, 'measuresUsage' | 'controlPlaneLimits'>,
  act: (system: System, assembly: string) => Promise<T>,
): Promise<T> {
  const state = mkdtempSync(path.join(tmpdir(), 'scim-bench-'));
  const assembly = path.join(state, 'cdk.out');
  try {
    const system = await startSystem({
      port: 0,
      state,
      fresh: true,
      synth: true,
      assembly,
      verbose: false,
      ...options,
    });
    try {
      return await act(system, assembly);
    } finally {
      await system.stop();
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
