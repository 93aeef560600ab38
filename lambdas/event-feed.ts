import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { MAX_EVENT_DELIVERIES } from '../shared/limits/event-deliveries';
import { errorFields } from '../shared/logging/error-fields';
import { MessageQueue } from '../shared/queue/message-queue';
import { processWork } from '../shared/service/dispatch/work-messages';
import { joinEventWork, parseEventWork, type EventWork } from '../shared/service/events/event-work';
import { writeEvents } from '../shared/service/events/feed-writer';
import { recordEvents } from '../shared/service/events/record-events';
import { openWebhookLanes } from '../shared/service/webhooks/webhook-lanes';
import { auditEventsWithin } from '../shared/store/audit/audit-range';
import { openConsumers, type ChangeConsumers } from '../shared/store/consumers/change-consumers';
import { FeedLog } from '../shared/store/events/feed-log';
import { isOfOtherTable } from '../shared/store/table/stream-record';
import { openTable, type Table } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

/**
 * The function has 15 seconds. A feed with a backlog must not take them all, because others may share its
 * batch.
 */
const RESERVE_MS = 10_000;
/**
 * Before this, the last attempt of a transaction ends, so that the feeds that were written are not delivered
 * again.
 */
const LAST_ATTEMPT_MS = 5_000;
const FIRST_RETRY_SECONDS = 1;
/** The visibility timeout of the queue (lib/constructs/events/event-feed.ts). */
const LONGEST_RETRY_SECONDS = 20;

/** Kept for later invocations, because it caches what it has read. */
let consumers: ChangeConsumers | undefined;

/**
 * Writes the changes of domains with subscriptions into their feeds. A queue delivers the changes of each
 * feed in order.
 */
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return withTelemetry(context, event, () => {
    const table = openTable().withDeadline(Date.now() + context.getRemainingTimeInMillis() - LAST_ATTEMPT_MS);
    const queue = new MessageQueue<EventWork>(requireEnv(ENV.eventQueueUrl));
    const lanes = openWebhookLanes(() => new Date());
    return processWork(event.Records, {
      parse: parseEventWork,
      // A feed has one writer, so it keeps up with many changes only if it writes those of several messages
      // at once.
      join: joinEventWork,
      run: async (work) => {
        if (isOfOtherTable(work.streamArn, table.name)) {
          logger.warn('Changes of a former table become no events', { scope: work.domainId });
          return 'finished';
        }
        await recordEvents(work, {
          write: () => write(table, work),
          consumers: (consumers ??= openConsumers()),
          requestDeliveries: (domainId) => lanes.send({ domainId }),
        });
        return 'finished';
      },
      remainingMs: () => context.getRemainingTimeInMillis(),
      reserveMs: RESERVE_MS,
      maxDeliveries: MAX_EVENT_DELIVERIES,
      continueLater: () => Promise.resolve(),
      retryAfter: ({ receiptHandle }, seconds) => queue.hide(receiptHandle, seconds),
      firstRetrySeconds: FIRST_RETRY_SECONDS,
      longestRetrySeconds: LONGEST_RETRY_SECONDS,
      onError: logError,
    });
  });
}

async function write(table: Table, work: EventWork): Promise<void> {
  const written = await writeEvents(work, {
    log: new FeedLog(table),
    auditEvents: (...range) => auditEventsWithin(table, ...range),
    now: () => new Date(),
  });
  if (written > 0) addMetric('EventsWritten', written);
}

/** The work has resources with personal data, so it is not logged. */
function logError(work: EventWork | undefined, error: unknown): void {
  addMetric('EventFeedFailed');
  logger.error('Writing events failed and will be retried', {
    scope: work?.domainId,
    changes: work?.changes.length,
    ...errorFields(error),
  });
}
