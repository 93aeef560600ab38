import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { errorFields } from '../shared/error-fields';
import { type Deletion, sweepBatch } from '../shared/service/sweep/sweep-batch';
import { sweepDomain } from '../shared/store/sweep/domain-sweep';
import { sweepGroup } from '../shared/store/sweep/group-sweep';
import type { SweepOutcome } from '../shared/store/sweep/sweep-context';
import { openTable } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/telemetry';

/**
 * Deletes the items that deleted groups and domains leave behind. The table's stream delivers the deletions.
 */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  return withTelemetry(context, () => {
    const table = openTable();
    return sweepBatch(event.Records, {
      sweep: ({ domainId, groupId }, isTimeUp) => {
        const metric = groupId === undefined ? 'DomainItemsSwept' : 'MembershipsSwept';
        const sweepContext = {
          now: () => new Date(),
          sleep: (ms: number) => sleep(ms),
          isTimeUp,
          onSwept: (count: number) => addMetric(metric, count),
        };
        return groupId === undefined
          ? sweepDomain(table, domainId, sweepContext)
          : sweepGroup(table, domainId, groupId, sweepContext);
      },
      remainingMs: () => context.getRemainingTimeInMillis(),
      onOutcome: logOutcome,
      onError: logError,
    });
  });
}

function logOutcome(deletion: Deletion, outcome: SweepOutcome): void {
  logger[outcome === 'exists' ? 'warn' : 'info']('Sweep', { ...deletion, outcome });
}

function logError(deletion: Deletion, error: unknown): void {
  addMetric('SweepDelayed');
  logger.error('Sweep failed and will be retried', {
    ...deletion,
    ...errorFields(error),
  });
}
