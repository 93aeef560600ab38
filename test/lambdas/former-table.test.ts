import type { Context, DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { handler as dispatch } from '../../lambdas/dispatch';
import { handler as writeEvents } from '../../lambdas/event-feed';
import { handler as changeLicenses } from '../../lambdas/license-changes';
import { ENV } from '../../shared/env';

const context = { getRemainingTimeInMillis: () => 10_000, functionName: 'test' } as unknown as Context;
const FORMER = 'arn:aws:dynamodb:us-east-1:000000000000:table/former/stream/2026-11-29T03:14:15.926';

// None of these tests may call AWS.
beforeAll(() => {
  process.env[ENV.tableName] = 'restored';
  process.env[ENV.eventQueueUrl] = 'http://127.0.0.1:9/queue';
  process.env[ENV.webhookQueueUrl] = 'http://127.0.0.1:9/webhooks';
  process.env[ENV.slowWebhookQueueUrl] = 'http://127.0.0.1:9/slow';
});

it.each([
  ['dispatch', dispatch],
  ['license-changes', changeLicenses],
])(
  '%s refuses the records of a former table, so that nothing of them reaches the restored one',
  async (_, handler) => {
    const record: DynamoDBRecord = {
      eventSourceARN: FORMER,
      eventName: 'MODIFY',
      dynamodb: { Keys: { pk: { S: 'd#LICENSE' } }, SequenceNumber: '1' },
    };
    await expect(handler({ Records: [record] }, context)).rejects.toThrow('not of the table restored');
  },
);

it('event-feed drops the messages about a former table, so that no group of messages is held up', async () => {
  const body = JSON.stringify({ domainId: 'd', streamArn: FORMER, changes: [] });
  const message = { messageId: '1', body, attributes: {} } as unknown as SQSRecord;
  expect(await writeEvents({ Records: [message] }, context)).toEqual({ batchItemFailures: [] });
});
