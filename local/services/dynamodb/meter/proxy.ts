import type { IncomingMessage, ServerResponse } from 'node:http';
import { exchange } from '../../../host/exchange';
import { type Listening, listen, readBody } from '../../../host/http';
import { type CapacityRecord, capacityRecord } from './capacity';

/** Requests that report what they consumed if they are asked to. */
const METERED =
  /^(GetItem|PutItem|UpdateItem|DeleteItem|Query|Scan|BatchGetItem|BatchWriteItem|TransactGetItems|TransactWriteItems)$/;

const PASSED_ON = ['content-type', 'x-amz-target', 'x-amz-date', 'authorization'];

export interface Meter extends Listening {
  /** What was measured since the last call, of the partition keys that contain `text`; the rest stays. */
  readonly take: (text: string) => CapacityRecord[];
}

/** A proxy before DynamoDB that asks each request for its consumed capacity and writes it down. */
export async function startMeter(
  endpoint: string,
  callerOf: (accessKeyId: string) => string,
): Promise<Meter> {
  let records: CapacityRecord[] = [];
  const handle = async (message: IncomingMessage, response: ServerResponse) => {
    const operation = String(message.headers['x-amz-target']).split('.')[1] ?? '';
    const body = (await readBody(message)) ?? Buffer.alloc(0);
    const request = METERED.test(operation)
      ? (JSON.parse(body.toString()) as Record<string, unknown>)
      : undefined;
    const { status, headers, text } = await exchange(endpoint, {
      method: message.method,
      headers: Object.fromEntries(PASSED_ON.map((name) => [name, String(message.headers[name] ?? '')])),
      body: request ? JSON.stringify({ ...request, ReturnConsumedCapacity: 'INDEXES' }) : body,
    });
    if (request) {
      const caller = callerOf(/Credential=(\w+)\//.exec(String(message.headers.authorization))?.[1] ?? '');
      const record = capacityRecord(caller, operation, request, JSON.parse(text) as Record<string, unknown>);
      if (record) records.push(record);
    }
    const type = headers['content-type'] ?? 'application/x-amz-json-1.0';
    response.writeHead(status, { 'content-type': type }).end(text);
  };
  const listening = await listen((message, response) => {
    handle(message, response).catch((error: unknown) => {
      response
        .writeHead(502, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: String(error) }));
    });
  }, 0);
  const take = (text: string) => {
    const isWanted = ({ partitionKeys }: CapacityRecord) =>
      text === '' || partitionKeys.some((pk) => pk.includes(text));
    const taken = records.filter(isWanted);
    records = records.filter((record) => !isWanted(record));
    return taken;
  };
  return { ...listening, take };
}
