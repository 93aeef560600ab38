import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { errorFields } from '../shared/error-fields';
import { type SweepTask, sweepBatch } from '../shared/service/sweep/sweep-batch';
import { indexAddresses } from '../shared/store/sweep/address-indexing';
import { sweepDomain } from '../shared/store/sweep/domain-sweep';
import { sweepGroup } from '../shared/store/sweep/group-sweep';
import type { SweepOutcome } from '../shared/store/sweep/sweep-context';
import { openTable } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/telemetry';

/**
 * Deletes the items that deleted groups and domains leave behind, and indexes the addresses of domains that an
 * earlier version wrote. The table's stream delivers the deletions and the requests.
 */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  return withTelemetry(context, () => {
    const table = openTable();
    return sweepBatch(event.Records, {
      sweep: ({ domainId, groupId, indexesAddresses }, isTimeUp) => {
        const contextOf = (metric: string) => ({
          now: () => new Date(),
          sleep: (ms: number) => sleep(ms),
          isTimeUp,
          onSwept: (count: number) => addMetric(metric, count),
        });
        if (indexesAddresses) return indexAddresses(table, domainId, contextOf('AddressesIndexed'));
        return groupId === undefined
          ? sweepDomain(table, domainId, contextOf('DomainItemsSwept'))
          : sweepGroup(table, domainId, groupId, contextOf('MembershipsSwept'));
      },
      remainingMs: () => context.getRemainingTimeInMillis(),
      onOutcome: logOutcome,
      onError: logError,
    });
  });
}

function logOutcome(task: SweepTask, outcome: SweepOutcome): void {
  logger[outcome === 'exists' ? 'warn' : 'info']('Sweep', { ...task, outcome });
}

function logError(task: SweepTask, error: unknown): void {
  addMetric('SweepDelayed');
  logger.error('Sweep failed and will be retried', {
    ...task,
    ...errorFields(error),
  });
}
