import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { errorFields } from '../shared/error-fields';
import { type Deletion, sweepBatch } from '../shared/service/sweep/sweep-batch';
import { sweepDomain } from '../shared/store/sweep/domain-sweep';
import { sweepGroup } from '../shared/store/sweep/group-sweep';
import type { SweepOutcome } from '../shared/store/sweep/sweep-context';
import { openTable } from '../shared/store/table/table';

const logger = new Logger();
const metrics = new Metrics({ namespace: 'ScimProvisioning' });

/**
 * Deletes the items that deleted groups and domains leave behind. The table's stream delivers the deletions.
 */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  const table = openTable();
  try {
    return await sweepBatch(event.Records, {
      sweep: ({ domainId, groupId }, isTimeUp) => {
        const metric = groupId === undefined ? 'DomainItemsSwept' : 'MembershipsSwept';
        const sweepContext = {
          now: () => new Date(),
          sleep: (ms: number) => sleep(ms),
          isTimeUp,
          onSwept: (count: number) => metrics.addMetric(metric, MetricUnit.Count, count),
        };
        return groupId === undefined
          ? sweepDomain(table, domainId, sweepContext)
          : sweepGroup(table, domainId, groupId, sweepContext);
      },
      remainingMs: () => context.getRemainingTimeInMillis(),
      onOutcome: logOutcome,
      onError: logError,
    });
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

function logOutcome(deletion: Deletion, outcome: SweepOutcome): void {
  logger[outcome === 'exists' ? 'warn' : 'info']('Sweep', { ...deletion, outcome });
}

function logError(deletion: Deletion, error: unknown): void {
  metrics.addMetric('SweepDelayed', MetricUnit.Count, 1);
  logger.error('Sweep failed and will be retried', {
    ...deletion,
    ...errorFields(error),
  });
}
