import type { BulkOperation } from './parse';
import { referencesOf } from './references';

/** One operation in the order in which a bulk is done. */
export interface BulkStep {
  /** Of the operation in the request. */
  readonly index: number;
  /** References in a circle: the bulkIds of POSTs that come after this one. */
  readonly deferredBulkIds: ReadonlySet<string>;
}

/**
 * The order of the request, but a POST comes before what refers to it (RFC 7644 §3.7.1). In a circle, the one that is
 * reached last does not wait for the first. A reference that no POST answers does not change the order.
 */
export function orderOperations(operations: readonly BulkOperation[]): BulkStep[] {
  const posts = new Map<string, number>();
  for (const [index, { method, bulkId }] of operations.entries()) {
    if (method === 'POST' && bulkId !== undefined) posts.set(bulkId, index);
  }
  const steps: BulkStep[] = [];
  const state = new Map<number, 'reached' | 'ordered'>();

  const visit = (index: number, operation: BulkOperation): void => {
    if (state.has(index)) return;
    state.set(index, 'reached');
    const deferredBulkIds = new Set<string>();
    for (const bulkId of referencesOf(operation)) {
      const post = posts.get(bulkId);
      if (post === undefined) continue;
      if (state.get(post) === 'reached') deferredBulkIds.add(bulkId);
      else visit(post, operations[post] as BulkOperation);
    }
    state.set(index, 'ordered');
    steps.push({ index, deferredBulkIds });
  };
  for (const [index, operation] of operations.entries()) visit(index, operation);
  return steps;
}
