import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { engineCall } from '../../local/engine/call';
import { chooseEngine } from '../../local/engine/choose';
import { startEngine } from '../../local/engine/start';
import { Children } from '../../local/host/children';
import { Teardown } from '../../local/host/teardown';
import { startMailServer } from '../../local/mail/ses';
import type { Table } from '../../shared/store/table';
import { startSesFront, type SesFront } from './ses-front';

const KEYS = ['pk', 'sk'] as const;
export const CREDENTIALS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
};

/** A mail as the local SES keeps it. */
export interface StoredMail {
  readonly from: string;
  readonly replyTo: readonly string[];
  readonly destination: { readonly to: readonly string[] };
  readonly subject: string;
  readonly body: { readonly text: string; readonly html: string };
}

/** A table on a real engine, and an SES that can be made to fail. */
export interface MailRig {
  readonly table: Table;
  readonly dynamoDbUrl: string;
  readonly ses: SesFront;
  /** All mails so far. */
  mails(): Promise<StoredMail[]>;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

/** Only a table. */
export async function startTable(
  teardown: Teardown,
): Promise<{ table: Table; url: string; children: Children }> {
  const directory = mkdtempSync(join(tmpdir(), 'license-mail-'));
  teardown.add('the directory', () => rmSync(directory, { recursive: true, force: true }));
  const children = new Children(directory);
  teardown.add('the reaper', () => children.close());
  const { DYNAMODB_ENGINE: wanted, DYNAMODB_ENDPOINT: endpoint } = process.env;
  const engine = await startEngine(chooseEngine({ wanted, endpoint }), children, directory, endpoint);
  teardown.add('the engine', engine.stop);

  const name = `mail-${randomUUID()}`;
  await engineCall(engine.endpoint)('DynamoDB_20120810.CreateTable', {
    TableName: name,
    AttributeDefinitions: KEYS.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: KEYS.map((AttributeName, index) => ({
      AttributeName,
      KeyType: index === 0 ? 'HASH' : 'RANGE',
    })),
    BillingMode: 'PAY_PER_REQUEST',
  });
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: CREDENTIALS.AWS_REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  teardown.add('the client', () => client.destroy());
  const table = {
    name,
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  };
  return { table, url: engine.endpoint, children };
}

export async function startMailRig(): Promise<MailRig> {
  const teardown = new Teardown();
  try {
    const { table, url, children } = await startTable(teardown);
    const server = await startMailServer(children);
    teardown.add('the mail server', server.stop);
    const ses = await startSesFront(server.url);
    teardown.add('the front of the mail server', ses.close);
    return {
      table,
      dynamoDbUrl: url,
      ses,
      mails: async () =>
        ((await (await fetch(`${server.url}/store`)).json()) as { emails: StoredMail[] }).emails,
      clear: async () => {
        ses.faults.length = 0;
        ses.requests.length = 0;
        await fetch(`${server.url}/clear-store`, { method: 'POST' });
      },
      stop: () => teardown.run(),
    };
  } catch (error) {
    await teardown.run();
    throw error;
  }
}
