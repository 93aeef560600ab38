import { FIRST_VERSION } from '../../../../shared/credentials/secret-versions';
import type { AdminClient } from '../../connection/admin-client';
import { collectItems } from '../../paging';

/** The numbers of credentials whose hashes have a pepper, by the version of the pepper. */
export type PepperUse = Readonly<Record<number, number>>;

/** Counts the SCIM keys and client secrets of all domains by their peppers, without those that have ended. */
export async function countPepperUse(
  api: AdminClient,
  now: Date,
  onDomain: (domainId: string) => void = () => undefined,
): Promise<PepperUse> {
  const use: Record<number, number> = {};
  const { items: domains } = await collectItems(Infinity, (query) => api.call('GET /domains', { query }));
  for (const { domainId } of domains) {
    onDomain(domainId);
    const { items } = await api.call('GET /domains/{domainId}/connections', { path: { domainId } });
    for (const { type, revokedAt, expireTime, pepperId = FIRST_VERSION } of items.flatMap(
      ({ credentials }) => credentials,
    )) {
      const hasEnded = revokedAt !== undefined || (expireTime !== undefined && new Date(expireTime) <= now);
      if (type !== 'trust' && !hasEnded) use[pepperId] = (use[pepperId] ?? 0) + 1;
    }
  }
  return use;
}
