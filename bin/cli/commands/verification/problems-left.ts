import type { DomainVerification } from './results';

/** Returns the number of problems that were found and not repaired. */
export const problemsLeft = (results: readonly DomainVerification[]): number =>
  results.reduce((sum, result) => sum + problemsOf(result), 0);

function problemsOf({ duplicates, counts, items, ...names }: DomainVerification): number {
  const { outdated, repaired, staleAddresses, deletedAddresses } = names;
  const { differences, groups, queue, mappings } = counts;
  return (
    duplicates.length +
    (outdated - repaired) +
    (staleAddresses - deletedAddresses) +
    Math.max(0, differences.length + groups.length + queue.length + mappings.length - counts.repaired) +
    (items.problems.length - items.repaired)
  );
}
