import type { IncomingMessage, ServerResponse } from 'node:http';
import { exchange } from '../../../host/exchange';
import { type Listening, listen, readBody } from '../../../host/http';
import type { Callers } from '../../../cloud/callers';
import { type CapacityRecord, capacityRecord, READS } from './capacity';

/** The operations that can report the capacity that they consume. */
const METERED =
  /^(GetItem|PutItem|UpdateItem|DeleteItem|Query|Scan|BatchGetItem|BatchWriteItem|TransactGetItems|TransactWriteItems)$/;

const FORWARDED = ['content-type', 'x-amz-target', 'x-amz-date', 'authorization'];

export interface Meter extends Listening {
  /** Removes and returns the records with a partition key that contains `text`. The other records stay. */
  readonly take: (text: string) => CapacityRecord[];
  /** Calls `action` once, before the response to the `count`-th matching write reaches the function. */
  readonly beforeResponse: (
    matches: (record: CapacityRecord) => boolean,
    count: number,
    action: () => Promise<void>,
  ) => void;
}

interface PlannedAction {
  readonly matches: (record: CapacityRecord) => boolean;
  readonly action: () => Promise<void>;
  /** The number of matching writes until the action is due. */
  remaining: number;
}

/** Starts a proxy in front of DynamoDB that records the capacity that each request consumes. */
export async function startMeter(endpoint: string, callers: Callers): Promise<Meter> {
  let records: CapacityRecord[] = [];
  let planned: PlannedAction[] = [];
  const handle = async (message: IncomingMessage, response: ServerResponse) => {
    const operation = String(message.headers['x-amz-target']).split('.')[1] ?? '';
    const body = (await readBody(message)) ?? Buffer.alloc(0);
    const request = METERED.test(operation)
      ? (JSON.parse(body.toString()) as Record<string, unknown>)
      : undefined;
    const { status, headers, text } = await exchange(endpoint, {
      method: message.method,
      headers: Object.fromEntries(FORWARDED.map((name) => [name, String(message.headers[name] ?? '')])),
      body: request ? JSON.stringify({ ...request, ReturnConsumedCapacity: 'INDEXES' }) : body,
    });
    if (request) {
      const { name: caller } = callers.of(message.headers.authorization);
      const record = capacityRecord(caller, operation, request, JSON.parse(text) as Record<string, unknown>);
      if (record) records.push(record);
      if (record && !READS.has(operation)) await runPlannedActions(record);
    }
    const type = headers['content-type'] ?? 'application/x-amz-json-1.0';
    response.writeHead(status, { 'content-type': type }).end(text);
  };
  const runPlannedActions = async (record: CapacityRecord) => {
    for (const each of planned) if (each.matches(record)) each.remaining -= 1;
    const due = planned.filter(({ remaining }) => remaining === 0);
    planned = planned.filter(({ remaining }) => remaining > 0);
    for (const { action } of due) await action();
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
  const beforeResponse: Meter['beforeResponse'] = (matches, remaining, action) =>
    void planned.push({ matches, remaining, action });
  return { ...listening, take, beforeResponse };
}
