import { setTimeout as sleep } from 'node:timers/promises';

/** Ends a wait for a part of the host that neither starts nor crashes. A slow machine does not reach it. */
export const HANG_LIMIT_MS = 300_000;

/**
 * Waits until `check` returns true. A throw counts as false. Throws after `timeoutMs`, with the name of what
 * it waited for.
 */
export async function until(
  what: string,
  timeoutMs: number,
  check: () => Promise<boolean>,
  everyMs = 30,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  let last = '';
  while (Date.now() < end) {
    try {
      if (await check()) return;
    } catch (error) {
      last = `: ${String(error)}`;
    }
    await sleep(everyMs);
  }
  throw new Error(`Waited ${timeoutMs / 1000} s for ${what}${last}.`);
}
