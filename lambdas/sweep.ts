import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, ScheduledEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { errorFields } from '../shared/logging/error-fields';
import { MessageQueue } from '../shared/queue/message-queue';
import { processWork } from '../shared/service/dispatch/work-messages';
import { sweepAllLeftovers } from '../shared/service/sweep/leftovers';
import { parseSweepTask, type SweepTask } from '../shared/service/sweep/sweep-task';
import { DeletedDomains } from '../shared/store/domains/deleted-domains';
import { indexAddresses } from '../shared/store/sweep/address-indexing';
import { sweepDomain, sweepLeftovers } from '../shared/store/sweep/domain-sweep';
import { sweepGroup } from '../shared/store/sweep/group-sweep';
import type { SweepContext, SweepOutcome } from '../shared/store/sweep/sweep-context';
import { openTable, type Table } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

/**
 * The time that a transaction in progress may need to complete, retries included, before Lambda ends the
 * invocation.
 */
const TIME_RESERVE_MS = 60_000;
const FIRST_RETRY_SECONDS = 30;
/** The visibility timeout of the queue (lib/constructs/sweep/sweeper.ts). */
const LONGEST_RETRY_SECONDS = 360;

/**
 * Deletes the items that deleted groups and domains leave behind, and indexes the addresses of domains that
 * an earlier version wrote. A queue delivers the deletions and the requests, and a schedule the time to sweep
 * the leftovers of requests that were in progress.
 */
export async function handler(
  event: SQSEvent | ScheduledEvent,
  context: Context,
): Promise<SQSBatchResponse | undefined> {
  return withTelemetry(context, event, () => {
    const table = openTable();
    return 'Records' in event
      ? sweepQueued(table, event, context)
      : sweepAfterRequests(table, context).catch((error: unknown) => {
          addMetric('LeftoverSweepFailed');
          throw error;
        });
  });
}

function sweepQueued(table: Table, { Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  const queue = new MessageQueue<SweepTask>(requireEnv(ENV.sweepQueueUrl));
  // While a deployment replaces the earlier version, its event source still delivers records of the stream.
  // The dispatcher reads them from the stream, too.
  const messages = Records.filter(({ eventSource }) => eventSource === 'aws:sqs');
  return processWork(messages, {
    parse: parseSweepTask,
    run: async (task, isTimeUp) => {
      const outcome = await sweep(table, task, isTimeUp);
      logOutcome(task, outcome);
      return outcome === 'unfinished' ? 'unfinished' : 'finished';
    },
    remainingMs: () => context.getRemainingTimeInMillis(),
    reserveMs: TIME_RESERVE_MS,
    continueLater: (task, deduplicationId) => queue.send(task, { groupId: task.domainId, deduplicationId }),
    retryAfter: ({ receiptHandle }, seconds) => queue.hide(receiptHandle, seconds),
    firstRetrySeconds: FIRST_RETRY_SECONDS,
    longestRetrySeconds: LONGEST_RETRY_SECONDS,
    onError: (task, error) => logError('SweepDelayed', { ...task }, error),
  });
}

function sweep(
  table: Table,
  { domainId, groupId, indexesAddresses }: SweepTask,
  isTimeUp: () => boolean,
): Promise<SweepOutcome> {
  if (indexesAddresses) return indexAddresses(table, domainId, sweepContext('AddressesIndexed', isTimeUp));
  return groupId === undefined
    ? sweepDomain(table, domainId, sweepContext('DomainItemsSwept', isTimeUp))
    : sweepGroup(table, domainId, groupId, sweepContext('MembershipsSwept', isTimeUp));
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

function logError(metric: string, fields: object, error: unknown): void {
  addMetric(metric);
  logger.error('Sweep failed and will be retried', {
    ...fields,
    ...errorFields(error),
  });
}
