import { type DomainClient, createDomainClient } from './system';

const SLOT_MS = 10_000;

const currentSlot = (): number => Math.floor(Date.now() / SLOT_MS);

/**
 * Runs `act` for a new domain on the standard plan, within one of the slots of ten seconds that the rate
 * limit counts. If a slot ends in between, it begins again with another domain, until `act` fits. Compare its
 * result afterwards.
 */
export async function inOneSlot<T>(
  act: (domain: DomainClient, isSameSlot: () => boolean) => Promise<T>,
): Promise<T> {
  for (;;) {
    const domain = await createDomainClient({ ratePlan: 'standard' });
    const slot = currentSlot();
    const isSameSlot = () => currentSlot() === slot;
    const result = await act(domain, isSameSlot);
    if (isSameSlot()) return result;
  }
}
