import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Callers } from '../../../local/cloud/callers';
import { serveEndpoint } from '../../../local/cloud/endpoint/server';
import { queueOperations } from '../../../local/services/sqs/operations';
import { engineCall } from '../../../local/services/dynamodb/engine/call';
import { Queues } from '../../../local/services/sqs/queues';
import { openTable, type Table } from '../../../shared/store/table/table';
import { session, useSdkEnvironment } from '../system/system';
import { iamOf } from '../../local/iam';
import { resolved } from '../../local/resources';
import { startSesProxy, type SesProxy } from './ses-proxy';

const KEYS = ['pk', 'sk'] as const;

let isConfigured = false;

/**
 * Points this process at the running system, once, so that a later call does not undo a proxy in front of a
 * part.
 */
function useSystemOnce(): void {
  if (!isConfigured) useSdkEnvironment();
  isConfigured = true;
}

/** Creates a table on the system's engine. It has no stream, so only the test sends emails for it. */
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

/** Points this process at the running system, with a proxy in front of SES that can fail. */
export async function useSesProxy(): Promise<SesProxy> {
  useSystemOnce();
  const proxy = await startSesProxy(session().mailUrl);
  process.env.AWS_ENDPOINT_URL_SES = proxy.url;
  return proxy;
}

export interface TestQueues {
  /** The URLs of two queues that only this test uses. */
  readonly urls: readonly [string, string];
  /** Returns the bodies of the messages in one of the queues, received or not. */
  messages(at: 0 | 1): unknown[];
  /** Removes all messages. */
  empty(): void;
  close(): Promise<void>;
}

/** Points this process at new queues. Call it once per process, because the process has one SDK client. */
export async function useTestQueues(): Promise<TestQueues> {
  useSystemOnce();
  const resources = resolved({
    One: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'one' } },
    Other: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'other' } },
  });
  const directory = mkdtempSync(path.join(tmpdir(), 'queues-'));
  let opened = 0;
  const open = () => new Queues(resources, path.join(directory, `queues-${opened++}`));
  let queues = open();
  const { url, close } = await serveEndpoint({
    callers: new Callers(),
    iam: iamOf(),
    operations: () => ({ aws: queueOperations(queues), local: {} }),
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
