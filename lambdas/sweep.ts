import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import { errorFields } from '../shared/error-fields';
import { sweepAllLeftovers } from '../shared/service/sweep/leftovers';
import { type SweepTask, sweepBatch, TIME_RESERVE_MS } from '../shared/service/sweep/sweep-batch';
import { DeletedDomains } from '../shared/store/domains/deleted-domains';
import { indexAddresses } from '../shared/store/sweep/address-indexing';
import { sweepDomain, sweepLeftovers } from '../shared/store/sweep/domain-sweep';
import { sweepGroup } from '../shared/store/sweep/group-sweep';
import type { SweepContext, SweepOutcome } from '../shared/store/sweep/sweep-context';
import { openTable, type Table } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/telemetry';

/**
 * Deletes the items that deleted groups and domains leave behind, and indexes the addresses of domains that an
 * earlier version wrote. The table's stream delivers the deletions and the requests, and a schedule the time to sweep
 * the leftovers of requests that were in progress.
 */
export async function handler(
  event: DynamoDBStreamEvent | ScheduledEvent,
  context: Context,
): Promise<DynamoDBBatchResponse | undefined> {
  return withTelemetry(context, () => {
    const table = openTable();
    return 'Records' in event
      ? sweepRecords(table, event, context)
      : sweepAfterRequests(table, context).catch((error: unknown) => {
          addMetric('LeftoverSweepFailed');
          throw error;
        });
  });
}

function sweepRecords(
  table: Table,
  { Records }: DynamoDBStreamEvent,
  context: Context,
): Promise<DynamoDBBatchResponse> {
  return sweepBatch(Records, {
    sweep: ({ domainId, groupId, indexesAddresses }, isTimeUp) => {
      if (indexesAddresses)
        return indexAddresses(table, domainId, sweepContext('AddressesIndexed', isTimeUp));
      return groupId === undefined
        ? sweepDomain(table, domainId, sweepContext('DomainItemsSwept', isTimeUp))
        : sweepGroup(table, domainId, groupId, sweepContext('MembershipsSwept', isTimeUp));
    },
    remainingMs: () => context.getRemainingTimeInMillis(),
    onOutcome: logOutcome,
    onError: (task, error) => logError('SweepDelayed', task, error),
  });
}

async function sweepAfterRequests(table: Table, context: Context): Promise<undefined> {
  const deletedDomains = new DeletedDomains(table);
  const isTimeUp = () => context.getRemainingTimeInMillis() < TIME_RESERVE_MS;
  await sweepAllLeftovers({
    withLeftovers: (before) => deletedDomains.withLeftovers(before),
    sweep: (domainId) => sweepLeftovers(table, domainId, sweepContext('LeftoversSwept', isTimeUp)),
    isTimeUp,
    now: () => new Date(),
    onOutcome: (domainId, outcome) => logOutcome({ domainId }, outcome),
    onError: (domainId, error) => logError('LeftoverSweepFailed', { domainId }, error),
  });
}

const sweepContext = (metric: string, isTimeUp: () => boolean): SweepContext => ({
  now: () => new Date(),
  sleep: (ms) => sleep(ms),
  isTimeUp,
  onSwept: (count) => addMetric(metric, count),
});

function logOutcome(task: SweepTask, outcome: SweepOutcome): void {
  logger[outcome === 'exists' ? 'warn' : 'info']('Sweep', { ...task, outcome });
}

function logError(metric: string, task: SweepTask, error: unknown): void {
  addMetric(metric);
  logger.error('Sweep failed and will be retried', {
    ...task,
    ...errorFields(error),
  });
}
