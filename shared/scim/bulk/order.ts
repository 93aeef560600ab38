import type { BulkOperation } from './parse';
import { referencesOf } from './references';

/** One operation, in the order in which a bulk request runs them. */
export interface BulkStep {
  /** Position of the operation in the request, from 0. */
  readonly index: number;
  /**
   * The bulkIds of POSTs that run after this operation although it refers to them, because the references
   * form a circle.
   */
  readonly deferredBulkIds: ReadonlySet<string>;
}

/**
 * Orders operations as in the request, except that a POST runs before the operations that refer to it (RFC
 * 7644 §3.7.1). In a circle, the operation that is reached last does not wait for the first one. A reference
 * that matches no POST does not change the order.
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
