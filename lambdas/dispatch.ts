import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { errorFields } from '../shared/error-fields';
import { MessageQueue } from '../shared/queue/message-queue';
import {
  dispatchBatch,
  type DispatchRoute,
  perRecord,
  type Work,
} from '../shared/service/dispatch/dispatch-batch';
import { promotionsIn } from '../shared/service/licenses/promotion-task';
import { sweepTaskIn } from '../shared/service/sweep/sweep-task';
import { addMetric, logger, withTelemetry } from '../shared/telemetry';

let routes: readonly DispatchRoute[] | undefined;

/** Distributes the records of the table's stream to the queues of the functions that work on them. */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  return withTelemetry(context, event, () =>
    dispatchBatch(event.Records, {
      routes: (routes ??= openRoutes()),
      onSent: (kind, count) => logger.info('Dispatched', { kind, count }),
      onError: (kind, error) => {
        addMetric('DispatchDelayed');
        logger.error('Dispatching failed and will be retried', { kind, ...errorFields(error) });
      },
    }),
  );
}

/** Each kind of work has its own queue, so that none waits for another. */
function openRoutes(): readonly DispatchRoute[] {
  const promotions = new MessageQueue<Work>(requireEnv(ENV.promotionQueueUrl));
  const sweeps = new MessageQueue<Work>(requireEnv(ENV.sweepQueueUrl));
  return [
    { kind: 'promotion', workIn: promotionsIn, send: (messages) => promotions.sendAll(messages) },
    { kind: 'sweep', workIn: perRecord(sweepTaskIn), send: (messages) => sweeps.sendAll(messages) },
  ];
}
