import type { AssertionUse } from '../../../shared/store/credentials/assertion-uses';

/** Keeps the uses of assertions in memory, for tests without a table. */
export function memoryUses() {
  const used = new Set<string>();
  const keyOf = (domainId: string, credentialId: string, { id }: AssertionUse) =>
    `${domainId}#${credentialId}#${id}`;
  return {
    add: (domainId: string, credentialId: string, use: AssertionUse): Promise<boolean> => {
      const key = keyOf(domainId, credentialId, use);
      const isNew = !used.has(key);
      used.add(key);
      return Promise.resolve(isNew);
    },
    isNew: (domainId: string, credentialId: string, use: AssertionUse): Promise<boolean> =>
      Promise.resolve(!used.has(keyOf(domainId, credentialId, use))),
  };
}
