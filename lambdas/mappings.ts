import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { errorFields } from '../shared/logging/error-fields';
import { MessageQueue } from '../shared/queue/message-queue';
import { openMappedAdministrators } from '../shared/service/administrators/open-mapped-administrators';
import { processWork } from '../shared/service/dispatch/work-messages';
import { parseMappingTask, type MappingTask } from '../shared/service/mappings/mapping-task';
import { runMappingTask, type MappingWorkerOptions } from '../shared/service/mappings/mapping-worker';
import { openTable } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

/**
 * The timeout less this is the time that the work of a domain may take before other work of it has a turn.
 */
const TIME_RESERVE_MS = 50_000;
/** A user may have a conflict with requests for as long as this before the end. */
const LAST_ATTEMPT_MS = 5_000;
const FIRST_RETRY_SECONDS = 1;
/** The visibility timeout of the queue (lib/constructs/mappings/mapping-evaluator.ts). */
const LONGEST_RETRY_SECONDS = 70;

/**
 * Gives users what the mappings of their domains say. A queue delivers changed users, groups, and mappings.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return withTelemetry(context, event, () => {
    const deadline = Date.now() + context.getRemainingTimeInMillis() - LAST_ATTEMPT_MS;
    const table = openTable().withDeadline(deadline);
    const auditRetentionDays = Number(requireEnv(ENV.auditRetentionDays));
    const queue = new MessageQueue<MappingTask>(requireEnv(ENV.mappingQueueUrl));
    const options: Omit<MappingWorkerOptions, 'isTimeUp'> = {
      table,
      administrators: openMappedAdministrators(table, auditRetentionDays),
      auditRetentionDays,
      keyGraceDays: Number(requireEnv(ENV.keyGraceDays)),
      now: () => new Date(),
      sleep: (ms) => sleep(ms),
      onChanged: (licenses) => addMetric('LicensesEvaluated', licenses),
    };
    let rest: MappingTask | undefined;
    return processWork(event.Records, {
      parse: parseMappingTask,
      run: async (task, isTimeUp) => {
        rest = await runMappingTask(task, { ...options, isTimeUp });
        logger.info('Evaluated mappings', { domainId: task.domainId, finished: rest === undefined });
        return rest ? 'unfinished' : 'finished';
      },
      remainingMs: () => context.getRemainingTimeInMillis(),
      reserveMs: TIME_RESERVE_MS,
      continueLater: (task, deduplicationId) =>
        queue.send(rest ?? task, { groupId: task.domainId, deduplicationId }),
      retryAfter: ({ receiptHandle }, seconds) => queue.hide(receiptHandle, seconds),
      firstRetrySeconds: FIRST_RETRY_SECONDS,
      longestRetrySeconds: LONGEST_RETRY_SECONDS,
      onError: (task, error) => {
        addMetric('MappingsDelayed');
        logger.error('An evaluation of mappings failed and will be retried', {
          domainId: task?.domainId,
          ...errorFields(error),
        });
      },
    });
  });
}
