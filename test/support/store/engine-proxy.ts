import type { IncomingMessage, ServerResponse } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { listen, readBody } from '../../../local/host/http';
import { Table } from '../../../shared/store/table/table';
import { systemTable } from '../consistency/domain-data';
import { session } from '../system/system';

/** A change to the handling of one request. */
export type Fault =
  /**
   * Canceled by a conflict on the first item, or on the first with the partition key `of`. DynamoDB never
   * reports this for a token whose transaction has succeeded.
   */
  | { readonly kind: 'conflict'; readonly of?: string }
  /** A plain write that is refused because a transaction on the item is running. */
  | { readonly kind: 'plainConflict' }
  /** Not executed; the response is a failure of DynamoDB. */
  | { readonly kind: 'failure'; readonly status: 500 | 503 }
  /** Not executed; the connection closes. */
  | { readonly kind: 'reset' }
  /** Executed, but the connection closes before the response. */
  | { readonly kind: 'lostAnswer' }
  /** The connection closes, and the request is executed just before the next one that is executed. */
  | { readonly kind: 'late' }
  /** Executed, but the response says that the transaction is in progress. */
  | { readonly kind: 'inProgress' }
  /** A BatchGetItem that processes only the first `served` keys. */
  | { readonly kind: 'unprocessed'; readonly served: number }
  /** Runs `act` just before the request. */
  | { readonly kind: 'after'; readonly act: () => Promise<void> };

export interface EngineProxy {
  /** The table, accessed through the proxy. */
  readonly table: Table;
  /** Applies these faults to the next requests of `operation`, one each. */
  readonly injectFaults: (operation: string, ...faults: Fault[]) => void;
  /** Returns the operations that reached the proxy since the last call. */
  readonly takeOperations: () => string[];
  readonly close: () => Promise<void>;
}

/**
 * Starts a proxy that injects faults that the engine never produces. `tableName` defaults to the system's
 * table.
 */
export async function startEngineProxy(tableName?: string): Promise<EngineProxy> {
  const name = tableName ?? (await systemTable()).name;
  const engine = session().endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? '';
  const planned: { operation: string; fault: Fault }[] = [];
  const executed = new Set<unknown>();
  let received: string[] = [];
  let late: (() => Promise<unknown>)[] = [];

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const operation = String(message.headers['x-amz-target']).split('.')[1] ?? '';
    const body = JSON.parse((await readBody(message))?.toString() ?? '{}') as Record<string, unknown>;
    received.push(operation);
    const at = planned.findIndex((plan) => plan.operation === operation);
    const fault = at < 0 ? undefined : planned.splice(at, 1)[0]?.fault;
    if (fault?.kind === 'conflict' && !executed.has(body.ClientRequestToken))
      return sendJson(response, 400, conflictResponse(body, fault.of));
    if (fault?.kind === 'plainConflict') return sendJson(response, 400, PLAIN_CONFLICT);
    if (fault?.kind === 'failure') return sendJson(response, fault.status, FAILURE);
    if (fault?.kind === 'reset') return void response.destroy();
    if (fault?.kind === 'after') await fault.act();
    if (fault?.kind === 'unprocessed' && fault.served === 0)
      return sendJson(response, 200, { Responses: {}, UnprocessedKeys: body.RequestItems });
    const unprocessed = fault?.kind === 'unprocessed' ? withholdKeys(body, fault.served) : {};
    const execute = () =>
      fetch(engine, { method: 'POST', headers: headersOf(message), body: JSON.stringify(body) });
    if (fault?.kind === 'late') {
      late.push(execute);
      return void response.destroy();
    }
    const arriving = late;
    late = [];
    for (const send of arriving) await send();
    const engineResponse = await execute();
    const payload = (await engineResponse.json()) as object;
    if (engineResponse.ok && body.ClientRequestToken) executed.add(body.ClientRequestToken);
    if (fault?.kind === 'lostAnswer') return void response.destroy();
    if (fault?.kind === 'inProgress') return sendJson(response, 400, IN_PROGRESS);
    sendJson(
      response,
      engineResponse.status,
      fault?.kind === 'unprocessed' ? { ...payload, UnprocessedKeys: unprocessed } : payload,
    );
  };

  const server = await listen((message, response) => {
    handle(message, response).catch(() => response.destroy());
  }, 0);
  // The SDK's default of 50 sockets would serialize the concurrent requests of a test.
  const requestHandler = { httpAgent: { maxSockets: 500 } };
  const client = new DynamoDBClient({
    ...{ endpoint: server.url, maxAttempts: 1, requestHandler },
    // As the client of the functions has it.
    cacheMiddleware: true,
  });
  const table = new Table(name, client);
  return {
    table,
    injectFaults: (operation, ...faults) => planned.push(...faults.map((fault) => ({ operation, fault }))),
    takeOperations: () => {
      const operations = received;
      received = [];
      return operations;
    },
    close: async () => {
      client.destroy();
      await server.close();
    },
  };
}

const headersOf = ({ headers }: IncomingMessage) =>
  Object.fromEntries(
    ['content-type', 'x-amz-target', 'x-amz-date', 'authorization'].map((name) => [
      name,
      String(headers[name]),
    ]),
  );

function sendJson(response: ServerResponse, status: number, payload: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(payload));
}

const IN_PROGRESS = {
  __type: 'com.amazonaws.dynamodb.v20120810#TransactionInProgressException',
  Message: 'The transaction with the given request token is already in progress.',
};

const PLAIN_CONFLICT = {
  __type: 'com.amazonaws.dynamodb.v20120810#TransactionConflictException',
  message: 'Transaction is ongoing for the item',
};

const FAILURE = {
  __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
  message: 'The request processing has failed because of an unknown error.',
};

function conflictResponse(body: Record<string, unknown>, pk = ''): object {
  const items = body.TransactItems as unknown[];
  const conflict = items.findIndex((item) => pk === '' || JSON.stringify(item).includes(`{"S":"${pk}"}`));
  const reasons = items.map((_, at) => ({
    Code: at === conflict ? 'TransactionConflict' : 'None',
  }));
  return {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    CancellationReasons: reasons,
  };
}

/** Removes all keys but the first `served` from a BatchGetItem, and returns them as the engine would. */
function withholdKeys(body: Record<string, unknown>, served: number): Record<string, unknown> {
  const items = body.RequestItems as Record<string, { Keys: unknown[] }>;
  return Object.fromEntries(
    Object.entries(items).map(([name, request]) => {
      const unprocessed = { ...request, Keys: request.Keys.slice(served) };
      request.Keys = request.Keys.slice(0, served);
      return [name, unprocessed];
    }),
  );
}
