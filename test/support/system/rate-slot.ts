import { setTimeout as sleep } from 'node:timers/promises';

const SLOT_MS = 10_000;

/** Slots are those of the clock; what has to happen in one of them begins with it, and not at the end of a minute. */
export async function waitForSlotStart(): Promise<void> {
  const into = Date.now() % SLOT_MS;
  if (into > SLOT_MS / 2) await sleep(SLOT_MS - into + 50);
}
