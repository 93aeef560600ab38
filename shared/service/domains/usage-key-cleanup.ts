import type { UsageKey, UsageKeys } from '../../gateway/usage-keys';
import type { DomainStore } from '../../store/domains/domain-store';

/**
 * Deletes the new usage key if the write fails and the domain does not name it. A lost response alone does
 * not tell.
 */
export async function withUsageKeyCleanup<T>(
  { usageKeys, domains }: { readonly usageKeys: UsageKeys; readonly domains: Pick<DomainStore, 'get'> },
  domainId: string,
  { id }: UsageKey,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const domain = await domains.get(domainId);
    if (domain?.usageKeyId !== id) await usageKeys.delete(id).catch(() => undefined);
    throw error;
  }
}
