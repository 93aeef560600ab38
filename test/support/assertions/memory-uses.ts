import type { AssertionUse } from '../../../shared/store/credentials/assertion-uses';

/** Keeps the uses of assertions in memory, for tests without a table. */
export function memoryUses() {
  const used = new Set<string>();
  const keyOf = (domainId: string, connectionId: string, { id }: AssertionUse) =>
    `${domainId}#${connectionId}#${id}`;
  return {
    add: (domainId: string, connectionId: string, use: AssertionUse): Promise<boolean> => {
      const key = keyOf(domainId, connectionId, use);
      const isNew = !used.has(key);
      used.add(key);
      return Promise.resolve(isNew);
    },
    isNew: (domainId: string, connectionId: string, use: AssertionUse): Promise<boolean> =>
      Promise.resolve(!used.has(keyOf(domainId, connectionId, use))),
  };
}
