import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { errorFields } from '../shared/logging/error-fields';
import { MessageQueue } from '../shared/queue/message-queue';
import { processWork } from '../shared/service/dispatch/work-messages';
import { promoteQueued, type PromotionResult } from '../shared/service/licenses/promotion';
import { parsePromotionTask, type PromotionTask } from '../shared/service/licenses/promotion-task';
import { absorbFormerCounts } from '../shared/store/domains/former-counts';
import { SeatQueue } from '../shared/store/licenses/seat-queue';
import { openTable, type Table } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

/**
 * The timeout less this is the time that the promotions of a domain may take before other domains have a
 * turn.
 */
const TIME_RESERVE_MS = 25_000;
const FIRST_RETRY_SECONDS = 1;
/** The visibility timeout of the queue (lib/constructs/licenses/promoter.ts). */
const LONGEST_RETRY_SECONDS = 40;

/** Gives free seats to pending licenses. A queue delivers the domains in which this may be possible. */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return withTelemetry(context, event, () => {
    const table = openTable();
    const queue = new MessageQueue<PromotionTask>(requireEnv(ENV.promotionQueueUrl));
    return processWork(event.Records, {
      parse: parsePromotionTask,
      run: async (task, isTimeUp) => {
        const result = await promote(table, task, isTimeUp);
        logPromotion(task, result);
        return result.finished ? 'finished' : 'unfinished';
      },
      remainingMs: () => context.getRemainingTimeInMillis(),
      reserveMs: TIME_RESERVE_MS,
      continueLater: ({ domainId }, deduplicationId) =>
        queue.send({ domainId }, { groupId: domainId, deduplicationId }),
      retryAfter: ({ receiptHandle }, seconds) => queue.hide(receiptHandle, seconds),
      firstRetrySeconds: FIRST_RETRY_SECONDS,
      longestRetrySeconds: LONGEST_RETRY_SECONDS,
      onError: logError,
    });
  });
}

async function promote(
  table: Table,
  { domainId, absorbs }: PromotionTask,
  isTimeUp: () => boolean,
): Promise<PromotionResult> {
  if (absorbs) await absorbFormerCounts(table, domainId);
  const retentionDays = Number(requireEnv(ENV.auditRetentionDays));
  return promoteQueued(new SeatQueue(table, domainId, retentionDays), { now: () => new Date(), isTimeUp });
}

function logPromotion({ domainId }: PromotionTask, { promoted, finished }: PromotionResult): void {
  if (promoted === 0 && finished) return;
  addMetric('LicensesPromoted', promoted);
  logger.info('Seats assigned', { domainId, promoted, finished });
}

function logError(task: PromotionTask | undefined, error: unknown): void {
  addMetric('PromotionFailed');
  logger.error('Assigning seats failed and will be retried', { ...task, ...errorFields(error) });
}
