import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { queueOperations } from '../../local/services/sqs/operations';
import { Queues } from '../../local/services/sqs/queues';
import { MessageQueue } from '../../shared/queue/message-queue';
import { openEndpoint, type TestEndpoint } from '../local/cloud/endpoint/endpoint';
import { ADMINISTRATOR } from '../local/iam';
import { resolved } from '../local/resources';

const RESOURCES = resolved({
  Plain: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'plain' } },
  Fifo: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders.fifo', FifoQueue: true } },
});
const [plain = '', fifo = ''] = RESOURCES.map(({ ref }) => ref);
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: ADMINISTRATOR.accessKeyId,
  AWS_SECRET_ACCESS_KEY: ADMINISTRATOR.secretAccessKey,
};

describe('MessageQueue', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'queue-'));
  const queues = new Queues(RESOURCES, directory);
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await openEndpoint(queueOperations(queues));
    Object.assign(process.env, ENVIRONMENT, { AWS_ENDPOINT_URL_SQS: endpoint.url });
  });
  afterAll(async () => {
    await endpoint.close();
    rmSync(directory, { recursive: true });
  });

  it.each(['U+FFFE \uFFFE', 'U+FFFF \uFFFF', 'control \u0000\u001F', 'lone \uD800', 'Zoë 🙂 \u007F\u0085'])(
    'sends every text that JSON can have: %j',
    async (text) => {
      const message = { [text]: [text] };
      await new MessageQueue(plain).send(message);
      await new MessageQueue(plain).sendLater(message, { groupId: 'a' });
      const failed = await new MessageQueue(fifo).sendInOrder([
        { body: message, groupId: 'a', deduplicationId: String(Math.random()) },
      ]);
      expect(failed).toEqual([]);
      const { plain: plains, 'orders.fifo': fifos } = queues.all();
      expect([plains?.at(-2)?.body, plains?.at(-1)?.body, fifos?.at(-1)?.body]).toEqual([
        message,
        message,
        message,
      ]);
    },
  );

  it('a FIFO queue delivers a message once that is sent twice, and each body that is sent with the same id', async () => {
    const queue = new MessageQueue<string[]>(fifo);
    const ids = { groupId: 'b', deduplicationId: 'mapping-record-3' };
    const [first, second] = [['user 1', 'user 2'], ['user 2']];
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await queue.sendAll([{ body: first, ...ids }])).toEqual([]);
      expect(await queue.sendAll([{ body: second, ...ids }])).toEqual([]);
      await queue.send(first, ids);
    }
    await queue.send(first, { ...ids, deduplicationId: 'mapping-record-4' });
    const bodies = (queues.all()['orders.fifo'] ?? []).map(({ body }) => body);
    expect(bodies.slice(-3)).toEqual([first, second, first]);
    expect(bodies.filter((body) => Array.isArray(body))).toHaveLength(3);
  });
});
