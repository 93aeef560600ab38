import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { errorFields } from '../shared/logging/error-fields';
import { MessageQueue } from '../shared/queue/message-queue';
import {
  dispatchBatch,
  type DispatchRoute,
  perRecord,
  type Work,
} from '../shared/service/dispatch/dispatch-batch';
import { eventsIn } from '../shared/service/events/event-work';
import { promotionsIn } from '../shared/service/licenses/promotion-task';
import { mappingWorkOf } from '../shared/service/mappings/mapping-route';
import { sweepTaskIn } from '../shared/service/sweep/sweep-task';
import { openConsumers } from '../shared/store/consumers/change-consumers';
import { assertRecordsOf } from '../shared/store/table/stream-record';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

let routes: readonly DispatchRoute[] | undefined;

/** Distributes the records of the table's stream to the queues of the functions that work on them. */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  return withTelemetry(context, event, () => {
    assertRecordsOf(requireEnv(ENV.tableName), event.Records);
    return dispatchBatch(event.Records, {
      routes: (routes ??= openRoutes()),
      onSent: (kind, count) => logger.info('Dispatched', { kind, count }),
      onError: (kind, error) => {
        addMetric('DispatchDelayed');
        logger.error('Dispatching failed and will be retried', { kind, ...errorFields(error) });
      },
    });
  });
}

/** Each kind of work has its own queue, so that none waits for another. */
function openRoutes(): readonly DispatchRoute[] {
  const promotions = new MessageQueue<Work>(requireEnv(ENV.promotionQueueUrl));
  const sweeps = new MessageQueue<Work>(requireEnv(ENV.sweepQueueUrl));
  const mappings = new MessageQueue<Work>(requireEnv(ENV.mappingQueueUrl));
  const events = new MessageQueue<Work>(requireEnv(ENV.eventQueueUrl));
  const consumers = openConsumers();
  return [
    { kind: 'promotion', workIn: promotionsIn, send: (messages) => promotions.sendAll(messages) },
    {
      kind: 'mapping',
      workIn: mappingWorkOf(consumers),
      send: (messages) => mappings.sendAll(messages),
    },
    { kind: 'sweep', workIn: perRecord(sweepTaskIn), send: (messages) => sweeps.sendAll(messages) },
    {
      kind: 'event',
      workIn: async (records) => eventsIn(records, await consumers.current(), reportUnreadable),
      // The events of an item are written in the order of its changes.
      send: (messages) => events.sendInOrder(messages),
    },
  ];
}

/** A record that can never be read becomes no event. It must not hold up the records after it. */
function reportUnreadable({ dynamodb }: DynamoDBRecord, error: unknown): void {
  addMetric('EventUnreadable');
  logger.error('A change cannot be read, and becomes no event', {
    partition: dynamodb?.Keys?.pk?.S,
    ...errorFields(error),
  });
}
