import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { type DeletedGroup, sweepBatch } from '../shared/service/sweep-batch';
import { sweepGroup, type SweepOutcome } from '../shared/store/group-sweep';
import { openTable } from '../shared/store/table';

const logger = new Logger();
const metrics = new Metrics({ namespace: 'ScimProvisioning' });

/** Takes away what deleted groups left behind, as the table's stream tells of them. */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  const table = openTable();
  try {
    return await sweepBatch(event.Records, {
      sweep: ({ domainId, groupId }, isTimeUp) =>
        sweepGroup(table, domainId, groupId, {
          now: () => new Date(),
          sleep: (ms) => sleep(ms),
          isTimeUp,
          onSwept: (count) => metrics.addMetric('MembershipsSwept', MetricUnit.Count, count),
        }),
      remainingMs: () => context.getRemainingTimeInMillis(),
      onOutcome: tellOutcome,
      onError: tellError,
    });
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

function tellOutcome(group: DeletedGroup, outcome: SweepOutcome): void {
  logger[outcome === 'exists' ? 'warn' : 'info']('Group sweep', { ...group, outcome });
}

function tellError(group: DeletedGroup, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  metrics.addMetric('GroupSweepDelayed', MetricUnit.Count, 1);
  logger.error('Group sweep failed and is tried again', {
    ...group,
    errorName: name,
    errorMessage: message,
  });
}
