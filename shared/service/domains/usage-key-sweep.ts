import type { UsageKeys } from '../../gateway/usage-keys';
import type { DomainStore } from '../../store/domains/domain-store';
import type { UsageKeyChange, UsageKeyChanges } from '../../store/domains/usage-key-changes';

/** The age at which a change has died: a request to the admin API ends after 29 seconds. */
const LONGEST_CHANGE_MS = 15 * 60_000;

export interface UsageKeySweep {
  readonly changes: UsageKeyChanges;
  readonly domains: Pick<DomainStore, 'get'>;
  readonly usageKeys: Pick<UsageKeys, 'list' | 'delete'>;
  readonly isTimeUp: () => boolean;
  readonly now: () => Date;
  /** Called with the number of keys that interrupted changes of a domain left behind. */
  readonly onSwept: (domainId: string, deleted: number) => void;
  /** Called for each domain whose sweep failed. The next run repeats it. */
  readonly onError: (domainId: string, error: unknown) => void;
}

/**
 * Deletes the usage keys that interrupted changes left behind: all keys of the domain except the one that the
 * domain names. A domain that fails does not hold up the others.
 */
export async function sweepUsageKeys(options: UsageKeySweep): Promise<void> {
  const { changes, isTimeUp, now, onSwept, onError } = options;
  const interrupted = await changes.startedBefore(new Date(now().getTime() - LONGEST_CHANGE_MS));
  for (const domainId of new Set(interrupted.map((change) => change.domainId))) {
    if (isTimeUp()) return;
    try {
      const own = interrupted.filter((change) => change.domainId === domainId);
      const deleted = await sweepDomain(options, domainId, own);
      if (deleted !== undefined) onSwept(domainId, deleted);
    } catch (error) {
      onError(domainId, error);
    }
  }
}

/** Returns the number of deleted keys; undefined if another change is in progress. */
async function sweepDomain(
  { changes, domains, usageKeys, now }: UsageKeySweep,
  domainId: string,
  interrupted: readonly UsageKeyChange[],
): Promise<number | undefined> {
  for (const change of interrupted) await changes.abandon(change, now());
  // In this order: a listed key belongs to a change that is found below, or that has already changed the
  // domain.
  const keyIds = await usageKeys.list(domainId);
  const isInterrupted = (changeId: string) => interrupted.some((change) => change.changeId === changeId);
  const current = (await changes.ofDomain(domainId)).filter(({ changeId }) => !isInterrupted(changeId));
  if (current.length > 0) return undefined;
  const domain = await domains.get(domainId);
  const orphans = keyIds.filter((keyId) => keyId !== domain?.usageKeyId);
  for (const keyId of orphans) await usageKeys.delete(keyId);
  for (const change of interrupted) await changes.end(change);
  return orphans.length;
}
