import { randomUUID } from 'node:crypto';
import { engineCall } from '../../local/engine/call';
import { openTable, type Table } from '../../shared/store/table';
import { session, useSdkEnvironment } from '../integration/system';
import { startSesFront, type SesFront } from './ses-front';

const KEYS = ['pk', 'sk'] as const;

/** A new table on the system's engine: without a stream, so that no mail goes out for it but those of the test. */
export async function newTable(): Promise<Table> {
  useSdkEnvironment();
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
export async function useFailingSes(): Promise<SesFront> {
  useSdkEnvironment();
  const front = await startSesFront(session().mailUrl);
  process.env.AWS_ENDPOINT_URL_SES = front.url;
  return front;
}
