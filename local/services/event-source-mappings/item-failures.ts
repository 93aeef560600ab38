import * as z from 'zod';

const Response = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Returns the positions of the items that a function reports as failed, or `all`. As in AWS, a malformed
 * response and an identifier that is not in the batch fail the whole batch.
 */
export function failedItems(response: unknown, identifiers: readonly string[]): number[] | 'all' {
  const { success, data } = Response.safeParse(response);
  if (!success) return 'all';
  const failed = (data?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    identifiers.indexOf(itemIdentifier),
  );
  return failed.includes(-1) ? 'all' : failed;
}
