import { session } from './system';

/** Plans a fault for the next `times` emails to an address. The names are in local/services/ses/faults.ts. */
export async function injectSesFault(fault: string, address: string, times = 1): Promise<void> {
  const query = new URLSearchParams({ fault, to: address, times: String(times) });
  const response = await fetch(`${session().controlUrl}/ses-faults?${query.toString()}`, { method: 'POST' });
  if (!response.ok) throw new Error(await response.text());
}

/** Ends all faults of sends. Other tests of the same system have theirs. */
export async function clearSesFaults(): Promise<void> {
  const response = await fetch(`${session().controlUrl}/ses-faults`, { method: 'DELETE' });
  if (!response.ok) throw new Error(await response.text());
}
