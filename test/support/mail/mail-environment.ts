import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Callers } from '../../../local/cloud/callers';
import { serveEndpoint } from '../../../local/cloud/endpoint/server';
import { queueOperations } from '../../../local/services/sqs/operations';
import { engineCall } from '../../../local/services/dynamodb/engine/call';
import { JsonFile } from '../../../local/host/json-file';
import { Queues } from '../../../local/services/sqs/queues';
import { openTable, type Table } from '../../../shared/store/table/table';
import { session, useSdkEnvironment } from '../system/system';
import { resolved } from '../../local/resources';
import { startSesProxy, type SesProxy } from './ses-proxy';

const KEYS = ['pk', 'sk'] as const;

let isConfigured = false;

/** Points this process at the system, once: what stands before a part of it afterwards stays there. */
function useSystemOnce(): void {
  if (!isConfigured) useSdkEnvironment();
  isConfigured = true;
}

/** A new table on the system's engine: without a stream, so that no mail goes out for it but those of the test. */
export async function createTable(): Promise<Table> {
  useSystemOnce();
  const name = `mail-${randomUUID()}`;
  await engineCall(session().endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? '')('DynamoDB_20120810.CreateTable', {
    TableName: name,
    AttributeDefinitions: KEYS.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: KEYS.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
    BillingMode: 'PAY_PER_REQUEST',
  });
  return openTable(name);
}

/** Points this process at the system, but for SES: that is the system's with a front that can be told to fail. */
export async function useSesProxy(): Promise<SesProxy> {
  useSystemOnce();
  const front = await startSesProxy(session().mailUrl);
  process.env.AWS_ENDPOINT_URL_SES = front.url;
  return front;
}

export interface TestQueues {
  /** URLs of two queues that nobody else uses. */
  readonly urls: readonly [string, string];
  /** The bodies of the messages of either, received or not. */
  messages(at: 0 | 1): unknown[];
  /** Takes all messages out. */
  empty(): void;
  close(): Promise<void>;
}

/** Points this process at queues of its own. The SDK's client is one for a process, and so are these. */
export async function useTestQueues(): Promise<TestQueues> {
  useSystemOnce();
  const resources = resolved({
    One: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'one' } },
    Other: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'other' } },
  });
  const directory = mkdtempSync(path.join(tmpdir(), 'queues-'));
  let opened = 0;
  const open = () => new Queues(resources, new JsonFile(path.join(directory, `queues-${opened++}.json`)));
  let queues = open();
  const { url, close } = await serveEndpoint({
    callers: new Callers(),
    operations: () => queueOperations(queues),
  });
  process.env.AWS_ENDPOINT_URL_SQS = url;
  const [one = '', other = ''] = resources.map(({ ref }) => ref);
  const names = ['one', 'other'] as const;
  return {
    urls: [one, other],
    messages: (at) => (queues.all()[names[at]] ?? []).map(({ body }) => body),
    empty: () => {
      queues = open();
    },
    close,
  };
}
