import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `check` is true (a throw counts as false); throws after `timeoutMs` with `what` it waited for. */
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
