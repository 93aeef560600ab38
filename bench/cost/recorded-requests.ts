import { ASSUMPTIONS } from './assumptions';
import { domainsOf, type Workload } from './workload';

/**
 * The accepted requests of a kind that a process records in an hour before it records half of them, then a
 * quarter, and so on.
 */
const RECORDS_PER_STEP = 20;

/** Returns how many of these accepted requests of one kind a process records in an hour. */
export function recordsOf(requests: number): number {
  let [records, left, step] = [0, requests, 1];
  for (; left > RECORDS_PER_STEP * step; step *= 2) {
    records += RECORDS_PER_STEP;
    left -= RECORDS_PER_STEP * step;
  }
  return records + left / step;
}

/**
 * Returns the records that the requests of a workload leave in a month, if they are spread evenly over its
 * hours.
 */
export function recordedRequests(workload: Workload): number {
  const domains = domainsOf(workload);
  if (domains === 0) return 0;
  const hours = domains * ASSUMPTIONS.instancesPerDomain * ASSUMPTIONS.hoursPerMonth;
  const [reads, changes] = [true, false].map((isRead) =>
    workload.requests
      .filter(({ operation }) => /^(get|find|list) /.test(operation) === isRead)
      .reduce((sum, { count }) => sum + count, 0),
  );
  return [reads ?? 0, changes ?? 0].reduce((sum, count) => sum + hours * recordsOf(count / hours), 0);
}
