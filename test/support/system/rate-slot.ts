import { type DomainClient, createDomainClient } from './system';

const SLOT_MS = 10_000;

const currentSlot = (): number => Math.floor(Date.now() / SLOT_MS);

/**
 * Runs a function for a new domain on the standard plan within one slot of ten seconds of the rate limit. If
 * the slot ends meanwhile, it runs the function again with another new domain. Check the result afterward,
 * not inside the function.
 */
export async function inOneSlot<T>(
  run: (domain: DomainClient, isSameSlot: () => boolean) => Promise<T>,
): Promise<T> {
  for (;;) {
    const domain = await createDomainClient({ ratePlan: 'standard' });
    const slot = currentSlot();
    const isSameSlot = () => currentSlot() === slot;
    const result = await run(domain, isSameSlot);
    if (isSameSlot()) return result;
  }
}
