import type { Item } from '../../store/table/read-item';

/**
 * The rules of subscriptions of the kind `eventBridge`: they have no endpoint, no attributes, and no secret.
 */
export const BUS_KIND = {
  create: (): Promise<{ attributes: Item }> => Promise.resolve({ attributes: {} }),
};
